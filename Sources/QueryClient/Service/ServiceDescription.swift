// A service as a configuration describes it: where it is, how it is spoken to, and what holds unless a run says otherwise.
import QueryText

/// Which API a service has.
public enum ServiceKind: String, Hashable, Sendable, CaseIterable {
    case polytomic, toolkit
}

/// Where the credential of a service is found.
public enum TokenPlace: Hashable, Sendable {
    /// A variable of the environment.
    case environment(String)
    /// A file that only its owner can read, as an absolute path.
    case file(String)
    /// A command of the shell whose first line of output it is.
    case command(String)
}

/// How a token is sent to Polytomic: of a user, or of an organization. Toolkit has a header of its own.
public enum ServiceAuth: String, Hashable, Sendable, CaseIterable {
    case bearer, basic
}

/// A named service. It holds no secret: the credential is fetched from its place when it is needed.
public struct ServiceDescription: Hashable, Sendable {
    /// The name that scripts use for it.
    public var name: String
    public var kind: ServiceKind
    /// The address that the API's paths are appended to.
    public var url: WebAddress
    public var auth: ServiceAuth = .bearer
    /// Where its credential is found; nil where that is not said.
    public var token: TokenPlace?
    /// The connection that text runs on unless a run says otherwise (Polytomic).
    public var connection: String?
    /// The dataset that queries run on unless a run says otherwise (Toolkit).
    public var dataset: String?
    /// The version of the API that answers are expected in (Polytomic).
    public var version = "2025-09-18"
    /// The dialect of the connection, in which values become literals (Polytomic).
    public var dialect = SQLDialect.ansi
    /// The first wait between two looks at a job, in microseconds; nil for what the service recommends.
    public var poll: Int64?
    /// How long an answer may take to begin, in microseconds.
    public var timeout: Int64 = 30_000_000
    /// The configuration file that describes it; nil where a script has connected it.
    public var file: String?

    public init(name: String, kind: ServiceKind, url: WebAddress) {
        self.name = name
        self.kind = kind
        self.url = url
    }

    /// The credential that `token` is for this service. Nil where it cannot be one: it is empty, or has control characters or
    /// what is no ASCII in it, which no header can hold.
    public func credential(token: String) -> Credential? {
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        switch (kind, auth) {
        case (.toolkit, _): return Credential(header: "X-API-Key", value: token, origin: url.origin)
        case (_, .bearer): return Credential(header: "Authorization", value: "Bearer " + token, origin: url.origin, token: token)
        case (_, .basic):
            // A key of an organization is a user's name without a password (RFC 7617).
            let pair = token.utf8.contains(UInt8(ascii: ":")) ? token : token + ":"
            return Credential(header: "Authorization", value: "Basic " + Base64.text(pair.utf8), origin: url.origin, token: token)
        }
    }

    /// The address of one of the API's paths, which begins with `/` and is percent-encoded; a path that `url` has goes before it.
    func address(_ path: String) -> WebAddress {
        let base = url.target.prefix { $0 != "?" }
        let prefix = base.hasSuffix("/") ? base.dropLast() : base
        return WebAddress(origin: url.origin, target: prefix + path)
    }
}

/// RFC 4648, for the one header that wants it.
enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let bytes = Array(bytes)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            var group: UInt32 = 0
            for byte in part { group = group << 8 | UInt32(byte) }
            group <<= UInt32(8 * (3 - part.count))
            for index in 0..<4 {
                text.append(index <= part.count ? letters[Int(group >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension WebAddress {
    /// The address without its query, which may hold the text of a user's query: for messages.
    public var withoutQuery: String { origin.description + target.prefix { $0 != "?" } }
}
