// The keys by which a service is described, in configuration files and after `connect`: one row each.
import QueryFrames
import QueryText

/// A key of a service's description.
public struct ServiceSetting: Sendable {
    public let name: String
    /// What its value has to be, for messages: `"bearer" or "basic"`.
    public let expected: String
    /// The kinds of service that have it.
    public let kinds: [ServiceKind]
    /// Takes the value over; false where it cannot be that.
    let apply: @Sendable (inout ServiceDescription, Value) -> Bool

    /// What a key is given.
    public enum Value: Sendable, Hashable {
        case scalar(Scalar)
        /// Where a secret is found. A secret itself is never a value.
        case token(TokenPlace)
    }

    /// The rows, in the order in which they are listed.
    public static let rows: [ServiceSetting] = [
        ServiceSetting(name: "kind", expected: list(ServiceKind.self), kinds: ServiceKind.allCases) { service, value in
            choose(&service.kind, value)
        },
        ServiceSetting(name: "url", expected: "an address such as \"https://app.polytomic.com\"", kinds: [.polytomic, .toolkit]) { service, value in
            guard let text = value.text, let address = try? WebAddress(text) else { return false }
            service.url = address
            return true
        },
        ServiceSetting(
            name: "token", expected: "env(NAME), file(PATH) or command(TEXT), never the secret itself", kinds: [.polytomic, .toolkit]
        ) { service, value in
            guard case .token(let token) = value else { return false }
            service.token = token
            return true
        },
        ServiceSetting(name: "auth", expected: list(ServiceAuth.self), kinds: [.polytomic]) { service, value in
            choose(&service.auth, value)
        },
        ServiceSetting(name: "connection", expected: "the id of a connection", kinds: [.polytomic]) { service, value in
            service.connection = value.text
            return !(value.text ?? "").isEmpty
        },
        ServiceSetting(name: "dataset", expected: "the id of a dataset", kinds: [.toolkit]) { service, value in
            service.dataset = value.text
            return !(value.text ?? "").isEmpty
        },
        ServiceSetting(name: "version", expected: "a date such as \"2025-09-18\"", kinds: [.polytomic]) { service, value in
            guard let text = value.text, !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return false }
            service.version = text
            return true
        },
        ServiceSetting(name: "dialect", expected: list(SQLDialect.self), kinds: [.polytomic]) { service, value in
            choose(&service.dialect, value)
        },
        ServiceSetting(name: "poll", expected: "a duration from 100ms to 1h", kinds: [.polytomic, .toolkit]) { service, value in
            guard let wait = value.duration, (100_000 ... 3_600_000_000).contains(wait) else { return false }
            service.poll = wait
            return true
        },
        ServiceSetting(name: "timeout", expected: "a duration from 1s to 1h", kinds: [.polytomic, .toolkit]) { service, value in
            guard let timeout = value.duration, (1_000_000 ... 3_600_000_000).contains(timeout) else { return false }
            service.timeout = timeout
            return true
        },
    ]

    private static func list<Choice: CaseIterable & RawRepresentable>(_: Choice.Type) -> String where Choice.RawValue == String {
        let words = Choice.allCases.map { "\"\($0.rawValue)\"" }
        return words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
    }

    private static func choose<Choice: RawRepresentable>(_ choice: inout Choice, _ value: Value) -> Bool where Choice.RawValue == String {
        guard let chosen = value.text.flatMap({ Choice(rawValue: $0) }) else { return false }
        choice = chosen
        return true
    }
}

extension ServiceSetting.Value {
    fileprivate var text: String? {
        if case .scalar(.string(let text)) = self { text } else { nil }
    }

    /// Microseconds of a duration, also as the text that a configuration file has for it.
    fileprivate var duration: Int64? {
        switch self {
        case .scalar(.duration(let micros)): micros
        case .scalar(.string(let text)): DurationText.microseconds(text)
        default: nil
        }
    }
}

/// Why a service cannot be described so.
public enum SettingFault: Error, Hashable, Sendable {
    /// The kind is missing.
    case noKind
    case unknownKey(String, known: [String])
    case wrongValue(key: String, expected: String)
    /// The credential would go over a connection that others can listen to.
    case insecure(WebAddress.Origin)
}

extension ServiceDescription {
    /// Where services of a kind are unless something else is said.
    static func publicAddress(of kind: ServiceKind) -> WebAddress {
        let host = switch kind {
        case .polytomic: "app.polytomic.com"
        case .toolkit: "analytics.toolkitapi.io"
        }
        return WebAddress(origin: .init(isSecure: true, host: host, port: 443), target: "/")
    }

    /// A service by its settings, in any order; the last of a key counts.
    public init(name: String, settings: [(key: String, value: ServiceSetting.Value)]) throws(SettingFault) {
        guard let given = settings.last(where: { $0.key == "kind" }) else { throw .noKind }
        guard let kind = given.value.text.flatMap({ ServiceKind(rawValue: $0) }) else {
            throw .wrongValue(key: given.key, expected: ServiceSetting.rows[0].expected)
        }
        self.init(name: name, kind: kind, url: ServiceDescription.publicAddress(of: kind))
        let rows = ServiceSetting.rows.filter { $0.kinds.contains(kind) }
        for setting in settings {
            guard let row = rows.first(where: { $0.name == setting.key }) else { throw .unknownKey(setting.key, known: rows.map(\.name)) }
            guard row.apply(&self, setting.value) else { throw .wrongValue(key: row.name, expected: row.expected) }
        }
        if !url.origin.isSecure, !url.origin.isLoopback { throw .insecure(url.origin) }
    }
}
