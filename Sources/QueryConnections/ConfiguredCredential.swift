// The credential of a configured service, from where its description says that it is.
import QueryClient
import QueryScript
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Fetches one service's credential, anew each time it is asked for.
struct ConfiguredCredential: CredentialSource {
    let service: ServiceDescription
    /// What `qs login` keeps, for a service whose description names no place.
    let logins: LoginFile?
    /// What holds the credentials of services, which a command that gives one does not get.
    let secretVariables: Set<String>

    /// How long a command may take to give it.
    private static let patience = Duration.seconds(30)

    var place: String {
        switch service.token {
        case .environment(let name)?: "the variable \(name)"
        case .file(let path)?: path
        case .command(let text)?: "the command `\(text)`"
        case nil: logins.map(\.path) ?? "nowhere: the service has no token"
        }
    }

    func credential() async throws(ServiceError) -> Credential {
        do throws(SecretFault) {
            guard let credential = service.credential(token: try await secret()) else { throw .unusable }
            return credential
        } catch {
            throw .noCredential(service: service.name, looked: place, error)
        }
    }

    private func secret() async throws(SecretFault) -> String {
        switch service.token {
        case .environment(let name)?:
            guard let value = getenv(name), value.pointee != 0 else { throw .noVariable }
            return try SecretFile.secret(in: String(cString: value))
        case .file(let path)?: return try SecretFile.secret(in: try SecretFile.text(path))
        case .command(let text)?: return try await output(of: text)
        case nil:
            guard let kept = try logins?.entry(of: service.name) else { throw .nowhere }
            switch kept {
            case .secret(let secret): return try SecretFile.secret(in: secret)
            case .command(let text): return try await output(of: text)
            }
        }
    }

    /// The first line that a command of the shell writes.
    private func output(of text: String) async throws(SecretFault) -> String {
        guard let bytes = await ShellCommand.output(of: text, limit: 1 << 16, patience: ConfiguredCredential.patience, hiding: secretVariables),
            let output = String(validating: bytes, as: UTF8.self)
        else { throw .command }
        return try SecretFile.secret(in: output)
    }
}
