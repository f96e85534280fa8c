// A server of HTTP for tests that answers what a test has written down, down to the byte, and remembers what it was asked. It
// speaks raw sockets on loopback, so that it can do all that a server must not do.
//
//     let server = try FaultServer()
//     defer { server.stop() }
//     server.on("POST /api/connections/*/query", .json(#"{"data": {"id": "1", "status": "created"}}"#, status: 202))
//     server.on("GET /api/queries/1",                                   // answered in this order, the last one from then on
//         .json(#"{"data": {"status": "running"}}"#),
//         .status(503, headers: [("Retry-After", "0")]),
//         .json(page, framing: .chunkedGzip).cutBody(at: 100, by: .reset),
//         .json(page))
//     server.on("GET /api/queries/1?page=2") { request in .json("[]") }  // a pattern with a query comes before one without
//     ... ask server.url + "/api/queries/1" ...
//     #expect(server.requests("GET /api/queries/1").count == 4)
//
// A pattern is a method and a path; `*` is any method or any one segment. A query in the pattern has to be the request's, a pattern
// without one takes any. What no pattern takes is answered with 404. `Answer` has the ways to answer, and to fail to: `cut`, `cutBody`,
// `held`, `dripping`, `.silence`, `.reset`, `.raw`. A connection is kept for the next request unless the answer ends it.
//
// For two origins, make two servers. Nothing waits for ever: a gate or a client that never comes is given up in the end, and
// `stop` ends everything at once.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// A listener on a free port of 127.0.0.1 with the answers that a test gives it.
public final class FaultServer: Sendable {
    /// The port it listens on.
    public let port: Int
    /// `http://127.0.0.1:PORT`.
    public var url: String { "http://127.0.0.1:\(port)" }

    private let listener: Int32
    private let hangup: Hangup?
    private let state = Mutex(State())

    private struct State {
        var rules: [Rule] = []
        var requests: [RecordedRequest] = []
        var connections = 0
        var threads = 0
        var isStopped = false
    }

    private struct Rule {
        var pattern: RequestPattern
        var answers: [@Sendable (RecordedRequest) -> Answer]
        var used = 0
    }

    /// Begins to listen; `hangingUp` ends every connection as soon as its first byte has come.
    public init(hangingUp: Hangup? = nil) throws(FaultServerError) {
        hangup = hangingUp
        (listener, port) = try Socket.bound(listening: true)
        spawn { $0.acceptAll() }
    }

    /// Answers requests of that pattern with `answers`, one after another, and then with the last one.
    public func on(_ pattern: String, _ answers: Answer...) {
        add(pattern, answers.map { answer in { _ in answer } })
    }

    /// Answers requests of that pattern with what `answer` makes of them, on the connection's thread.
    public func on(_ pattern: String, _ answer: @escaping @Sendable (RecordedRequest) -> Answer) { add(pattern, [answer]) }

    private func add(_ pattern: String, _ answers: [@Sendable (RecordedRequest) -> Answer]) {
        state.withLock { state in
            let rule = Rule(pattern: RequestPattern(pattern), answers: answers)
            state.rules.removeAll { $0.pattern == rule.pattern }
            state.rules.append(rule)
            state.rules.sort { $0.pattern.rank < $1.pattern.rank }
        }
    }

    /// All requests in the order in which their last byte came.
    public var requests: [RecordedRequest] { state.withLock { $0.requests } }

    /// The requests of that pattern.
    public func requests(_ pattern: String) -> [RecordedRequest] {
        let pattern = RequestPattern(pattern)
        return requests.filter { pattern.takes($0) }
    }

    /// How many connections were made.
    public var connections: Int { state.withLock { $0.connections } }

    /// In seconds: much longer than a test's task waits for its turn, however busy the machine is.
    static let patience = 900

    /// Returns once `count` requests have come; false after 20 seconds without them.
    public func hasReceived(_ count: Int) async -> Bool {
        for _ in 0..<4_000 {
            if requests.count >= count { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    /// Ends all connections and stops listening.
    public func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            return !state.isStopped
        }
        guard isFirst else { return }
        while state.withLock({ $0.threads > 0 }) { usleep(1_000) }
        close(listener)
    }

    deinit { stop() }

    // Threads. Each looks every 20 ms whether it is to stop.

    private func spawn(_ body: @escaping @Sendable (borrowing FaultServer) -> Void) {
        state.withLock { $0.threads += 1 }
        let start = ThreadStart { [unowned self] in
            body(self)
            state.withLock { $0.threads -= 1 }
        }
        start.run()
    }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private func acceptAll() {
        while !isStopped {
            guard Socket.isReadable(listener, milliseconds: 20), let descriptor = Socket.accept(listener) else { continue }
            let number = state.withLock { state in
                state.connections += 1
                return state.connections
            }
            spawn { $0.serve(Connection(descriptor, number: number, isStopped: { [unowned self] in self.isStopped })) }
        }
    }

    private func serve(_ connection: Connection) {
        defer { connection.end() }
        if let hangup { return connection.hangUp(hangup) }
        while let request = connection.nextRequest() {
            guard connection.play(answer(to: request)) else { return }
        }
    }

    private func answer(to request: RecordedRequest) -> Answer {
        let make: (@Sendable (RecordedRequest) -> Answer)? = state.withLock { state in
            state.requests.append(request)
            guard let index = state.rules.firstIndex(where: { $0.pattern.takes(request) }) else { return nil }
            defer { state.rules[index].used += 1 }
            return state.rules[index].answers[min(state.rules[index].used, state.rules[index].answers.count - 1)]
        }
        return make?(request) ?? .json(#"{"status": 404, "message": "no such thing"}"#, status: 404)
    }
}

/// What keeps a server from listening.
public enum FaultServerError: Error {
    case socket(errno: Int32)
}
