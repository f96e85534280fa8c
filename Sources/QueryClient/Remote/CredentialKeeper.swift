// The credential of a service, read when it is first needed and again when the service has refused it.

/// Holds the credential that requests go out with.
actor CredentialKeeper {
    private let source: any CredentialSource
    private var kept: Credential?

    init(_ source: any CredentialSource) { self.source = source }

    nonisolated var place: String { source.place }

    /// The credential; `rereads` where the last one was refused.
    func credential(rereads: Bool) async throws(ServiceError) -> Credential {
        if !rereads, let kept { return kept }
        let credential = try await source.credential()
        kept = credential
        return credential
    }
}
