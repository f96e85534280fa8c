// The first bytes of a database file, read before SQLite is let near it: what is no database is left as it is.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The first bytes of a file that SQLite may be asked to open.
public struct DatabaseHeader: Sendable {
    /// What the program that made the file calls itself.
    public let applicationID: UInt32
    /// The version that this program gives its tables.
    public let userVersion: UInt32
    /// Whether changes go to a write-ahead log beside the file.
    public let isWAL: Bool
    /// How many bytes the file says it has, where it can be trusted.
    public let byteCount: Int?

    /// Reads the header of `path`: nil where the file is there and is no database, or too short for one.
    ///
    /// - Throws: `errno` as a `POSIXFailure` where it cannot be read, or is no regular file.
    public init?(path: String) throws(POSIXFailure) {
        // Not to hang on a pipe that nobody writes to.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw POSIXFailure(errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw POSIXFailure(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw POSIXFailure(status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL) }
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, 100, 0) }
        guard count >= 0 else { throw POSIXFailure(errno) }
        guard count == 100, bytes.starts(with: DatabaseHeader.magic) else { return nil }
        func word(_ at: Int) -> UInt32 { bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        applicationID = word(68)
        userVersion = word(60)
        isWAL = bytes[18] == 2 || bytes[19] == 2
        let pageSize = Int(bytes[16]) << 8 | Int(bytes[17])
        byteCount = word(24) == word(92) && word(28) > 0 ? Int(word(28)) * (pageSize == 1 ? 65_536 : pageSize) : nil
    }

    /// `SQLite format 3` and a zero byte, with which every database begins.
    public static let magic = Array("SQLite format 3".utf8) + [0]
}

/// A failed call of the system.
public struct POSIXFailure: Error, Hashable, Sendable {
    /// The value of `errno`.
    public let code: Int32

    public init(_ code: Int32) { self.code = code }

    /// The system's own words, such as `No such file or directory`.
    public var message: String { String(cString: strerror(code)) }
}
