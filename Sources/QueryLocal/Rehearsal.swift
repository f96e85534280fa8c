// A service that runs nothing: it checks what it is asked for as the embedded one would, and keeps what it is given to itself.
import QueryClient
import QueryFrames
import Synchronization

/// A stand-in for a service, for a script that is only to say what it would do.
public final class Rehearsal: QueryService {
    private let service: LocalService
    private let state = Mutex(State())

    private struct State {
        var jobs: [JobSnapshot] = []
        /// What the script has saved and registered; nil where it has removed it.
        var queries: [String: SavedQuery?] = [:]
        var datasets: [String: Dataset] = [:]
    }

    public var name: String { service.name }

    /// Asks `service` what there is, and changes nothing of it.
    public init(of service: LocalService) { self.service = service }

    public func submit(_ request: QueryRequest) async throws(ServiceError) -> JobSnapshot {
        let plan = try JobPlan(request, queries: try await queries(), datasets: try await datasets())
        _ = try BoundText(try Template(plan.text), request.bindings, query: plan.query)
        let service = name
        return state.withLock { state in
            let id = JobID("rehearsed_\(state.jobs.count + 1)")
            let job = JobSnapshot(id: id, query: plan.query, service: service, status: .queued, created: Clock.now)
            state.jobs.append(job)
            return job
        }
    }

    public func status(of id: JobID) async throws(ServiceError) -> JobSnapshot {
        if let job = own(id) { return job }
        return try await service.status(of: id)
    }

    public func completion(of id: JobID) async throws(ServiceError) -> JobSnapshot {
        if own(id) != nil { throw .notRun(id: id.text) }
        return try await service.completion(of: id)
    }

    public func result(of id: JobID) async throws(ServiceError) -> Frame {
        if own(id) != nil { throw .notRun(id: id.text) }
        return try await service.result(of: id)
    }

    public func cancel(_ id: JobID) async throws(ServiceError) { _ = try await status(of: id) }

    public func jobs() async throws(ServiceError) -> [JobSnapshot] {
        let own = state.withLock { Array($0.jobs.reversed()) }
        return own + (try await service.jobs())
    }

    private func own(_ id: JobID) -> JobSnapshot? { state.withLock { state in state.jobs.first { $0.id == id } } }

    public func save(_ query: SavedQuery) async throws(ServiceError) -> SavedQuery {
        guard Names.isName(query.name) else { throw .badName(name: query.name) }
        var query = query
        query.parameters = try Template(query.text).parameters
        if let dataset = query.dataset { _ = try await datasets().named(dataset) }
        let saved = query
        state.withLock { $0.queries[saved.name] = .some(saved) }
        return saved
    }

    public func queries() async throws(ServiceError) -> [SavedQuery] {
        let own = state.withLock { $0.queries }
        let kept = try await service.queries().filter { own[$0.name] == nil }
        return (kept + own.values.compactMap { $0 }).sorted { $0.name < $1.name }
    }

    public func forget(_ name: String) async throws(ServiceError) {
        let known = try await queries().map(\.name)
        guard known.contains(name) else { throw .unknownQuery(name: name, known: known) }
        state.withLock { $0.queries[name] = .some(nil) }
    }

    public func register(_ dataset: Dataset) async throws(ServiceError) -> Dataset {
        let resolved = try DatasetFiles.resolve(dataset)
        state.withLock { $0.datasets[resolved.name] = resolved }
        return resolved
    }

    public func datasets() async throws(ServiceError) -> [Dataset] {
        let own = state.withLock { $0.datasets }
        let kept = try await service.datasets().filter { own[$0.name] == nil }
        return (kept + own.values).sorted { $0.name < $1.name }
    }

    public func close() async { await service.close() }
}
