// Which requests go through a proxy, as the environment's HTTPS_PROXY, HTTP_PROXY and NO_PROXY mean it; whoever has an environment reads it.
import QueryClient

/// The proxies of a network, and the hosts that are reached without one.
///
/// Through a proxy goes a tunnel (`CONNECT`), over plain http too: no header of a request is the proxy's to read, and where TLS is
/// spoken nothing else is either. A proxy that asks for a name and a password is refused, and so is a request that one would take whose
/// address cannot be read.
public struct Proxies: Sendable, Hashable {
    /// The proxy for `https`, and that for `http`.
    private let secure: Way
    private let plain: Way
    private let direct: [String]

    /// What one of the settings says. That it cannot be read matters only to a request that would go that way.
    private enum Way: Hashable, Sendable {
        case straight
        case through(WebAddress.Origin)
        case unusable(AddressFault)

        /// A proxy is spoken to without TLS; an `https` one is a scheme that is not served.
        init(_ text: String?) {
            guard let text, !text.isEmpty else { self = .straight; return }
            do throws(AddressFault) {
                let origin = try WebAddress(text.contains("://") ? text : "http://" + text).origin
                self = origin.isSecure ? .unusable(.otherScheme("https")) : .through(origin)
            } catch {
                self = .unusable(error)
            }
        }
    }

    /// No proxy at all.
    public static let none = Proxies(https: nil, http: nil, except: nil)

    /// `https` and `http` are such as `http://proxy.example:3128` or without the scheme; `except` is a list of hosts with commas
    /// between them: `*` is every host, `example.com` and `.example.com` are that host and all below it, `host:port` only that port.
    public init(https: String?, http: String?, except: String?) {
        secure = Way(https)
        plain = Way(http)
        direct = (except ?? "").lowercased().split { $0 == "," || $0 == " " }.map(String.init)
    }

    /// The proxy for requests to `origin`; none for this machine itself. Fails where there is one that nothing can go through.
    func proxy(for origin: WebAddress.Origin) throws(HTTPFault) -> WebAddress.Origin? {
        if origin.isLoopback || direct.contains(where: { Proxies.takes($0, origin) }) { return nil }
        switch origin.isSecure ? secure : plain {
        case .straight: return nil
        case .through(let proxy): return proxy
        case .unusable(let fault): throw .badProxy(isSecure: origin.isSecure, fault)
        }
    }

    private static func takes(_ entry: String, _ origin: WebAddress.Origin) -> Bool {
        if entry == "*" || entry == origin.host || entry == "[\(origin.host)]" { return true }
        if entry == "\(origin.host):\(origin.port)" || entry == "[\(origin.host)]:\(origin.port)" { return true }
        let name = entry.hasPrefix(".") ? String(entry.dropFirst()) : entry
        return !name.isEmpty && (origin.host == name || origin.host.hasSuffix("." + name))
    }
}
