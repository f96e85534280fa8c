// The keys by which a service is described, in configuration files and after `connect`: one row each.
import QueryFrames

/// A key of a service's description.
public struct ServiceSetting: Sendable {
    public let name: String
    /// What its value has to be, for messages: `"bearer" or "basic"`.
    public let expected: String
    /// The kinds of service that have it.
    public let kinds: [ServiceDescription.Kind]
    /// Takes the value over; false where it cannot be that.
    let apply: @Sendable (inout ServiceDescription, Value) -> Bool

    /// What a key is given.
    public enum Value: Sendable, Hashable {
        case scalar(Scalar)
        /// Where a secret is found. A secret itself is never a value.
        case token(ServiceDescription.Token)
    }

    /// The rows, in the order in which they are listed.
    public static let rows: [ServiceSetting] = [
        ServiceSetting(name: "kind", expected: list(ServiceDescription.Kind.self), kinds: ServiceDescription.Kind.allCases) { service, value in
            choose(&service.kind, value)
        },
        ServiceSetting(name: "url", expected: "an address such as \"https://app.polytomic.com\"", kinds: [.polytomic, .toolkit]) { service, value in
            guard let text = value.text, let address = try? WebAddress(text) else { return false }
            service.address = address
            return true
        },
        ServiceSetting(
            name: "token", expected: "env(NAME), file(PATH) or command(TEXT), never the secret itself", kinds: [.polytomic, .toolkit]
        ) { service, value in
            guard case .token(let token) = value else { return false }
            service.token = token
            return true
        },
        ServiceSetting(name: "auth", expected: list(ServiceDescription.Authorization.self), kinds: [.polytomic]) { service, value in
            choose(&service.authorization, value)
        },
        ServiceSetting(name: "connection", expected: "the id of a connection", kinds: [.polytomic]) { service, value in
            service.target = value.text
            return !(value.text ?? "").isEmpty
        },
        ServiceSetting(name: "dataset", expected: "the id of a dataset", kinds: [.toolkit]) { service, value in
            service.target = value.text
            return !(value.text ?? "").isEmpty
        },
        ServiceSetting(name: "version", expected: "a date such as \"2025-09-18\"", kinds: [.polytomic]) { service, value in
            service.version = value.text
            return !(value.text ?? "").isEmpty
        },
        ServiceSetting(name: "dialect", expected: list(ServiceDescription.Dialect.self), kinds: [.polytomic]) { service, value in
            choose(&service.dialect, value)
        },
        ServiceSetting(name: "poll", expected: "a duration from 100ms to 1h", kinds: [.polytomic, .toolkit]) { service, value in
            guard let wait = value.duration, (.milliseconds(100) ... .seconds(3600)).contains(wait) else { return false }
            service.poll = wait
            return true
        },
        ServiceSetting(name: "timeout", expected: "a duration from 1s to 1h", kinds: [.polytomic, .toolkit]) { service, value in
            guard let timeout = value.duration, (.seconds(1) ... .seconds(3600)).contains(timeout) else { return false }
            service.timeout = timeout
            return true
        },
    ]

    /// The rows of one kind of service.
    static func rows(of kind: ServiceDescription.Kind) -> [ServiceSetting] { rows.filter { $0.kinds.contains(kind) } }

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

    /// A duration, also as the text that a configuration file has for it.
    fileprivate var duration: Duration? {
        switch self {
        case .scalar(.duration(let micros)): .microseconds(micros)
        case .scalar(.string(let text)): DurationText.microseconds(text).map { .microseconds($0) }
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
    /// Neither the description nor the kind says where the service is.
    case noAddress
    /// The credential would go over a connection that others can listen to.
    case insecure(WebAddress.Origin)
}

extension ServiceDescription {
    /// Where services of a kind are unless something else is said.
    public static func publicAddress(of kind: Kind) -> WebAddress? {
        switch kind {
        case .polytomic: WebAddress(origin: .init(isSecure: true, host: "app.polytomic.com", port: 443), target: "/")
        case .toolkit: WebAddress(origin: .init(isSecure: true, host: "analytics.toolkitapi.io", port: 443), target: "/")
        case .local: nil
        }
    }

    /// A service by its settings, in any order; the last of a key counts.
    public init(name: String, settings: [(key: String, value: ServiceSetting.Value)]) throws(SettingFault) {
        guard let kind = settings.first(where: { $0.key == "kind" }) else { throw .noKind }
        self.init(name: name, kind: .local)
        for setting in [kind] + settings {
            guard let row = ServiceSetting.rows(of: self.kind).first(where: { $0.name == setting.key }) else {
                throw .unknownKey(setting.key, known: ServiceSetting.rows(of: self.kind).map(\.name))
            }
            guard row.apply(&self, setting.value) else { throw .wrongValue(key: row.name, expected: row.expected) }
        }
        if address == nil { address = ServiceDescription.publicAddress(of: self.kind) }
        if let origin = address?.origin, !origin.isSecure, !origin.isLoopback { throw .insecure(origin) }
    }
}
