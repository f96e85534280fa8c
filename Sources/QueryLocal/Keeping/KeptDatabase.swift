// One of the program's own databases, opened when it is first needed and made when there is something to keep.
import CSQLite
import QueryClient
import QueryEngines
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A database of one kind at one place. It belongs to one thread at a time.
final class KeptDatabase {
    private let file: KeptFile
    private let path: String
    private let folder: String
    private var database: Database?
    private var isWritable = false

    /// The database at `path`, in `folder`, which is made with it.
    init(_ file: KeptFile, path: String, folder: String) {
        (self.file, self.path, self.folder) = (file, path, folder)
    }

    /// What `body` reads; nil where there is no such file yet.
    func read<R>(_ body: (Database) throws(SQLiteError) -> R) throws(ServiceError) -> R? {
        guard let database = try opened() else { return nil }
        do { return try body(database) } catch { throw failure(error, writing: false) }
    }

    /// What `body` does in one transaction, which is on the disk when this returns; `after` comes then. The file is made where there is none.
    func write<R>(
        _ body: (Database) throws(SQLiteError) -> R, after: (Database) -> Void = { _ in }
    ) throws(ServiceError) -> R {
        if database == nil {
            do { try Workspace.makeFolder(folder) } catch { throw .readOnly(path: folder, reason: error.message) }
            if try !file.check(path) { try file.make(path) }
        }
        guard let database = try opened() else { throw .readOnly(path: folder, reason: "the file is gone") }
        guard isWritable else { throw .readOnly(path: folder, reason: POSIXFailure(EACCES).message) }
        do {
            let result = try database.transaction { () throws(SQLiteError) in try body(database) }
            after(database)
            return result
        } catch { throw failure(error, writing: true) }
    }

    /// Lets go of the file.
    func close() { database = nil }

    private func opened() throws(ServiceError) -> Database? {
        if let database { return database }
        guard try file.check(path) else { return nil }
        let opened = try file.connect(path)
        database = opened.database
        isWritable = opened.isWritable
        return opened.database
    }

    private func failure(_ error: SQLiteError, writing: Bool) -> ServiceError {
        switch error.primary {
        case SQLITE_READONLY, SQLITE_FULL, SQLITE_BUSY, SQLITE_LOCKED: .readOnly(path: folder, reason: error.message)
        case SQLITE_IOERR, SQLITE_CANTOPEN: writing ? .readOnly(path: folder, reason: error.message) : .catalog(path: path, reason: error.message)
        default: .catalog(path: path, reason: error.message)
        }
    }
}
