// What is wrong with a configuration file, in words.
import QueryClient
import QueryFormats

extension ConfigurationFault {
    var wording: Wording {
        switch self {
        case .file(let error): error.wording
        case .syntax(let path, let line, let column, let reason):
            Wording(code: .configuration, message: "\(path):\(line):\(column): this is no TOML: \(reason)")
        case .unknownKey(let path, let key, let known):
            Wording(
                code: .configuration, message: "\(path) has a key `\(key)` that means nothing", hint: Nearest.hint(key, in: known),
                notes: ["keys: \(known.listed())"])
        case .wrongValue(let path, let key, let expected): Wording(code: .configuration, message: "\(path): `\(key)` has to be \(expected)")
        case .setting(let path, let service, let fault):
            Wording(
                code: .configuration, message: "\(path), in [service.\(service)]: \(fault.wording.message)", hint: fault.hintInFile ?? fault.wording.hint,
                notes: fault.wording.notes)
        case .reserved(let path, let name):
            Wording(code: .configuration, message: "\(path): `\(name)` is the embedded service", hint: "give this one another name")
        case .foreignToken(let path, let key):
            Wording(
                code: .configuration, message: "\(path): `\(key)` may only be { env = \"NAME\" } in a file of the working folder",
                hint: "put the service into your own configuration, or keep its key with qs login")
        case .unknownDefault(let name, let known):
            Wording(
                code: .configuration, message: "the default service `\(name)` is not there", hint: Nearest.hint(name, in: known),
                notes: ["services: \(known.listed())"])
        }
    }
}

extension SettingFault {
    /// The way out as a file writes it, which is TOML, where that is not as `connect` has it.
    fileprivate var hintInFile: String? {
        switch self {
        case .noKind: "add: kind = \"polytomic\", or kind = \"toolkit\""
        case .wrongValue("token", _): "in a file: token = { env = \"NAME\" }, { file = \"PATH\" } or { command = \"TEXT\" }"
        default: nil
        }
    }
}

extension Diagnostic {
    /// Why a secret cannot be kept in, or taken from, a file.
    public static func secret(_ fault: SecretFault, file: String) -> Diagnostic {
        let hint: String? = if case .exposed(let path) = fault { "chmod 600 \(path)" } else { nil }
        return Diagnostic(placeless: Wording(code: .io, message: "\(file) cannot be used: \(fault.reason)", hint: hint), file: file)
    }

    /// What is wrong with the configuration; it is no place of a script.
    public static func configuration(_ fault: ConfigurationFault) -> Diagnostic { Diagnostic(placeless: fault.wording, file: "configuration") }
}
