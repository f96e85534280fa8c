// The embedded query service: saved queries and datasets in a workspace, jobs on threads of this process.
import QueryClient
import QueryEngines
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A query service in this process, over an engine.
///
/// Making one opens, reads and creates nothing. Saved queries, datasets and the rows of jobs live in the workspace, which
/// several processes may use at once; results live in memory as long as the service.
public final class LocalService: QueryService {
    public let name: String
    public var keepsJobs: Bool { false }
    let catalog: CatalogKeeper
    let board: JobBoard
    let frames: FrameCache
    let engine: any Engine
    private let threads: Threads

    /// How long jobs that were told to stop are waited for.
    private static let patience = Duration.seconds(2)

    /// A service that keeps its things in the folder `workspace`, made when there is something to keep.
    public init(workspace: String, name: String = "local", engine: any Engine = SQLiteEngine()) {
        self.name = name
        self.engine = engine
        let cores = max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1)
        threads = Threads(limit: max(4, cores))
        frames = FrameCache(readers: Threads(limit: cores))
        let catalog = CatalogKeeper(Workspace(workspace))
        self.catalog = catalog
        board = JobBoard { catalog.record($0) }
    }

    public func submit(_ request: QueryRequest) async throws(ServiceError) -> JobSnapshot {
        let plan = try await catalog.perform { (catalog) throws(ServiceError) in
            var queries: [SavedQuery] = []
            if case .saved(let name) = request.text {
                if let query = try catalog.query(name) { queries = [query] } else { queries = try catalog.queries() }
            }
            return try JobPlan(request, queries: queries, datasets: try catalog.datasets())
        }
        let template = try Template(plan.text)
        let bound = try BoundText(template, request.bindings, query: plan.query)
        let tables = DatasetTables(datasets: plan.datasets, target: plan.target, frames: frames)
        let id = JobID("job_\(RandomName.make())")
        let snapshot = JobSnapshot(id: id, query: plan.query, service: name, status: .queued, created: Clock.now)
        let record = JobRecord(snapshot: snapshot, text: plan.text, target: plan.target?.name, session: catalog.session)
        let work = JobWork(template, bound, tables, engine: engine)
        board.add(record, work)
        start(id, work, timeout: request.timeout)
        return snapshot
    }

    private func start(_ id: JobID, _ work: JobWork, timeout: Int64?) {
        let board = board
        threads.start {
            guard board.begin(id) else { return }
            let timer = timeout.map { JobTimer(board, id, after: $0) }
            board.end(id, work.perform())
            timer?.stop()
        }
    }

    /// Waits until jobs that were told to stop have done so, but no longer than they may be waited for.
    func waitForEnd(of jobs: [JobID]) async {
        guard !jobs.isEmpty else { return }
        await withTaskGroup(of: Void.self) { [board] group in
            group.addTask { for id in jobs { await board.wait(id) } }
            group.addTask { try? await Task.sleep(for: LocalService.patience) }
            await group.next()
            group.cancelAll()
        }
    }

    public func close() async {
        for job in board.snapshots where !job.status.isTerminal { _ = board.stop(job.id, .cancelled(id: job.id.text)) }
        let running = board.snapshots.filter { !$0.status.isTerminal }.map(\.id)
        await waitForEnd(of: running)
        for id in running { board.abandon(id) }
        await catalog.close()
    }
}

/// What a request comes to once the catalog was asked.
struct JobPlan: Sendable {
    let query: String?
    let text: String
    let target: Dataset?
    let datasets: [Dataset]

    /// `queries` hold the one that is asked for, or else all there are.
    init(_ request: QueryRequest, queries: [SavedQuery], datasets: [Dataset]) throws(ServiceError) {
        var bound: String?
        switch request.text {
        case .text(let text): (query, self.text) = (nil, text)
        case .saved(let name):
            guard let saved = queries.first(where: { $0.name == name }) else { throw .unknownQuery(name: name, known: queries.map(\.name)) }
            (query, self.text, bound) = (name, saved.text, saved.dataset)
        }
        self.datasets = datasets
        target = try (request.target ?? bound).map { (name) throws(ServiceError) in try datasets.named(name) }
    }
}

extension [Dataset] {
    /// The dataset called `name`, whatever the case of its letters.
    func named(_ name: String) throws(ServiceError) -> Dataset {
        guard let found = first(where: { $0.name == name }) ?? first(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw .unknownDataset(name: name, known: map(\.name))
        }
        return found
    }
}
