// Saved queries that are kept here, for services that keep none or do not tell which.

/// A saved query and what its service calls it.
public struct StoredQuery: Hashable, Sendable {
    public var query: SavedQuery
    /// The id under which the service keeps it; nil where only this side does.
    public var id: String?

    public init(query: SavedQuery, id: String? = nil) {
        self.query = query
        self.id = id
    }
}

/// Keeps the saved queries of services.
public protocol QueryStore: Sendable {
    /// Keeps a query as the next version of its name, and gives it back with that.
    func save(_ query: StoredQuery, service: String) async throws(ServiceError) -> StoredQuery
    /// The saved queries of a service by name, the last version of each.
    func queries(service: String) async throws(ServiceError) -> [StoredQuery]
    /// Removes a query; false where there is none.
    func forget(_ name: String, service: String) async throws(ServiceError) -> Bool
}
