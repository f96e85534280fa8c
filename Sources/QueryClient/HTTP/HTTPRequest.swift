// A request as a value, before anybody sends it.

/// One HTTP request.
public struct HTTPRequest: Sendable {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    public var method: Method
    public var address: WebAddress
    /// Beside those that the transport adds: `Host`, `Content-Length`, `Accept-Encoding` and that of the credential.
    public var headers: [HTTPHeader]
    public var body: [UInt8]?
    /// Sent only to the origin that it is for.
    public var credential: Credential?

    public init(
        _ method: Method, _ address: WebAddress, headers: [HTTPHeader] = [], body: [UInt8]? = nil, credential: Credential? = nil
    ) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
        self.credential = credential
    }
}

/// A header of a request or an answer.
public struct HTTPHeader: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What proves to one origin who asks. It never prints its secret.
public struct Credential: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The header that carries it, such as `Authorization`.
    public var header: String
    /// The header's value, such as `Bearer ...`.
    let value: String
    /// The secret as it was given, where `value` holds it in another form.
    let token: String
    /// The only origin that it is sent to.
    public var origin: WebAddress.Origin

    /// `token` is the secret where `value` does not hold it as it is.
    public init(header: String, value: String, origin: WebAddress.Origin, token: String? = nil) {
        self.header = header
        self.value = value
        self.token = token ?? value
        self.origin = origin
    }

    /// The header for a request to `address`; nil for any origin but its own, and for one that others could listen to.
    public func header(for address: WebAddress) -> HTTPHeader? {
        guard address.origin == origin, origin.isSecure || origin.isLoopback else { return nil }
        return HTTPHeader(header, value)
    }

    public var description: String { "a credential for \(origin)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
