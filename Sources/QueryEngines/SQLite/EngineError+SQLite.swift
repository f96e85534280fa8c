// SQLite's errors as the engine's.
import CSQLite

extension EngineError {
    /// What `error` means for a statement that reads the database files at `paths`.
    init(_ error: SQLiteError, paths: [String] = []) {
        switch error.primary {
        case SQLITE_INTERRUPT: self = .cancelled
        case SQLITE_AUTH: self = .refused(action: error.message)
        case SQLITE_READONLY: self = .refused(action: "writing")
        case SQLITE_TOOBIG, SQLITE_NOMEM, SQLITE_FULL: self = .limit(message: error.message)
        case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
            // SQLite does not say which of several files it is.
            self = paths.isEmpty
                ? .statement(message: error.message, offset: error.offset)
                : .database(path: paths.joined(separator: ", "), reason: error.message)
        default: self = .statement(message: error.message, offset: error.offset)
        }
    }
}
