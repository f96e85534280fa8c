// What the embedded service would say to things, without doing them.
import QueryClient
import QueryText

extension LocalService: RehearsedService {
    public func check(_ request: QueryRequest, queries: [SavedQuery], datasets: [Dataset]) throws(ServiceError) -> String? {
        let plan = try JobPlan(request, queries: queries, datasets: datasets)
        _ = try BoundText(try Template(plan.text), request.bindings, query: plan.query)
        return plan.query
    }

    public func checked(_ query: SavedQuery, datasets: [Dataset]) throws(ServiceError) -> SavedQuery {
        guard Names.isName(query.name) else { throw .badName(name: query.name) }
        var query = query
        query.parameters = try Template(query.text).parameters
        if let dataset = query.dataset { _ = try datasets.named(dataset) }
        return query
    }

    public func checked(_ dataset: Dataset) throws(ServiceError) -> Dataset { try DatasetFiles.resolve(dataset) }
}
