// The connection of one run: set up, then locked so that the statement can only read.
import CSQLite
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A connection to an empty database in memory, to which the tables of one statement are added.
final class QueryConnection {
    let database: Database
    let permission = StatementGuard()
    let frames: FrameModule
    private let cancellation: Cancellation
    /// The schema under which each database file is attached.
    private(set) var schemas: [String: String] = [:]

    /// How long a database file may be locked by someone who writes it before that is an error, in microseconds.
    private static let patience = 5_000_000
    private static let nap: UInt32 = 5_000

    init(_ cancellation: Cancellation) throws(SQLiteError) {
        self.cancellation = cancellation
        frames = FrameModule(cancellation)
        database = try Database(path: ":memory:", mode: .memory)
        let handle = database.handle
        for (option, on) in [
            (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0), (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
            (SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0), (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
            // `"EU"` is a column, never a text: a misspelt column has to be an error.
            (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_DQS_DDL, 0),
        ] { _ = qs_sqlite_db_config(handle, Int32(option), Int32(on)) }
        for (limit, value) in [
            (SQLITE_LIMIT_LENGTH, 256 << 20), (SQLITE_LIMIT_SQL_LENGTH, 1 << 20), (SQLITE_LIMIT_VDBE_OP, 1_000_000),
            (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000), (SQLITE_LIMIT_WORKER_THREADS, 0),
        ] { sqlite3_limit(handle, Int32(limit), Int32(value)) }
        // As much as a sort holds before it goes to a temporary file; a sort cannot be interrupted while it is in memory.
        try database.execute("pragma cache_size = -8000")
        let flag = Unmanaged.passUnretained(cancellation).toOpaque()
        sqlite3_progress_handler(handle, 1_000, { QueryConnection.isCancelled($0) ? 1 : 0 }, flag)
        sqlite3_busy_handler(handle, { flag, tries in
            guard !QueryConnection.isCancelled(flag), Int(tries) * Int(QueryConnection.nap) < QueryConnection.patience else { return 0 }
            usleep(QueryConnection.nap)
            return 1
        }, flag)
        permission.register(on: database)
        try frames.register(on: database)
        try TimestampCollation.register(on: database)
        try DecimalCollation.register(on: database)
    }

    /// Closes the connection; the objects that SQLite calls back go after it.
    deinit { database.close() }

    private static func isCancelled(_ flag: UnsafeMutableRawPointer?) -> Bool {
        flag.map { Unmanaged<Cancellation>.fromOpaque($0).takeUnretainedValue().isRaised } ?? false
    }

    /// What `error` means for the run.
    func failure(_ error: SQLiteError) -> EngineError {
        if cancellation.isRaised { return .cancelled }
        // SQLite words a refusal in several ways, and not always under its own code.
        if let refused = permission.refused { return .refused(action: refused) }
        return EngineError(error, paths: schemas.keys.sorted())
    }

    /// From here on nothing can be attached, whatever is asked.
    func lock() { sqlite3_limit(database.handle, SQLITE_LIMIT_ATTACHED, 0) }
}

extension QueryConnection {
    /// Adds a frame as the table `name`.
    func add(_ frame: Frame, as name: String) throws(EngineError) {
        let limit = Int(sqlite3_limit(database.handle, SQLITE_LIMIT_COLUMN, -1))
        guard frame.schema.fields.count <= limit else {
            throw .limit(message: "\(name): \(frame.schema.fields.count) columns, at most \(limit)")
        }
        do { try frames.create(name, frame, on: database) } catch { throw failure(error) }
        permission.tables.insert(SQLName.folded(name))
    }

    /// Attaches a database file read-only, under `name` where that is free, and gives the name of its schema.
    func attach(_ path: String, as name: String) throws(EngineError) -> String {
        if let schema = schemas[path] { return schema }
        let header: DatabaseHeader?
        do { header = try DatabaseHeader(path: path) } catch { throw .database(path: path, reason: error.message) }
        guard let header else { throw .database(path: path, reason: String(cString: sqlite3_errstr(SQLITE_NOTADB))) }
        let taken = Set(schemas.values.map(SQLName.folded)).union(["main", "temp"])
        var schema = name, number = 1
        while taken.contains(SQLName.folded(schema)) {
            number += 1
            schema = "\(name)_\(number)"
        }
        do {
            try attach(path, as: schema, options: "mode=ro")
        } catch {
            // A write-ahead log needs a file beside the database, which may not be possible; without one there is nothing
            // in the log that could be missed.
            let cannotLog = error.primary == SQLITE_CANTOPEN || error.primary == SQLITE_READONLY
            guard header.isWAL, cannotLog, !QueryConnection.hasLog(path) else { throw attachFailure(error, path) }
            do { try attach(path, as: schema, options: "mode=ro&immutable=1") } catch { throw attachFailure(error, path) }
        }
        schemas[path] = schema
        return schema
    }

    /// Lets go of a database file that turned out not to be needed.
    func detach(_ path: String) {
        guard let schema = schemas[path] else { return }
        if (try? database.run("detach \(SQLName.quoted(schema))")) != nil { schemas[path] = nil }
    }

    /// The tables and views of an attached database file.
    func tables(of schema: String) throws(EngineError) -> [String] {
        do {
            return try database.rows(
                """
                select name from \(SQLName.quoted(schema)).sqlite_master
                where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' order by name
                """
            ) { row in row.text(0) ?? "" }
        } catch { throw failure(error) }
    }

    /// Makes `name` stand for a table of an attached database file.
    func alias(_ name: String, _ schema: String, _ table: String) throws(EngineError) {
        let view = "create temp view \(SQLName.quoted(name)) as select * from \(SQLName.quoted(schema)).\(SQLName.quoted(table))"
        do { try database.execute(view) } catch { throw failure(error) }
        permission.tables.insert(SQLName.folded(name))
    }

    private func attach(_ path: String, as schema: String, options: String) throws(SQLiteError) {
        try database.run("attach ?1 as \(SQLName.quoted(schema))", .string(FileAddress.text(path, options: options)))
    }

    private func attachFailure(_ error: SQLiteError, _ path: String) -> EngineError {
        if cancellation.isRaised { return .cancelled }
        let isLimit = error.primary == SQLITE_ERROR && schemas.count >= Int(sqlite3_limit(database.handle, SQLITE_LIMIT_ATTACHED, -1))
        return isLimit ? .limit(message: error.message) : .database(path: path, reason: error.message)
    }

    private static func hasLog(_ path: String) -> Bool {
        var status = stat()
        return stat(path + "-wal", &status) == 0 && status.st_size > 0
    }
}
