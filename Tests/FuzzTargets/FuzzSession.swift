// A session that has nothing to speak to, for scripts that nobody has written.
import QueryClient
import QueryFormats
import QueryFrames
import QueryScript

/// Sessions without a service.
public enum FuzzSession {
    /// A session that may touch nothing and whose output goes nowhere.
    public static func make() -> Session { Session(service: NoService(), output: NoOutput()) }

    /// Runs a script, and cancels it after a moment.
    static func run(_ source: Source) async {
        let session = make()
        let script = Task.detached { _ = await session.run(source) }
        let timer = Task.detached {
            try? await Task.sleep(for: .milliseconds(50))
            script.cancel()
        }
        await script.value
        timer.cancel()
    }
}

/// Takes everything and keeps nothing.
private final class NoOutput: SessionOutput {
    var terminal: TerminalSize? { nil }
    var followsEvents: Bool { false }

    func write(_ bytes: UnsafeRawBufferPointer) {}
    func flush() {}
    func message(_ text: String) {}
    func event(_ event: SessionEvent) {}
}

/// A service that has no queries and no jobs.
private struct NoService: QueryService {
    let name = "nothing"
    let keepsJobs = false

    func submit(_ request: QueryRequest) async throws(ServiceError) -> JobSnapshot { throw .unknownQuery(name: "", known: []) }
    func status(of id: JobID) async throws(ServiceError) -> JobSnapshot { throw .unknownJob(id: id.text) }
    func completion(of id: JobID) async throws(ServiceError) -> JobSnapshot { throw .unknownJob(id: id.text) }
    func result(of id: JobID) async throws(ServiceError) -> Frame { throw .unknownJob(id: id.text) }
    func cancel(_ id: JobID) async throws(ServiceError) { throw .unknownJob(id: id.text) }
    func jobs() async throws(ServiceError) -> [JobSnapshot] { [] }
    func save(_ query: SavedQuery) async throws(ServiceError) -> SavedQuery { query }
    func queries() async throws(ServiceError) -> [SavedQuery] { [] }
    func forget(_ name: String) async throws(ServiceError) {}
    func register(_ dataset: Dataset) async throws(ServiceError) -> Dataset { dataset }
    func datasets() async throws(ServiceError) -> [Dataset] { [] }
    func close() async {}
}
