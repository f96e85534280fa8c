// What SQLite says when a call fails; the engine and the catalog turn it into errors of their own.
import CSQLite

/// A failed call of SQLite.
public struct SQLiteError: Error, Hashable, Sendable {
    /// The extended result code.
    public let code: Int32
    /// SQLite's own words.
    public let message: String
    /// The byte of the statement's text that the error is about, if SQLite says.
    public let offset: Int?

    public init(code: Int32, message: String, offset: Int? = nil) {
        self.code = code
        self.message = message
        self.offset = offset
    }

    /// The last error of a connection.
    init(_ code: Int32, on handle: OpaquePointer?) {
        guard let handle else {
            self.init(code: code, message: String(cString: sqlite3_errstr(code)))
            return
        }
        let offset = sqlite3_error_offset(handle)
        self.init(
            code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)),
            offset: offset < 0 ? nil : Int(offset))
    }

    /// The result code without its extension, such as `SQLITE_BUSY`.
    public var primary: Int32 { code & 0xff }
}
