// The services of one run of the program: those that the configuration names, those that scripts connect, and the embedded one.
import QueryClient
import QueryLocal
import QueryText
import Synchronization

/// Makes each service when it is first asked for, and closes them all.
public final class Connections: ServiceDirectory {
    /// The name of the embedded service.
    public static let embedded = "local"

    public let standard: String
    private let local: LocalService
    private let means: Means
    private let state: Mutex<State>

    /// What services over the network are made with.
    public struct Means: Sendable {
        /// What speaks HTTP, for all of them.
        public var transport: any HTTPTransport
        /// Where their jobs and queries are written down.
        public var ledger: Ledger
        /// What `qs login` keeps; nil where there is no place for it.
        public var logins: LoginFile?
        /// What their waits are measured by.
        public var clock: any ServiceClock
        /// Takes what a person should know while a service is spoken to.
        public var notify: @Sendable (ServiceNotice) -> Void
        /// Whether nothing is to be sent and changed.
        public var isRehearsal: Bool

        public init(
            transport: any HTTPTransport, ledger: Ledger, logins: LoginFile?, clock: any ServiceClock = SystemServiceClock(),
            isRehearsal: Bool = false, notify: @escaping @Sendable (ServiceNotice) -> Void
        ) {
            (self.transport, self.ledger, self.logins, self.clock) = (transport, ledger, logins, clock)
            (self.isRehearsal, self.notify) = (isRehearsal, notify)
        }
    }

    private struct State {
        var descriptions: [ServiceDescription]
        var made: [String: any QueryService] = [:]
        /// Services whose names others have taken since: their jobs go on.
        var replaced: [any QueryService] = []

        var secretVariables: Set<String> {
            Set(descriptions.compactMap { if case .environment(let name)? = $0.token { name } else { nil } })
        }
    }

    /// The services of `configuration`, of which `standard` is used where nothing else is said. Throws `unknownDefault` where that is
    /// none of them.
    public init(
        _ configuration: Configuration, standard: String?, local: LocalService, means: Means
    ) throws(ConfigurationFault) {
        self.standard = standard ?? configuration.standard ?? Connections.embedded
        let known = [Connections.embedded] + configuration.services.map(\.name)
        guard known.contains(self.standard) else { throw .unknownDefault(name: self.standard, known: known) }
        self.local = local
        self.means = means
        state = Mutex(State(descriptions: configuration.services))
    }

    public var summaries: [ServiceSummary] {
        [ServiceSummary(name: Connections.embedded, kind: "local", source: "embedded")] + state.withLock { $0.descriptions }.map { ServiceSummary($0) }
    }

    public var secretVariables: Set<String> { state.withLock { $0.secretVariables } }

    public func service(_ name: String) throws(ServiceError) -> any QueryService {
        let known = summaries.map(\.name)
        let made = state.withLock { state -> (any QueryService)? in
            if let service = state.made[name] { return service }
            let service: any RehearsedService
            if name == Connections.embedded {
                service = local
            } else if let description = state.descriptions.first(where: { $0.name == name }) {
                service = remote(description, state.secretVariables)
            } else {
                return nil
            }
            let given: any QueryService = means.isRehearsal ? Rehearsal(of: service) : service
            state.made[name] = given
            return given
        }
        guard let made else { throw .unknownService(name: name, known: known) }
        return made
    }

    private func remote(_ description: ServiceDescription, _ secretVariables: Set<String>) -> RemoteService {
        let credentials = ConfiguredCredential(service: description, logins: means.logins, secretVariables: secretVariables)
        return RemoteService(
            description, over: means.transport, credentials: credentials,
            ledger: means.ledger, store: means.ledger, clock: means.clock, notify: means.notify)
    }

    public func connect(_ description: ServiceDescription) throws(ServiceError) {
        guard description.name != Connections.embedded, Names.isName(description.name) else { throw .badName(name: description.name) }
        state.withLock { state in
            if let before = state.made.removeValue(forKey: description.name) { state.replaced.append(before) }
            state.descriptions.removeAll { $0.name == description.name }
            state.descriptions.append(description)
        }
    }

    // MARK: Jobs of all services

    public func jobs() async throws(ServiceError) -> [JobSnapshot] {
        var all = try await service(Connections.embedded).jobs()
        for service in state.withLock({ Array($0.made.values) + $0.replaced }) where service.name != Connections.embedded {
            all += try await service.jobs()
        }
        // Those of services that are not configured any more are known all the same.
        let known = Set(all.map { Name($0) })
        all += try await means.ledger.entries().map(\.snapshot).filter { !known.contains(Name($0)) }
        return all.sorted { ($0.created, $0.id.text) > ($1.created, $1.id.text) }
    }

    private struct Name: Hashable {
        let service: String
        let id: JobID

        init(_ job: JobSnapshot) { (service, id) = (job.service, job.id) }
    }

    public func job(beginning text: String) async throws(ServiceError) -> (service: any QueryService, id: JobID) {
        let jobs = try await jobs()
        let id = try jobs.only(beginning: text)
        return (try service(jobs.first { $0.id == id }?.service ?? standard), id)
    }

    /// The jobs of earlier sessions that were not known to have ended and have by now: their services are asked, each job once.
    public func endedMeanwhile() async -> [JobSnapshot] {
        let names = Set(state.withLock { $0.descriptions.map(\.name) })
        let open = ((try? await means.ledger.entries()) ?? []).filter { entry in
            // A job without an id of its service was never accepted, as far as is known.
            !entry.snapshot.status.isTerminal && names.contains(entry.snapshot.service) && entry.snapshot.id.text != entry.key
        }
        var ended: [JobSnapshot] = []
        for entry in open {
            guard let service = try? service(entry.snapshot.service), let now = try? await service.status(of: entry.snapshot.id) else { continue }
            if now.status.isTerminal { ended.append(now) }
        }
        return ended
    }

    public func close() async {
        let made = state.withLock { Array($0.made.values) + $0.replaced }
        for service in made { await service.close() }
        await means.transport.close()
        await means.ledger.close()
    }
}
