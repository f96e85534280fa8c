// The connections of a transport, and the one thread that serves them.
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import QueryClient
import QueryFormats
import Synchronization

/// A thread, and a client for each way out: straight, and through each proxy.
final class HTTPConnections: Sendable {
    private let options: TransportOptions
    private let group: MultiThreadedEventLoopGroup
    /// By proxy. Nil once they are closed.
    private let clients = Mutex<[WebAddress.Origin?: HTTPClient]?>([:])

    /// Three for the loop, a connection, the file of certificates or the name service, and some that others may open in the same
    /// moment: a loop that gets none ends the process, and so does what runs tasks, which looks at its threads now and then.
    private static let neededFiles = 8
    /// Connections to one host at a time, where files are plenty.
    private static let mostConnections = 32
    /// The same of this process: where files are few, requests wait for each other rather than that any of them takes the last one.
    private let connectionLimit: Int

    /// Starts the thread, unless too few files may be open.
    init(_ options: TransportOptions) throws(HTTPFault) {
        let free = FreeDescriptors.count(upTo: HTTPConnections.neededFiles + HTTPConnections.mostConnections - 1)
        if free < HTTPConnections.neededFiles { throw .tooFewFiles(needed: HTTPConnections.neededFiles, free: free) }
        connectionLimit = free - HTTPConnections.neededFiles + 1
        self.options = options
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    }

    var loop: any EventLoop { group.any() }

    /// Nil once they are closed.
    func client(for origin: WebAddress.Origin) throws(HTTPFault) -> HTTPClient? {
        let proxy = try options.proxies.proxy(for: origin)
        return clients.withLock { clients in
            if clients == nil { return nil }
            if let client = clients?[proxy] { return client }
            let client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration(proxy))
            clients?[proxy] = client
            return client
        }
    }

    /// Ends all requests. An attempt at a connection cannot be ended from outside: what still makes one does so in the background,
    /// until its time is over, and nobody waits for it.
    func close() async {
        let open = clients.withLock { clients in
            defer { clients = nil }
            return clients ?? [:]
        }
        let isClosed = Earliest<Void>()
        Task {
            // These fail only where it has been done before.
            for client in open.values { try? await client.shutdown() }
            try? await group.shutdownGracefully()
            isClosed.give(())
        }
        let timer = isClosed.give((), after: .milliseconds(100))
        await isClosed.value
        timer.cancel()
    }

    private func configuration(_ proxy: WebAddress.Origin?) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.certificateVerification = .fullVerification
        if let certificates = options.certificates { tls.trustRoots = .file(certificates) }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow, decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.proxy = proxy.map { .server(host: $0.host, port: $0.port) }
        // The limits of each request end it earlier; this ends the attempt at a connection that nobody waits for any more.
        configuration.timeout.connect = .seconds(30)
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionLimit
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
