// A service that runs nothing: it checks what it is asked for as the embedded one would, and keeps what it is given to itself.
import QueryFrames
import Synchronization

/// A service that can tell what it would say to things without doing them.
public protocol RehearsedService: QueryService {
    /// Finds what is wrong with a run before anything is sent, by saved queries and datasets that may be there only in a rehearsal.
    /// Gives the saved query's name, nil for text.
    func check(_ request: QueryRequest, queries: [SavedQuery], datasets: [Dataset]) throws(ServiceError) -> String?
    /// A query as it would be saved, with its parameters.
    func checked(_ query: SavedQuery, datasets: [Dataset]) throws(ServiceError) -> SavedQuery
    /// A dataset as it would be registered.
    func checked(_ dataset: Dataset) throws(ServiceError) -> Dataset
}

/// A stand-in for a service, for a script that is only to say what it would do.
public final class Rehearsal: QueryService {
    private let service: any RehearsedService
    private let state = Mutex(State())

    private struct State {
        var jobs: [JobSnapshot] = []
        /// What the script has saved and registered; nil where it has removed it.
        var queries: [String: SavedQuery?] = [:]
        var datasets: [String: Dataset] = [:]
    }

    public var name: String { service.name }
    public var keepsJobs: Bool { false }

    /// Asks `service` what there is, and changes nothing of it.
    public init(of service: any RehearsedService) { self.service = service }

    public func submit(_ request: QueryRequest) async throws(ServiceError) -> JobSnapshot {
        let query = try service.check(request, queries: try await queries(), datasets: try await datasets())
        let service = name
        return state.withLock { state in
            let id = JobID("rehearsed_\(state.jobs.count + 1)")
            let job = JobSnapshot(id: id, query: query, service: service, status: .queued, created: Clock.now)
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
        let saved = try service.checked(query, datasets: try await datasets())
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
        let resolved = try service.checked(dataset)
        state.withLock { $0.datasets[resolved.name] = resolved }
        return resolved
    }

    public func datasets() async throws(ServiceError) -> [Dataset] {
        let own = state.withLock { $0.datasets }
        let kept: [Dataset]
        do throws(ServiceError) {
            kept = try await service.datasets().filter { own[$0.name] == nil }
        } catch {
            // A service that knows no datasets has none.
            guard case .notImplemented = error else { throw error }
            kept = []
        }
        return (kept + own.values).sorted { $0.name < $1.name }
    }

    public func close() async { await service.close() }
}
