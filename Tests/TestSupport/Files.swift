// Files and folders as tests look at them, without throwing: what cannot be read is nil or empty.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Looks at files by path.
public enum Files {
    /// The bytes of a file; nil if it cannot be read.
    public static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return ferror(file) == 0 ? bytes : nil }
            bytes.append(contentsOf: chunk.prefix(count))
        }
    }

    /// A file read as UTF-8; nil if it cannot be read.
    public static func text(_ path: String) -> String? { bytes(path).map { String(decoding: $0, as: UTF8.self) } }

    /// The names in a folder, sorted.
    public static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The folder of this package's sources.
    public static let package = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
}
