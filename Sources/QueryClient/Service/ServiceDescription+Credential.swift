// How a secret becomes the header that each kind of service asks for.

extension ServiceDescription {
    /// The secret as this service's credential, bound to its origin; nil for a service that takes none.
    public func credential(of secret: String) -> Credential? {
        guard let origin = address?.origin else { return nil }
        switch (kind, authorization) {
        case (.local, _): return nil
        case (.toolkit, _): return Credential(header: "X-API-Key", value: secret, origin: origin)
        case (.polytomic, .bearer): return Credential(header: "Authorization", value: "Bearer \(secret)", origin: origin)
        case (.polytomic, .basic):
            // RFC 7617 wants a name and a password: the key is the name where the two are not given as one.
            let pair = secret.utf8.contains(UInt8(ascii: ":")) ? secret : secret + ":"
            return Credential(header: "Authorization", value: "Basic \(Base64.text(of: Array(pair.utf8)))", origin: origin)
        }
    }
}
