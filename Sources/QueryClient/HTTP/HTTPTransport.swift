// What performs requests. It decides nothing: redirects, retries and pages are decided by those who ask.

/// Sends a request and hands its answer on as it arrives.
public protocol HTTPTransport: Sendable {
    /// Sends `request` once. The head and then the pieces of the body go to `receiver`, in order, already inflated, on whatever
    /// thread they arrive; it returns when the answer is complete by the rules of HTTP. No redirect is followed. Cancelling the task
    /// that asks ends the request within 100 ms with `cancelled`.
    func send(_ request: HTTPRequest, limits: HTTPLimits, to receiver: any HTTPReceiver) async throws(HTTPFault)
    /// Closes its connections; the last call.
    func close() async
}

/// What an answer is handed to, piece by piece, never by two threads at once.
public protocol HTTPReceiver: AnyObject, Sendable {
    /// The status and the headers; comes once, before the body.
    func begin(_ head: HTTPResponseHead)
    /// The next bytes of the body, inflated. What it returns as false ends the request with `refused`: nobody wants the rest.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool
}

/// The status and the headers of an answer.
public struct HTTPResponseHead: Sendable {
    public var status: Int
    public var headers: [HTTPHeader]

    public init(status: Int, headers: [HTTPHeader]) {
        self.status = status
        self.headers = headers
    }

    /// The value of the first header of that name, in whatever case.
    public subscript(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// What a request may take, so that no server can hold or flood its client.
public struct HTTPLimits: Sendable {
    /// To a connection, TLS included.
    public var connect: Duration = .seconds(10)
    /// From the end of the request to the head of the answer.
    public var firstByte: Duration = .seconds(30)
    /// For all of the request. Nil for none.
    public var whole: Duration?
    /// Bytes of the body a second as they arrive, looked at over `rateWindow` at a time.
    public var leastRate = 1_000
    /// For how long the body may come more slowly than `leastRate`.
    public var rateWindow: Duration = .seconds(10)
    /// Bytes of the body as they arrive.
    public var bytes = 8 << 30
    /// Bytes of the body once they are inflated.
    public var inflatedBytes = 8 << 30
    /// How many times the bytes that arrived they may become, once they are more than a mebibyte.
    public var ratio = 100

    public init() {}
}

/// Why a request has no complete answer.
public enum HTTPFault: Error, Hashable, Sendable {
    /// The host's name is not known to the name service.
    case unknownHost(String)
    /// The name service did not answer.
    case nameService(host: String)
    /// No connection: refused or unreachable, in the system's words.
    case connect(reason: String)
    /// The thread that serves connections cannot begin: it needs to open so many files, and fewer can be.
    case tooFewFiles(needed: Int, free: Int)
    /// No connection, since this process, or the system, may open no more files.
    case outOfFiles
    /// No connection in time.
    case connectTimeout
    /// The server's certificate, or the handshake, was refused.
    case tls(reason: String)
    /// No head in time.
    case firstByteTimeout
    /// The time for the whole request is over.
    case timeout
    /// The body came too slowly.
    case tooSlow(bytesPerSecond: Int)
    /// The connection was reset or closed before the answer was complete. `sent` is false where no byte of the request had left.
    case closed(sent: Bool, received: Int)
    /// What came is no proper HTTP.
    case malformed(reason: String)
    /// More bytes than `HTTPLimits` allow, before or after inflating.
    case tooLarge(limit: Int, inflated: Bool)
    /// A `Content-Encoding` that nobody asked for.
    case unknownEncoding(String)
    /// The body's compression is damaged or ends too soon.
    case corrupt(encoding: String)
    /// A header of the request that HTTP cannot carry or that only the transport sets, by its name.
    case badHeader(name: String)
    /// The environment's proxy for requests with TLS, or for those without, has an address that cannot be used.
    case badProxy(isSecure: Bool, AddressFault)
    /// The credential would go to a server that others can listen to: plain `http` beyond this machine.
    case insecure(WebAddress.Origin)
    /// The receiver wanted no more.
    case refused
    /// The task that asked was cancelled.
    case cancelled

    /// Whether no byte of the request can have reached the server, so that asking again can do nothing twice.
    public var isSurelyUnsent: Bool {
        switch self {
        case .unknownHost, .nameService, .connect, .tooFewFiles, .outOfFiles, .connectTimeout, .tls, .badHeader, .badProxy, .insecure, .closed(sent: false, _): true
        default: false
        }
    }
}
