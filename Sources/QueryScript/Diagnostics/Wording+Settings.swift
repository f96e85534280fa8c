// What is wrong with how a service is described, and with where its secret is, in words.
import QueryClient
import QueryFormats

extension SettingFault {
    var wording: Wording {
        switch self {
        case .noKind:
            Wording(
                code: .unknownOption, message: "the service needs a kind", hint: "add: with kind=\"polytomic\", or kind=\"toolkit\"")
        case .unknownKey(let key, let known):
            Wording(
                code: .unknownOption, message: "a service of this kind has no setting `\(key)`", hint: Nearest.hint(key, in: known),
                notes: ["settings: \(known.listed())"])
        case .wrongValue(let key, let expected): Wording(code: .value, message: "`\(key)` has to be \(expected)")
        case .insecure(let origin):
            Wording(
                code: .value, message: "\(origin) would carry the credentials where others can read them",
                hint: "use https, or an address of this machine")
        }
    }
}

extension SecretFault {
    /// What was found instead of it.
    var reason: String {
        switch self {
        case .noVariable: "the variable is not set"
        case .file(let error): error.wording.message
        case .exposed(let path): "others can read \(path), or it belongs to somebody else"
        case .command: "the command failed, or wrote nothing"
        case .unusable: "what was found is empty, or no key"
        case .nowhere: "nothing says where it is"
        }
    }

    func hint(for service: String) -> String {
        switch self {
        case .exposed(let path): "chmod 600 \(path)"
        case .nowhere: "qs login \(service)"
        case .noVariable: "set it, or keep the key with: qs login \(service)"
        case .file, .command, .unusable: "give it by token in the configuration, or with: qs login \(service)"
        }
    }
}
