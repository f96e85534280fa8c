// What the transport is told once, by the program that makes it: the libraries read no environment.

/// How a transport introduces itself and whom it trusts.
public struct TransportOptions: Sendable {
    /// The `User-Agent`, such as `qs/1.0`.
    public var userAgent: String
    /// A file of certificates in PEM to trust instead of the system's. That they are looked at cannot be turned off.
    public var certificates: String?
    /// What stands between here and the network.
    public var proxies: Proxies

    public init(userAgent: String, certificates: String? = nil, proxies: Proxies = .none) {
        self.userAgent = userAgent
        self.certificates = certificates
        self.proxies = proxies
    }
}
