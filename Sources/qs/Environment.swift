// What the program takes from its environment.
import QueryConnections
import QueryHTTP
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

    /// The configuration files, the later one's word before the earlier one's. `QS_CONFIG`, or `chosen`, stands for the person's own.
    static func configurationFiles(chosen: String?) -> [Configuration.File] {
        let own = chosen ?? self["QS_CONFIG"] ?? folder("XDG_CONFIG_HOME", else: ".config").map { $0 + "/qs/config.toml" }
        return (own.map { [Configuration.File(path: $0, isOwn: true)] } ?? []) + [Configuration.File(path: ".qs/config.toml", isOwn: false)]
    }

    /// What `qs login` keeps.
    static var logins: LoginFile? {
        folder("XDG_CONFIG_HOME", else: ".config").map { LoginFile(path: $0 + "/qs/credentials.toml") }
    }

    /// Where jobs on services over the network are written down; where no home folder is known, a place where nothing can be kept.
    static var ledger: String { folder("XDG_STATE_HOME", else: ".local/state").map { $0 + "/qs/ledger.db" } ?? "/dev/null/qs" }

    /// The proxies that requests go through, as other programs take them from these variables, in capitals or not.
    static var proxies: Proxies {
        let value = { (name: String) in self[name] ?? self[name.lowercased()] }
        // HTTP_PROXY is not looked at: in a program that serves the web it could come from a request.
        return Proxies(https: value("HTTPS_PROXY"), http: self["http_proxy"], except: value("NO_PROXY"))
    }

    /// Where the prompt's history is kept; nil where `QS_HISTORY` is set to nothing.
    static var history: String? {
        if getenv("QS_HISTORY") != nil { return self["QS_HISTORY"] }
        return folder("XDG_STATE_HOME", else: ".local/state").map { $0 + "/qs/history.jsonl" }
    }
}
