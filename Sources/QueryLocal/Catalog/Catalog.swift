// What a workspace keeps: saved queries, datasets and the rows of jobs, in one SQLite file that several processes may use.
import CSQLite
import QueryClient
import QueryEngines
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The catalog of one session. It belongs to one thread at a time; `CatalogKeeper` sees to that.
final class Catalog {
    let workspace: Workspace
    let session: SessionFile
    private var database: Database?
    private var isWritable = false
    private var isTidied = false

    init(_ workspace: Workspace) {
        self.workspace = workspace
        session = SessionFile(workspace)
    }

    /// What `body` reads; nil where there is no catalog yet.
    func read<R>(_ body: (Database) throws(SQLiteError) -> R) throws(ServiceError) -> R? {
        guard let database = try opened() else { return nil }
        do { return try body(database) } catch { throw failure(error, writing: false) }
    }

    /// What `body` does in one transaction, which is on the disk when this returns. The catalog is made where there is none.
    func write<R>(_ body: (Database) throws(SQLiteError) -> R) throws(ServiceError) -> R {
        if database == nil {
            try workspace.make()
            if try !CatalogFile.check(workspace.catalog) { try CatalogFile.make(workspace.catalog) }
        }
        guard let database = try opened() else { throw .readOnly(path: workspace.folder, reason: "the catalog is gone") }
        guard isWritable else { throw .readOnly(path: workspace.folder, reason: POSIXFailure(EACCES).message) }
        do {
            let result = try database.transaction { () throws(SQLiteError) in try body(database) }
            if !isTidied {
                isTidied = true
                tidy(database)
            }
            return result
        } catch { throw failure(error, writing: true) }
    }

    /// Lets go of the files.
    func close() {
        database = nil
        session.remove()
    }

    private func opened() throws(ServiceError) -> Database? {
        if let database { return database }
        guard try CatalogFile.check(workspace.catalog) else { return nil }
        let opened = try CatalogFile.connect(workspace.catalog)
        database = opened.database
        isWritable = opened.isWritable
        return opened.database
    }

    private func failure(_ error: SQLiteError, writing: Bool) -> ServiceError {
        switch error.primary {
        case SQLITE_READONLY, SQLITE_FULL, SQLITE_BUSY, SQLITE_LOCKED: .readOnly(path: workspace.folder, reason: error.message)
        case SQLITE_IOERR, SQLITE_CANTOPEN: writing
            ? .readOnly(path: workspace.folder, reason: error.message)
            : .catalog(path: workspace.catalog, reason: error.message)
        default: .catalog(path: workspace.catalog, reason: error.message)
        }
    }
}
