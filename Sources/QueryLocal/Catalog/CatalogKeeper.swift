// Gives the catalog's work to a thread of its own, one piece after the other, and collects the rows of jobs on their way to it.
import QueryClient
import QueryEngines

/// The catalog, for callers on any thread.
final class CatalogKeeper: Sendable {
    private let catalog: Confined<Catalog>
    private let pending = Monitor<[JobID: JobRecord]>([:])
    /// The session's name.
    let session: String

    init(_ workspace: Workspace) {
        let catalog = Catalog(workspace)
        session = catalog.session.name
        self.catalog = Confined(catalog)
    }

    /// What `body` makes of the catalog, without blocking the task that asks.
    func perform<R: Sendable>(_ body: @escaping @Sendable (Catalog) throws(ServiceError) -> R) async throws(ServiceError) -> R {
        try await catalog.perform(body)
    }

    /// Keeps the latest state of a job, soon; jobs that change in the meantime are written together. Where the workspace
    /// cannot be written, jobs are known to their own session alone.
    func record(_ record: JobRecord) {
        let isFirst = pending.withLock { pending in
            pending[record.snapshot.id] = record
            return pending.count == 1
        }
        guard isFirst else { return }
        catalog.start { catalog in
            let records = self.pending.withLock { pending in
                defer { pending = [:] }
                return Array(pending.values)
            }
            // The lock comes first: without it, others would take the jobs for lost.
            guard (try? catalog.session.hold()) != nil else { return }
            try? catalog.record(records)
        }
    }

    /// Waits until everything asked so far is done, and lets go of the files.
    func close() async {
        _ = try? await perform { (catalog) throws(ServiceError) in catalog.close() }
    }
}
