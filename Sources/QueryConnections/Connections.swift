// The services of one run of the program: those that the configuration names, those that scripts connect, and the embedded one.
import QueryClient
import QueryLocal
import Synchronization

/// Makes each service when it is first asked for, and closes them all.
public final class Connections: ServiceDirectory {
    /// The name of the embedded service.
    public static let embedded = "local"

    public let standard: String
    private let local: LocalService
    private let credentials: CredentialKeeper?
    /// What a service is wrapped in before it is given to a session, such as a rehearsal.
    private let wrap: @Sendable (any QueryService) -> any QueryService
    private let state: Mutex<State>

    private struct State {
        var descriptions: [ServiceDescription]
        var made: [String: any QueryService] = [:]
    }

    /// The services of `configuration`, of which `standard` is used where nothing else is said. Throws `unknownDefault` where that is
    /// none of them.
    public init(
        _ configuration: Configuration, standard: String?, local: LocalService, credentials: CredentialKeeper?,
        wrap: @escaping @Sendable (any QueryService) -> any QueryService = { $0 }
    ) throws(ConfigurationFault) {
        let descriptions = [ServiceDescription(name: Connections.embedded, kind: .local)] + configuration.services
        self.standard = standard ?? configuration.standard ?? Connections.embedded
        guard descriptions.contains(where: { [name = self.standard] in $0.name == name }) else {
            throw .unknownDefault(name: self.standard, known: descriptions.map(\.name))
        }
        self.local = local
        self.credentials = credentials
        self.wrap = wrap
        state = Mutex(State(descriptions: descriptions))
    }

    public var descriptions: [ServiceDescription] { state.withLock { $0.descriptions } }

    public func service(_ name: String) throws(ServiceError) -> any QueryService {
        let made = state.withLock { state -> Result<any QueryService, ServiceError> in
            if let service = state.made[name] { return .success(service) }
            guard let description = state.descriptions.first(where: { $0.name == name }) else {
                return .failure(.unknownService(name: name, known: state.descriptions.map(\.name)))
            }
            let service = wrap(make(description))
            state.made[name] = service
            return .success(service)
        }
        return try made.get()
    }

    private func make(_ description: ServiceDescription) -> any QueryService {
        local
    }

    public func connect(_ description: ServiceDescription) throws(ServiceError) {
        guard description.name != Connections.embedded else { throw .badName(name: description.name) }
        state.withLock { state in
            // The jobs that were started on what bore the name before keep it.
            state.made[description.name] = nil
            state.descriptions.removeAll { $0.name == description.name }
            state.descriptions.append(description)
        }
    }

    public func jobs() async throws(ServiceError) -> [JobSnapshot] { try await service(Connections.embedded).jobs() }

    public func job(beginning text: String) async throws(ServiceError) -> (service: any QueryService, id: JobID) {
        (try service(Connections.embedded), try await jobs().only(beginning: text))
    }

    public func close() async {
        let made = state.withLock { Array($0.made.values) }
        for service in made { await service.close() }
    }
}
