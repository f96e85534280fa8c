// What the jobs of one service share: its API, the ways to reach it, and what was found out about it.
import QueryFormats
import Synchronization

/// The means of a service's jobs.
final class RemoteContext: Sendable {
    let service: ServiceDescription
    let rules: ServiceRules
    let api: any RemoteAPI
    /// How much of an answer's rows is read at a time, and how much one row may take.
    let sizes: ReadingSizes
    let transport: any HTTPTransport
    let clock: any ServiceClock
    let credentials: CredentialKeeper
    let ledger: any JobLedger
    let notify: @Sendable (ServiceNotice) -> Void
    private let shared = Mutex(Shared())

    private struct Shared {
        var bucket = RetryBucket()
        var hasJobs: Bool?
    }

    init(
        _ service: ServiceDescription, _ transport: any HTTPTransport, _ clock: any ServiceClock, _ source: any CredentialSource,
        _ ledger: any JobLedger, _ limits: HTTPLimits, _ sizes: ReadingSizes, _ notify: @escaping @Sendable (ServiceNotice) -> Void
    ) {
        self.service = service
        self.sizes = sizes
        api = service.api
        self.transport = transport
        self.clock = clock
        self.ledger = ledger
        self.notify = notify
        credentials = CredentialKeeper(source)
        rules = ServiceRules(service, looked: source.place, limits: limits)
        // Polytomic is nothing but jobs.
        if service.kind == .polytomic { shared.withLock { $0.hasJobs = true } }
    }

    /// Whether the service has jobs; nil where that was not found out yet.
    var hasJobs: Bool? { shared.withLock { $0.hasJobs } }

    func learn(hasJobs: Bool) { shared.withLock { $0.hasJobs = hasJobs } }

    /// What is wrong with rows that all have come.
    func error(of error: ResultError) -> ServiceError {
        if case .memory(_, let limit) = error { return .memory(limit: limit) }
        return .badAnswer(service: service.name, address: service.url.withoutQuery, .damaged(error))
    }

    /// Asks a machine what an event leads to, with the tokens that all jobs share.
    func handle(_ event: JobEvent, _ machine: inout JobMachine) -> [JobAction] {
        let now = clock.now
        return shared.withLock { machine.handle(event, at: now, bucket: &$0.bucket) }
    }
}
