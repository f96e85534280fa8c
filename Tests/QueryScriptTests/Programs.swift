#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import QueryFormats

/// The scripts of Tests/Programs.
enum Programs {
    static let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Programs"

    /// Name and bytes of every script.
    static func all() throws -> [(String, [UInt8])] {
        var found: [(String, [UInt8])] = []
        for part in ["run", "fail"] {
            guard let directory = opendir("\(folder)/\(part)") else { continue }
            defer { closedir(directory) }
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name.hasSuffix(".qs") else { continue }
                let source = try ByteSource(path: "\(folder)/\(part)/\(name)")
                let bytes = UnsafeRawBufferPointer(start: source.pointer, count: source.count)
                found.append(("\(part)/\(name)", Array(bytes)))
            }
        }
        return found.sorted { $0.0 < $1.0 }
    }
}
