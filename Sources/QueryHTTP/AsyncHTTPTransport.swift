// HTTP as qs speaks it: AsyncHTTPClient keeps the connections, and all that is decided about an answer is decided in this folder.
import QueryClient
import Synchronization

/// Sends requests over HTTP/1.1, with TLS where the address says so.
///
/// One thread serves all connections; it starts with the first request. Receivers are called on it and hold it up while they work.
/// No redirect is followed, no cookie kept; certificates are always verified. A connection serves one request after another; where
/// it turns out to be closed before a byte has been sent, the request goes over another one, and that is the only thing that is
/// ever tried twice.
public final class AsyncHTTPTransport: HTTPTransport {
    private let options: TransportOptions
    private let state = Mutex(State.idle)

    private enum State {
        case idle
        case running(HTTPConnections)
        case closed
    }

    public init(_ options: TransportOptions) { self.options = options }

    deinit {
        // Who forgets to close still leaves no thread behind.
        if case .running(let connections) = state.withLock({ $0 }) { Task { await connections.close() } }
    }

    public func send(_ request: HTTPRequest, limits: HTTPLimits, to receiver: any HTTPReceiver) async throws(HTTPFault) {
        let prepared = try OutgoingRequest(request, options)
        do throws(HTTPFault) {
            try await once(prepared, limits, receiver)
        } catch .closed(sent: false, _) {
            try await once(prepared, limits, receiver)
        }
    }

    /// Ends what is under way with `cancelled`, and everything that is asked later.
    public func close() async {
        let last = state.withLock { state in
            defer { state = .closed }
            return state
        }
        if case .running(let connections) = last { await connections.close() }
    }

    private func once(
        _ request: OutgoingRequest, _ limits: HTTPLimits, _ receiver: any HTTPReceiver
    ) async throws(HTTPFault) {
        guard let connections = try connections(), let client = try connections.client(for: request.origin) else { throw .cancelled }
        let exchange = Exchange(request, limits, receiver, on: connections.loop)
        let fault = await withTaskCancellationHandler {
            await withCheckedContinuation { exchange.start(client, $0) }
        } onCancel: {
            exchange.cancel()
        }
        guard let fault else { return }
        // What the end of the transport does to a connection can look like anything.
        if isClosed { throw .cancelled }
        throw await NameLookup.explained(fault, within: limits.connect)
    }

    private var isClosed: Bool {
        state.withLock { state in
            if case .closed = state { true } else { false }
        }
    }

    /// Nil once the transport is closed.
    private func connections() throws(HTTPFault) -> HTTPConnections? {
        try state.withLock { (state) throws(HTTPFault) in
            switch state {
            case .closed: return nil
            case .running(let connections): return connections
            case .idle:
                let connections = try HTTPConnections(options)
                state = .running(connections)
                return connections
            }
        }
    }
}
