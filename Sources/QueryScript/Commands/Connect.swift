// `connect`: a service taken up by a script.
import QueryClient
import QueryFrames

extension CommandRow {
    static let connect = CommandRow(
        UsageLine(builtIn: "connect NAME to URL [with OPTIONS]"),
        summary: "Take up a query service for this session; its token is named by env(...), file(...) or command(...).",
        example: "connect warehouse to \"https://app.polytomic.com\" with kind=\"polytomic\", token=env(\"POLYTOMIC_TOKEN\")", effect: .connects
    ) { (session, arguments) async throws(ScriptError) in
        if !session.grants.connections { throw ScriptError(.notGranted("connections"), at: arguments.span("name")) }
        let name = try arguments.requiredWord("name")
        var settings: [(key: String, value: ServiceSetting.Value)] = []
        var spans = ["url": arguments.span("to")]
        for binding in arguments.bindings("with") {
            spans[binding.name] = binding.span
            settings.append((binding.name, try value(binding)))
        }
        settings.append(("url", .scalar(.string(try arguments.requiredText("to")))))
        let service: ServiceDescription
        do throws(SettingFault) {
            service = try ServiceDescription(name: name, settings: settings)
        } catch {
            let key: String? = switch error {
            case .unknownKey(let key, _), .wrongValue(let key, _): key
            case .insecure: "url"
            case .noKind: nil
            }
            throw ScriptError(.setting(error), at: key.flatMap { spans[$0] ?? nil } ?? arguments.span("name"))
        }
        do throws(ServiceError) {
            try await session.services.connect(service)
        } catch {
            throw ScriptError(.service(error), at: arguments.span("name"))
        }
        return .null
    }

    /// What an option is given; where a secret is found is said, and never the secret.
    private static func value(_ binding: Arguments.Binding) throws(ScriptError) -> ServiceSetting.Value {
        guard let source = binding.source else {
            guard let scalar = binding.value.scalar else {
                throw ScriptError(
                    .argument(command: "connect", slot: binding.name, expected: "a single value", found: binding.value.typeName), at: binding.span)
            }
            return .scalar(scalar)
        }
        guard case .scalar(.string(let text)) = binding.value else {
            throw ScriptError(
                .argument(command: source.rawValue, slot: "name", expected: "text", found: binding.value.typeName), at: binding.span)
        }
        return switch source {
        case .env: .token(.environment(text))
        case .file: .token(.file(text))
        case .command: .token(.command(text))
        }
    }
}
