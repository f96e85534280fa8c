// Which requests go through a proxy, as the environment's HTTPS_PROXY, HTTP_PROXY and NO_PROXY mean it; whoever has an environment reads it.
import QueryClient

/// The proxies of a network, and the hosts that are reached without one.
///
/// Through a proxy goes a tunnel (`CONNECT`), over plain http too: no header of a request is the proxy's to read, and where TLS is
/// spoken nothing else is either. A proxy that asks for a name and a password is refused.
public struct Proxies: Sendable, Hashable {
    /// The proxy for `https`, and that for `http`.
    private let secure: WebAddress.Origin?
    private let plain: WebAddress.Origin?
    private let direct: [String]

    /// No proxy at all.
    public static let none = Proxies()

    private init() { (secure, plain, direct) = (nil, nil, []) }

    /// `https` and `http` are such as `http://proxy.example:3128` or without the scheme; `except` is a list of hosts with commas
    /// between them: `*` is every host, `example.com` and `.example.com` are that host and all below it, `host:port` only that port.
    public init(https: String?, http: String?, except: String?) throws(AddressFault) {
        secure = try Proxies.origin(https)
        plain = try Proxies.origin(http)
        direct = (except ?? "").lowercased().split { $0 == "," || $0 == " " }.map(String.init)
    }

    /// The proxy for requests to `origin`; none for this machine itself.
    func proxy(for origin: WebAddress.Origin) -> WebAddress.Origin? {
        guard let proxy = origin.isSecure ? secure : plain, !origin.isLoopback else { return nil }
        return direct.contains { Proxies.takes($0, origin) } ? nil : proxy
    }

    /// A proxy is spoken to without TLS; an `https` one is a scheme that is not served.
    private static func origin(_ text: String?) throws(AddressFault) -> WebAddress.Origin? {
        guard let text, !text.isEmpty else { return nil }
        let origin = try WebAddress(text.contains("://") ? text : "http://" + text).origin
        guard !origin.isSecure else { throw .otherScheme("https") }
        return origin
    }

    private static func takes(_ entry: String, _ origin: WebAddress.Origin) -> Bool {
        if entry == "*" || entry == origin.host || entry == "[\(origin.host)]" { return true }
        if entry == "\(origin.host):\(origin.port)" || entry == "[\(origin.host)]:\(origin.port)" { return true }
        let name = entry.hasPrefix(".") ? String(entry.dropFirst()) : entry
        return !name.isEmpty && (origin.host == name || origin.host.hasSuffix("." + name))
    }
}
