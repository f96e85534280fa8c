// What the program takes from its environment.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The environment's variables; an empty one counts as none.
enum Environment {
    static subscript(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// The folder that `variable` names, if it is an absolute path, or else `fallback` in the home folder.
    static func folder(_ variable: String, else fallback: String) -> String? {
        if let folder = self[variable], folder.hasPrefix("/") { return folder }
        return self["HOME"].map { $0 + "/" + fallback }
    }

    /// Where saved queries, datasets and jobs are kept unless the command line says otherwise; where no home folder is known,
    /// a place where nothing can be kept.
    static var workspace: String {
        self["QS_WORKSPACE"] ?? folder("XDG_DATA_HOME", else: ".local/share").map { $0 + "/qs" } ?? "/dev/null/qs"
    }

    /// Where the prompt's history is kept; nil where `QS_HISTORY` is set to nothing.
    static var history: String? {
        if getenv("QS_HISTORY") != nil { return self["QS_HISTORY"] }
        return folder("XDG_STATE_HOME", else: ".local/state").map { $0 + "/qs/history.jsonl" }
    }
}
