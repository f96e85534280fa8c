// Scripts on disk or standard input.
import QueryFormats
import QueryScript

/// Reads scripts.
enum ScriptFile {
    /// The bytes of the script at `path`; `-` is standard input.
    static func bytes(_ path: String) throws(FormatError) -> [UInt8] {
        let source = try ByteSource(path: path)
        return Array(UnsafeRawBufferPointer(start: source.pointer, count: source.count))
    }

    /// The folder that a script stands in, for `script_dir`.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The name that messages call the script at `path` by.
    static func name(of path: String) -> String { path == "-" ? "standard input" : path }
}
