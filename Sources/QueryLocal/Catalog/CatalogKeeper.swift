// Gives the catalog's work to a thread of its own, one piece after the other, and collects the rows of jobs on their way to it.
import QueryClient
import QueryEngines

/// The catalog, for callers on any thread.
final class CatalogKeeper: Sendable {
    /// Only the closures given to `thread` touch it, and they run one at a time.
    private nonisolated(unsafe) let catalog: Catalog
    private let thread = Threads(limit: 1)
    private let pending = Monitor<[JobID: JobRecord]>([:])
    /// The session's name.
    let session: String

    init(_ workspace: Workspace) {
        catalog = Catalog(workspace)
        session = catalog.session.name
    }

    /// What `body` makes of the catalog, without blocking the task that asks.
    func perform<R: Sendable>(_ body: @escaping @Sendable (Catalog) throws(ServiceError) -> R) async throws(ServiceError) -> R {
        let result: Result<R, ServiceError> = await withCheckedContinuation { continuation in
            thread.start {
                do throws(ServiceError) {
                    continuation.resume(returning: .success(try body(self.catalog)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }

    /// Keeps the latest state of a job, soon; jobs that change in the meantime are written together. Where the workspace
    /// cannot be written, jobs are known to their own session alone.
    func record(_ record: JobRecord) {
        let isFirst = pending.withLock { pending in
            pending[record.snapshot.id] = record
            return pending.count == 1
        }
        guard isFirst else { return }
        thread.start {
            let records = self.pending.withLock { pending in
                defer { pending = [:] }
                return Array(pending.values)
            }
            // The lock comes first: without it, others would take the jobs for lost.
            guard (try? self.catalog.session.hold()) != nil else { return }
            try? self.catalog.record(records)
        }
    }

    /// Waits until everything asked so far is done, and lets go of the files.
    func close() async {
        _ = try? await perform { (catalog) throws(ServiceError) in catalog.close() }
    }
}
