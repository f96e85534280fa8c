// A connection to SQLite; the engine opens one for each run, the catalog one for itself.
import CSQLite

/// One connection. It and its statements belong to one thread at a time.
public final class Database {
    /// SQLite's handle, for the calls that have no method here.
    public let handle: OpaquePointer
    private var isClosed = false

    /// How a database is opened.
    public enum Mode: Sendable {
        /// A database of its own in memory; `ATTACH` takes `file:` addresses.
        case memory
        /// An existing file, to read and write.
        case readWrite
        /// An existing file, to read. `immutable` also promises that nobody writes it, which needs no lock and no side file.
        case readOnly(immutable: Bool)
    }

    /// Opens `path`; nothing is created.
    public init(path: String, mode: Mode) throws(SQLiteError) {
        let name: String, flags: Int32
        switch mode {
        case .memory: (name, flags) = (":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        case .readWrite: (name, flags) = (FileAddress.text(path, options: "mode=rw"), SQLITE_OPEN_READWRITE)
        case .readOnly(let immutable):
            (name, flags) = (FileAddress.text(path, options: immutable ? "mode=ro&immutable=1" : "mode=ro"), SQLITE_OPEN_READONLY)
        }
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            let error = SQLiteError(code, on: opened)
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
    }

    deinit { close() }

    /// Closes the connection now, for those whose objects SQLite calls back; nothing may be asked of it afterwards.
    func close() {
        if !isClosed { sqlite3_close_v2(handle) }
        isClosed = true
    }

    /// Runs statements that give no rows.
    public func execute(_ text: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, text, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteError(code, on: handle) }
    }

    /// Runs `body` in a transaction that holds the write lock from its start, and takes everything back if it throws.
    public func transaction<R>(_ body: () throws(SQLiteError) -> R) throws(SQLiteError) -> R {
        try execute("begin immediate")
        do {
            let result = try body()
            try execute("commit")
            return result
        } catch {
            // Some errors have rolled back already; then this one fails and nothing is lost by that.
            sqlite3_exec(handle, "rollback", nil, nil, nil)
            throw error
        }
    }

    /// How many rows the last statement changed.
    public var changes: Int { Int(sqlite3_changes(handle)) }
}

/// SQLite's `file:` addresses.
public enum FileAddress {
    /// `/a b?.db` with `mode=ro` as `file:/a%20b%3F.db?mode=ro`.
    public static func text(_ path: String, options: String) -> String {
        var bytes = Array("file:".utf8)
        // An empty authority, so that a path that begins with two slashes is not taken for a host.
        if path.utf8.first == UInt8(ascii: "/") { bytes += Array("//".utf8) }
        let hex = Array("0123456789ABCDEF".utf8)
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        bytes.append(UInt8(ascii: "?"))
        bytes += Array(options.utf8)
        return String(decoding: bytes, as: UTF8.self)
    }
}
