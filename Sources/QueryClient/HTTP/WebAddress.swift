// Where a request goes: an absolute `http` or `https` URL in its parts, kept as they were written.

/// An absolute URL of the schemes `http` and `https` without user info and fragment, such as `https://app.polytomic.com/api/queries/1?page=2`.
public struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// Who answers: scheme, host and port together. Credentials belong to one origin.
    public struct Origin: Hashable, Sendable, CustomStringConvertible {
        /// Whether it is `https`.
        public var isSecure: Bool
        /// A name or an address in lower case, an IPv6 address without its brackets.
        public var host: String
        public var port: Int

        public init(isSecure: Bool, host: String, port: Int) {
            self.isSecure = isSecure
            self.host = host
            self.port = port
        }

        /// Whether it is this machine: `localhost`, 127.0.0.0/8 or `::1`.
        public var isLoopback: Bool {
            if host == "localhost" || host == "::1" { return true }
            let parts = host.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        }

        /// As it stands in a URL and, without the scheme, in the `Host` header; the scheme's own port is left out.
        public var description: String { (isSecure ? "https://" : "http://") + authority }

        /// The host and, where it is not the scheme's own, the port.
        public var authority: String {
            let name = host.contains(":") ? "[\(host)]" : host
            return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
        }
    }

    public var origin: Origin
    /// The path and the query as they go into the request line, percent-encoded; begins with `/`.
    public var target: String

    public init(origin: Origin, target: String) {
        self.origin = origin
        self.target = target
    }

    public var description: String { origin.description + target }
}
