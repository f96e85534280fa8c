// What a workspace keeps: saved queries, datasets and the rows of jobs, in one SQLite file that several processes may use.
import QueryClient
import QueryEngines

/// The catalog of one session. It belongs to one thread at a time; `CatalogKeeper` sees to that.
final class Catalog {
    let workspace: Workspace
    let session: SessionFile
    private let database: KeptDatabase
    private var isTidied = false

    init(_ workspace: Workspace) {
        self.workspace = workspace
        session = SessionFile(workspace)
        database = KeptDatabase(.catalog, path: workspace.catalog, folder: workspace.folder)
    }

    /// What `body` reads; nil where there is no catalog yet.
    func read<R>(_ body: (Database) throws(SQLiteError) -> R) throws(ServiceError) -> R? { try database.read(body) }

    /// What `body` does in one transaction, which is on the disk when this returns. The catalog is made where there is none.
    func write<R>(_ body: (Database) throws(SQLiteError) -> R) throws(ServiceError) -> R {
        try database.write(body) { database in
            guard !isTidied else { return }
            isTidied = true
            tidy(database)
        }
    }

    /// Lets go of the files.
    func close() {
        database.close()
        session.remove()
    }
}
