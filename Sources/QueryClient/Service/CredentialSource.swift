// Where the credential of a service comes from: the environment, a file, a command. Who configures the service conforms.

/// A place that holds the credential of one service.
public protocol CredentialSource: Sendable {
    /// Where it looks, for messages: `the environment variable POLYTOMIC_TOKEN`. Never what is there.
    var place: String { get }
    /// The credential as it is there now; asked before the first request, and again where the service has refused the last one.
    /// Throws `noCredential` where there is none.
    func credential() async throws(ServiceError) -> Credential
}
