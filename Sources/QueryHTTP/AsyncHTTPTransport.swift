// HTTP as qs speaks it: AsyncHTTPClient keeps the connections, and all that is decided about an answer is decided in this folder.
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import QueryClient
import Synchronization

/// Sends requests over HTTP/1.1, with TLS where the address says so.
///
/// One thread serves all connections; it starts with the first request. Receivers are called on it and hold it up while they work.
/// No redirect is followed, no cookie kept, no proxy used, whatever the environment says; certificates are always verified. A
/// connection serves one request after another; where it turns out to be closed before a byte has been sent, the request goes over
/// another one, and that is the only thing that is ever tried twice.
public final class AsyncHTTPTransport: HTTPTransport {
    private let options: TransportOptions
    private let state = Mutex(State.idle)

    private enum State {
        case idle
        case running(Connections)
        case closed
    }

    /// The thread and the connections that it serves.
    private struct Connections {
        let group: MultiThreadedEventLoopGroup
        let client: HTTPClient

        /// Ends all requests. An attempt at a connection cannot be ended from outside: what still makes one does so in the
        /// background, until its time is over, and nobody waits for it.
        func close() async {
            let isClosed = Earliest<Void>()
            Task {
                // Fails only where it has been done before.
                try? await client.shutdown()
                try? await group.shutdownGracefully()
                isClosed.give(())
            }
            let timer = isClosed.give((), after: .milliseconds(100))
            await isClosed.value
            timer.cancel()
        }
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
        // Closed while somebody still asks: whoever closes has no use for the answer.
        guard let connections = connections() else { throw .cancelled }
        let exchange = Exchange(request, limits, receiver, on: connections.group.any())
        let fault = await withTaskCancellationHandler {
            await withCheckedContinuation { exchange.start(connections.client, $0) }
        } onCancel: {
            exchange.cancel()
        }
        if let fault { throw await NameLookup.explained(fault, within: limits.connect) }
    }

    private func connections() -> Connections? {
        state.withLock { state in
            switch state {
            case .closed: return nil
            case .running(let connections): return connections
            case .idle:
                let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
                let client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration())
                let connections = Connections(group: group, client: client)
                state = .running(connections)
                return connections
            }
        }
    }

    private func configuration() -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.certificateVerification = .fullVerification
        if let certificates = options.certificates { tls.trustRoots = .file(certificates) }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow, decompression: .disabled)
        configuration.httpVersion = .http1Only
        // The limits of each request end it earlier; this ends the attempt at a connection that nobody waits for any more.
        configuration.timeout.connect = .seconds(30)
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 32
        // Whoever sends decides what is tried again.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
                try pipeline.addHandler(AnswerGuard(), position: .after(decoder))
            }
        }
        return configuration
    }
}
