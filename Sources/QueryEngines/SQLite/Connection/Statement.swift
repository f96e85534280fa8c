// A prepared statement: parameters in, rows out, a value at a time; the engine's result reader goes below this for speed.
import CSQLite
import QueryFrames

/// A prepared statement of one connection, which it keeps open.
public final class Statement {
    /// SQLite's handle.
    public let handle: OpaquePointer
    private let database: Database

    private init(_ database: Database, handle: OpaquePointer) {
        self.database = database
        self.handle = handle
    }

    deinit { sqlite3_finalize(handle) }

    /// The first statement of `text` from byte `start` on, nil where there are only blanks and comments, and the byte
    /// after it. `text` ends with a zero byte; offsets in errors count from its beginning.
    static func prepare(_ database: Database, _ text: [UInt8], from start: Int) throws(SQLiteError) -> (Statement?, end: Int) {
        var handle: OpaquePointer?
        var end = start
        let code = text.withUnsafeBytes { bytes in
            guard let base = bytes.bindMemory(to: CChar.self).baseAddress else { return SQLITE_MISUSE }
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(database.handle, base + start, -1, &handle, &tail)
            if let tail { end = tail - base }
            return code
        }
        guard code == SQLITE_OK else {
            let error = SQLiteError(code, on: database.handle)
            throw SQLiteError(code: error.code, message: error.message, offset: error.offset.map { $0 + start })
        }
        return (handle.map { Statement(database, handle: $0) }, end)
    }

    /// Goes to the next row; false after the last.
    public func step() throws(SQLiteError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else { throw SQLiteError(code, on: database.handle) }
        return false
    }

    /// Runs a statement that gives no rows, and makes it ready for other parameters.
    public func run() throws(SQLiteError) {
        while try step() {}
        sqlite3_reset(handle)
    }

    /// The text of `column`, from 0, or nil for null.
    public func text(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(handle, column) else { return nil }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The integer of `column`, from 0, or nil for null.
    public func int(_ column: Int32) -> Int64? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
    }
}

extension Statement {
    /// Gives `?index`, from 1, a value: dates and timestamps as ISO 8601 text, decimals as text, durations as microseconds, bools as 0 and 1.
    /// A list cannot be bound.
    public func bind(_ index: Int32, _ value: Scalar) throws(SQLiteError) {
        let code: Int32
        switch value {
        case .null: code = sqlite3_bind_null(handle, index)
        case .bool(let value): code = sqlite3_bind_int64(handle, index, value ? 1 : 0)
        case .int(let value), .duration(let value): code = sqlite3_bind_int64(handle, index, value)
        case .float(let value): code = sqlite3_bind_double(handle, index, value)
        case .string(let value): code = bindText(index, value)
        case .date, .timestamp, .decimal, .json: code = bindText(index, value.text)
        case .binary(let bytes):
            code = bytes.withUnsafeBytes { bytes in
                // No bytes may have no address, which SQLite would take for null.
                guard let start = bytes.baseAddress else { return sqlite3_bind_zeroblob(handle, index, 0) }
                return sqlite3_bind_blob64(handle, index, start, sqlite3_uint64(bytes.count), qs_sqlite_transient())
            }
        case .list: code = SQLITE_MISMATCH
        }
        guard code == SQLITE_OK else {
            throw SQLiteError(code: code, message: String(cString: sqlite3_errstr(code)))
        }
    }

    /// Gives `?1`, `?2` ... these values.
    public func bind(_ values: [Scalar]) throws(SQLiteError) {
        for (index, value) in values.enumerated() { try bind(Int32(truncatingIfNeeded: index + 1), value) }
    }

    private func bindText(_ index: Int32, _ value: String) -> Int32 {
        var value = value
        return value.withUTF8 { bytes in
            // A text of no bytes may have no address, which SQLite would take for null.
            bytes.withMemoryRebound(to: CChar.self) { chars in
                guard let start = chars.baseAddress else { return sqlite3_bind_text(handle, index, "", 0, qs_sqlite_transient()) }
                return sqlite3_bind_text64(
                    handle, index, start, sqlite3_uint64(chars.count), qs_sqlite_transient(), UInt8(SQLITE_UTF8))
            }
        }
    }
}

extension Database {
    /// Prepares the one statement of `text`.
    public func statement(_ text: String) throws(SQLiteError) -> Statement {
        guard let statement = try Statement.prepare(self, Array(text.utf8) + [0], from: 0).0 else {
            throw SQLiteError(code: SQLITE_MISUSE, message: String(cString: sqlite3_errstr(SQLITE_MISUSE)))
        }
        return statement
    }

    /// Runs one statement with parameters; rows it gives are passed over.
    public func run(_ text: String, _ parameters: Scalar...) throws(SQLiteError) {
        let statement = try statement(text)
        try statement.bind(parameters)
        try statement.run()
    }

    /// What `read` makes of each row of one statement.
    public func rows<R>(
        _ text: String, _ parameters: [Scalar] = [], read: (Statement) throws(SQLiteError) -> R
    ) throws(SQLiteError) -> [R] {
        let statement = try statement(text)
        try statement.bind(parameters)
        var rows: [R] = []
        while try statement.step() { rows.append(try read(statement)) }
        return rows
    }
}
