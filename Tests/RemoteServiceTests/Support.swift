// A service behind a fault server, and what tests keep of it.
import FaultServer
import QueryClient
import QueryFormats
import QueryFrames
import QueryHTTP
import Synchronization

/// Jobs in memory, to be looked into.
final class Ledger: JobLedger {
    private let kept = Mutex<[JobEntry]>([])

    var all: [JobEntry] { kept.withLock { $0 } }

    func record(_ entry: JobEntry) async throws(ServiceError) {
        kept.withLock { entries in
            entries.removeAll { $0.key == entry.key }
            entries.append(entry)
        }
    }

    func entries(service: String) async throws(ServiceError) -> [JobEntry] {
        all.filter { $0.snapshot.service == service }.sorted { $0.snapshot.created > $1.snapshot.created }
    }

    func entries(beginning prefix: String, service: String) async throws(ServiceError) -> [JobEntry] {
        try await entries(service: service).filter { $0.key.hasPrefix(prefix) || $0.snapshot.id.text.hasPrefix(prefix) }
    }
}

/// Saved queries in memory.
final class Store: QueryStore {
    private let kept = Mutex<[String: StoredQuery]>([:])

    func save(_ query: StoredQuery, service: String) async throws(ServiceError) -> StoredQuery {
        kept.withLock { queries in
            var saved = query
            saved.query.version = (queries[query.query.name]?.query.version ?? 0) + 1
            queries[query.query.name] = saved
            return saved
        }
    }

    func queries(service: String) async throws(ServiceError) -> [StoredQuery] {
        kept.withLock { $0.values.sorted { $0.query.name < $1.query.name } }
    }

    func forget(_ name: String, service: String) async throws(ServiceError) -> Bool { kept.withLock { $0.removeValue(forKey: name) != nil } }
}

/// Tokens, one after another, the last of them for ever.
final class Tokens: CredentialSource {
    private let service: ServiceDescription
    private let left: Mutex<[String]>

    init(_ tokens: [String], for service: ServiceDescription) {
        self.service = service
        left = Mutex(tokens)
    }

    var place: String { "the environment variable FAR_TOKEN" }

    func credential() async throws(ServiceError) -> Credential {
        let token = left.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? "" }
        guard let credential = service.credential(token: token) else {
            throw .noCredential(service: service.name, looked: place, .unusable)
        }
        return credential
    }
}

/// What was told beside answers.
final class Notices: Sendable {
    private let told = Mutex<[ServiceNotice]>([])

    var all: [ServiceNotice] { told.withLock { $0 } }

    func add(_ notice: ServiceNotice) { told.withLock { $0.append(notice) } }
}

/// A server with a service that speaks to it.
final class Far: Sendable {
    let server: FaultServer
    let ledger: Ledger
    let store: Store
    let service: RemoteService
    private let transport: AsyncHTTPTransport
    private let told = Notices()

    var notices: [ServiceNotice] { told.all }

    /// `ledger` and `server` are those of an earlier session.
    init(
        _ kind: ServiceKind, tokens: [String] = ["secret"], server: FaultServer? = nil, ledger: Ledger = Ledger(), limits: HTTPLimits = HTTPLimits(),
        sizes: ReadingSizes = ReadingSizes()
    ) throws {
        self.server = try server ?? FaultServer()
        self.ledger = ledger
        store = Store()
        var description = ServiceDescription(name: "far", kind: kind, url: try WebAddress(self.server.url + "/pre"))
        description.poll = 1_000
        description.connection = "c1"
        description.timeout = 60_000_000
        description.dialect = .postgres
        transport = AsyncHTTPTransport(TransportOptions(userAgent: "qs/test"))
        service = RemoteService(
            description, over: transport, credentials: Tokens(tokens, for: description), ledger: ledger, store: store, limits: limits, sizes: sizes, seed: 7,
            notify: { [told] in told.add($0) })
    }

    /// The end of a session; the server stays.
    func leave() async {
        await service.close()
        await transport.close()
    }

    func end() async {
        await leave()
        server.stop()
    }

    // A test that has thrown ends here.
    deinit { Task { [transport] in await transport.close() } }
}
