// The session of the program within a test, with a clock of the test's own: waits are over as soon as they begin.
import FaultServer
import QueryClient
import QueryConnections
import QueryFormats
import QueryHTTP
import QueryLocal
import QueryScript
import Synchronization
import TestSupport
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A clock that goes on when somebody waits, and then as far as is waited for.
final class JumpingClock: ServiceClock {
    private let state: Mutex<(steady: Int64, wall: Int64)>

    /// `skew` is how far the wall clock is off, in microseconds.
    init(skew: Int64 = 0) { state = Mutex((0, JumpingClock.epoch + skew)) }

    /// 2026-01-01T00:00:00Z.
    static let epoch: Int64 = 1_767_225_600_000_000

    var now: Moment { state.withLock { Moment(steady: $0.steady, wall: $0.wall) } }

    func sleep(until steady: Int64) async {
        if Task.isCancelled { return }
        state.withLock { state in
            let passed = max(0, steady - state.steady)
            state.steady += passed
            state.wall += passed
        }
    }

    /// Sets both clocks forward, or the wall clock back.
    func jump(steady: Int64 = 0, wall: Int64) {
        state.withLock { state in
            state.steady += steady
            state.wall += wall
        }
    }
}

/// Gives up soon where a test knows that nothing more will come, so that nobody has to wait for it.
struct ImpatientTransport: HTTPTransport {
    let transport: any HTTPTransport
    let isInVain: @Sendable (HTTPRequest) -> Bool

    func send(_ request: HTTPRequest, limits: HTTPLimits, to receiver: any HTTPReceiver) async throws(HTTPFault) {
        var limits = limits
        if isInVain(request) {
            (limits.connect, limits.firstByte, limits.rateWindow) = (.milliseconds(50), .milliseconds(50), .milliseconds(50))
        } else {
            (limits.connect, limits.firstByte, limits.whole, limits.rateWindow) = (.seconds(60), .seconds(60), nil, .seconds(60))
        }
        try await transport.send(request, limits: limits, to: receiver)
    }

    /// The wire is that of the next session too, as each has a server of its own.
    func close() async {}
}

/// What a session writes.
private final class Told: SessionOutput {
    private let state = Mutex((output: [UInt8](), messages: "", events: ""))

    var all: (output: [UInt8], messages: String, events: String) { state.withLock { $0 } }

    func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) { state.withLock { $0.output += bytes } }
    func flush() throws(FormatError) {}
    func message(_ text: String) { state.withLock { $0.messages += text + "\n" } }
    var terminal: TerminalSize? { nil }

    func event(_ event: SessionEvent) {
        state.withLock { state in
            dump(event, to: &state.events)
            if case .error(let diagnostic) = event { state.messages += DiagnosticRenderer().text(of: diagnostic) + "\n" }
        }
    }
}

/// A session over a server, as the program makes one.
struct ClockedSession {
    let folder: ScratchFolder
    var clock = JumpingClock()
    var wire = ClockedSession.plainWire
    /// Where the service is, if not at the server.
    var url: String?
    /// Requests to which nothing will come.
    var isInVain: @Sendable (HTTPRequest) -> Bool = { _ in false }

    private static let plainWire = AsyncHTTPTransport(TransportOptions(userAgent: "qs/test"))

    /// Runs the script of the folder.
    func run(_ server: FaultServer, _ flow: Flow, more: String = "") async throws -> Seen {
        try folder.write("token", Canary.token)
        chmod(folder.path("token"), 0o600)
        let path = folder.path("config.toml")
        try folder.write("config.toml", server.configuration(flow, at: url, token: #"{ file = "\#(folder.path("token"))" }"#, more: more))
        let told = Told()
        let means = Connections.Means(
            transport: ImpatientTransport(transport: wire, isInVain: isInVain), ledger: Ledger(path: folder.path("ledger.db")), logins: nil,
            clock: clock
        ) { told.message("note: \(Diagnostic.message(of: $0))") }
        let services = try Connections(
            try Configuration(files: [Configuration.File(path: path, isOwn: true)], home: nil), standard: nil,
            local: LocalService(workspace: folder.path("workspace")), means: means)
        let session = Session(services: services, output: told, grants: .all)
        var status: Int32 = -1
        switch await session.run(Source(name: Seen.scriptName, text: folder.text(Seen.scriptName) ?? "")) {
        case .finished: status = 0
        case .failed(let diagnostics):
            for diagnostic in diagnostics { told.event(.error(diagnostic)) }
            status = diagnostics.first?.code.exitStatus ?? -1
        case .wentOn, .exit, .closedOutput, .cancelled, .detached: break
        }
        await services.close()
        let all = told.all
        return Seen(output: String(decoding: all.output, as: UTF8.self), error: all.messages, status: status, events: all.events)
    }
}
