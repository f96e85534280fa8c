// How the program's own databases are made, recognised and opened; a file that is none of them is never given to SQLite to write.
import CSQLite
import QueryClient
import QueryEngines
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A kind of database that the program keeps: the catalog of a workspace, the ledger of jobs on services over the network.
struct KeptFile: Sendable {
    /// The application id in the file's header.
    let applicationID: UInt32
    /// The version of the tables; one more whenever they change.
    let version: UInt32
    /// The statements that make the tables.
    let tables: String

    /// Whether there is something at `path`; an error where it is no file of this kind and version.
    func check(_ path: String) throws(ServiceError) -> Bool {
        let header: DatabaseHeader?
        do {
            header = try DatabaseHeader(path: path)
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR { return false }
            throw .catalog(path: path, reason: error.message)
        }
        guard let header else { throw .catalog(path: path, reason: "file is not a database") }
        guard header.applicationID == applicationID else { throw .catalog(path: path, reason: "a database of another application") }
        guard header.userVersion <= version else {
            throw .catalog(path: path, reason: laterVersion(Int64(header.userVersion)))
        }
        // With a log beside it, the file may rightly be shorter than it will be.
        if let wanted = header.byteCount, size(path + "-wal") == 0, let found = size(path), found < wanted {
            throw .catalog(path: path, reason: "truncated to \(found) of \(wanted) bytes")
        }
        return true
    }

    private func laterVersion(_ found: Int64) -> String {
        "a later qs has made it, with version \(found) of its tables; this one knows versions up to \(version)"
    }

    /// The size of a file, nil where there is none; 0 for a log that is not there.
    private func size(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : path.hasSuffix("-wal") ? 0 : nil
    }

    /// Makes a file at `path`, whole or not at all; does nothing where another process was faster.
    func make(_ path: String) throws(ServiceError) {
        let draft = "\(path).\(RandomName.make())"
        let file = open(draft, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_RDWR, 0o600)
        guard file >= 0 else { throw .readOnly(path: path, reason: POSIXFailure(errno).message) }
        close(file)
        defer { unlink(draft) }
        do {
            let database = try Database(path: draft, mode: .readWrite)
            try database.transaction { () throws(SQLiteError) in
                try database.execute("pragma application_id = \(applicationID); pragma user_version = \(version)")
                try database.execute(tables)
            }
            try database.execute("pragma journal_mode = wal")
        } catch {
            throw .readOnly(path: path, reason: error.message)
        }
        guard link(draft, path) == 0 || errno == EEXIST else { throw .readOnly(path: path, reason: POSIXFailure(errno).message) }
    }

    /// Opens a file that `check` has passed: to write where that is possible, else to read.
    func connect(_ path: String) throws(ServiceError) -> (database: Database, isWritable: Bool) {
        var modes: [Database.Mode] = [.readWrite, .readOnly(immutable: false)]
        // Where the side files of the log cannot be made, the file is read as it is, unless a log holds more than it does.
        if size(path + "-wal") == 0 { modes.append(.readOnly(immutable: true)) }
        var reason = ""
        for mode in modes {
            do throws(SQLiteError) {
                let database = try Database(path: path, mode: mode)
                sqlite3_busy_timeout(database.handle, 5_000)
                try database.execute("pragma synchronous = full; pragma trusted_schema = off")
                // The log may know of a later version than the file's own header.
                let found = try database.rows("pragma user_version") { row in row.int(0) ?? 0 }
                if found == [Int64(version)] { return (database, sqlite3_db_readonly(database.handle, "main") == 0) }
                reason = laterVersion(found.first ?? 0)
                break
            } catch {
                reason = error.message
                guard error.primary == SQLITE_CANTOPEN || error.primary == SQLITE_READONLY || error.primary == SQLITE_PERM else { break }
            }
        }
        throw .catalog(path: path, reason: reason)
    }
}
