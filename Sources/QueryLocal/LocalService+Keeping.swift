// Saved queries and datasets: checked here, kept in the catalog.
import QueryClient

extension LocalService {
    public func save(_ query: SavedQuery) async throws(ServiceError) -> SavedQuery {
        guard Names.isName(query.name) else { throw .badName(name: query.name) }
        let parameters = try Template(query.text).parameters
        var saved = try await catalog.perform { (catalog) throws(ServiceError) in
            if let dataset = query.dataset { _ = try catalog.datasets().named(dataset) }
            return try catalog.save(query)
        }
        saved.parameters = parameters
        return saved
    }

    public func queries() async throws(ServiceError) -> [SavedQuery] {
        try await catalog.perform { (catalog) throws(ServiceError) in try catalog.queries() }.map { query in
            var query = query
            // Only texts whose placeholders are in order are saved.
            query.parameters = (try? Template(query.text).parameters) ?? []
            return query
        }
    }

    public func forget(_ name: String) async throws(ServiceError) {
        try await catalog.perform { (catalog) throws(ServiceError) in
            guard try catalog.query(name) != nil, try catalog.forget(name) else {
                throw .unknownQuery(name: name, known: try catalog.queries().map(\.name))
            }
        }
    }

    public func register(_ dataset: Dataset) async throws(ServiceError) -> Dataset {
        try await catalog.perform { (catalog) throws(ServiceError) in try catalog.register(DatasetFiles.resolve(dataset)) }
    }

    public func datasets() async throws(ServiceError) -> [Dataset] {
        try await catalog.perform { (catalog) throws(ServiceError) in try catalog.datasets() }
    }
}
