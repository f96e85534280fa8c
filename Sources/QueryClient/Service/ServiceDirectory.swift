// The services that a session can ask, by name: what `connect`, `use`, `services` and `on SERVICE` go by.

/// A list of services, which makes each when it is first asked for.
public protocol ServiceDirectory: Sendable {
    /// The services there are, in the order in which they are listed.
    var summaries: [ServiceSummary] { get }
    /// The name of the service that is used where a script names none.
    var standard: String { get }
    /// The variables of the environment that hold credentials of services: no child of this process gets them.
    var secretVariables: Set<String> { get }
    /// The service of that name; throws `unknownService` where there is none. Nothing is sent.
    func service(_ name: String) async throws(ServiceError) -> any QueryService
    /// Takes up a service for this session, in place of one of the same name. Nothing is sent.
    func connect(_ description: ServiceDescription) async throws(ServiceError)
    /// The jobs that are known of all services, newest first. Nothing is sent for those of services over the network.
    func jobs() async throws(ServiceError) -> [JobSnapshot]
    /// The job whose id begins with `text`, and its service. Throws `unknownJob` where there is none, `ambiguousJob` where there are
    /// several.
    func job(beginning text: String) async throws(ServiceError) -> (service: any QueryService, id: JobID)
    /// Closes the services that were made; the last call.
    func close() async
}

/// What is told of a service in a list.
public struct ServiceSummary: Hashable, Sendable {
    public var name: String
    /// The API it has: `polytomic`, `toolkit`, `local`.
    public var kind: String
    public var address: WebAddress?
    /// The connection or dataset that its queries run on unless they say otherwise.
    public var target: String?
    /// Who says that it is there: a configuration file, or a word.
    public var source: String

    public init(name: String, kind: String, source: String) {
        (self.name, self.kind, self.source) = (name, kind, source)
    }

    /// A service as it is described.
    public init(_ service: ServiceDescription) {
        self.init(name: service.name, kind: service.kind.rawValue, source: service.file ?? "connect")
        address = service.url
        target = service.connection ?? service.dataset
    }
}

/// One service under its own name, for a host that needs no more.
public struct SingleService: ServiceDirectory {
    private let service: any QueryService

    public init(_ service: any QueryService) { self.service = service }

    public var summaries: [ServiceSummary] { [ServiceSummary(name: service.name, kind: "local", source: "embedded")] }
    public var standard: String { service.name }
    public var secretVariables: Set<String> { [] }

    public func service(_ name: String) throws(ServiceError) -> any QueryService {
        guard name == service.name else { throw .unknownService(name: name, known: [service.name]) }
        return service
    }

    public func connect(_ description: ServiceDescription) throws(ServiceError) { throw .noConnections }

    public func jobs() async throws(ServiceError) -> [JobSnapshot] { try await service.jobs() }

    public func job(beginning text: String) async throws(ServiceError) -> (service: any QueryService, id: JobID) {
        (service, try await service.jobs().only(beginning: text))
    }

    public func close() async { await service.close() }
}

extension [JobSnapshot] {
    /// The id of the one job that is called `text`, or begins so.
    public func only(beginning text: String) throws(ServiceError) -> JobID {
        if let exact = first(where: { $0.id.text == text }) { return exact.id }
        let found = filter { !text.isEmpty && $0.id.text.hasPrefix(text) }.map(\.id)
        guard let id = found.first else { throw .unknownJob(id: text) }
        guard found.count == 1 else { throw .ambiguousJob(prefix: text, ids: found.map(\.text)) }
        return id
    }
}
