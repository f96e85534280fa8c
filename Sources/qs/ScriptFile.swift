// Scripts on disk or standard input.
import QueryFormats
import QueryScript

/// Reads and writes scripts.
enum ScriptFile {
    /// The bytes of the script at `path`; `-` is standard input.
    static func bytes(_ path: String) throws(FormatError) -> [UInt8] {
        try ByteSource(path: path).array
    }

    /// Puts a script in the place of the one at `path`, whole or not at all.
    static func write(_ text: String, to path: String) throws(FormatError) {
        let file = try OutputFile(path: path)
        try file.write(text: text)
        try file.commit()
    }

    /// The folder that a script stands in, for `script_dir`.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The name that messages call the script at `path` by.
    static func name(of path: String) -> String { path == "-" ? "standard input" : path }
}

extension StandardOutput: ByteSink {}

extension ByteSink {
    /// Writes text as it is.
    func write(text: String) throws(FormatError) {
        let bytes = Array(text.utf8)
        let result: Result<Void, FormatError> = bytes.withUnsafeBytes { raw in
            do throws(FormatError) { return .success(try write(raw)) } catch { return .failure(error) }
        }
        try result.get()
    }
}
