// Where a service's credential comes from; asked when a request needs it, and once more when the service refuses it.

/// Gives the credential of one service.
public protocol CredentialSource: Sendable {
    /// Reads it anew. Throws where it is not to be had, naming where it was looked for.
    func credential() async throws(ServiceError) -> Credential
    /// Where it is looked for, in words without the secret: `the variable POLYTOMIC_TOKEN`.
    var place: String { get }
}
