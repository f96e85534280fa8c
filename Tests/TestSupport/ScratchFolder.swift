// A folder of a test's own, removed with all that is in it when the test lets go of it.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An empty temporary folder that lives as long as this object.
public final class ScratchFolder: Sendable {
    /// Absolute path, without a slash at its end.
    public let path: String

    public init() throws(TestSupportError) {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/qs-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template), let real = realpath(made, nil) else {
            throw .cannotOpen(what: "folder in \(base)", errno: errno)
        }
        path = String(cString: real)
        free(real)
    }

    deinit { removeTree(path) }

    /// The absolute path of a name in this folder.
    public func path(_ name: String) -> String { path + "/" + name }

    /// Writes a file and returns its path.
    @discardableResult
    public func write(_ name: String, _ text: String) throws(TestSupportError) -> String {
        try write(name, bytes: Array(text.utf8))
    }

    /// Writes a file and returns its path.
    @discardableResult
    public func write(_ name: String, bytes: [UInt8]) throws(TestSupportError) -> String {
        guard let file = fopen(path(name), "w") else { throw .cannotOpen(what: name, errno: errno) }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw .cannotOpen(what: name, errno: errno) }
        return path(name)
    }

    /// Makes a folder and returns its path.
    @discardableResult
    public func makeFolder(_ name: String) throws(TestSupportError) -> String {
        guard mkdir(path(name), 0o777) == 0 else { throw .cannotOpen(what: name, errno: errno) }
        return path(name)
    }

    /// The bytes of a file; nil if it cannot be read.
    public func bytes(_ name: String) -> [UInt8]? { Files.bytes(path(name)) }

    /// A file read as UTF-8; nil if it cannot be read.
    public func text(_ name: String) -> String? { Files.text(path(name)) }

    /// The names in this folder, sorted.
    public func names() -> [String] { Files.names(in: path) }
}

private func removeTree(_ path: String) {
    if unlink(path) == 0 { return }
    chmod(path, 0o700)
    for name in Files.names(in: path) { removeTree(path + "/" + name) }
    rmdir(path)
}
