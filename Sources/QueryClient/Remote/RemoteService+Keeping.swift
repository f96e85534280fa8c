// Saved queries: at the service where it keeps them, and here in any case, since neither service lists them. Datasets are their own.
import QueryFrames
import QueryText

extension RemoteService {
    public func save(_ query: SavedQuery) async throws(ServiceError) -> SavedQuery {
        guard Names.isName(query.name) else { throw .badName(name: query.name) }
        let parameters = try parameters(of: query.text)
        let id = service.kind == .toolkit ? try await saveAtService(query) : nil
        var saved = try await store.save(StoredQuery(query: query, id: id), service: name).query
        saved.parameters = parameters
        return saved
    }

    public func queries() async throws(ServiceError) -> [SavedQuery] {
        try await store.queries(service: name).map { stored in
            var query = stored.query
            // Only texts whose placeholders are in order are saved.
            query.parameters = (try? parameters(of: query.text)) ?? []
            return query
        }
    }

    public func forget(_ name: String) async throws(ServiceError) {
        guard try await store.forget(name, service: self.name) else {
            throw .unknownQuery(name: name, known: try await store.queries(service: self.name).map(\.query.name))
        }
    }

    public func register(_ dataset: Dataset) async throws(ServiceError) -> Dataset { throw .notImplemented(service: name, .datasets) }

    public func datasets() async throws(ServiceError) -> [Dataset] { throw .notImplemented(service: name, .datasets) }

    func parameters(of text: String) throws(ServiceError) -> [String] {
        service.kind == .toolkit ? Template(plain: text).parameters : try Template(text, dialect: service.dialect).parameters
    }

    /// The id under which the service has saved the query; nil where it cannot save yet.
    private func saveAtService(_ query: SavedQuery) async throws(ServiceError) -> String? {
        let key = JobKey.make()
        let order = JobOrder(
            key: key, text: query.text, name: query.name, description: query.description, target: query.dataset, bindings: [])
        let snapshot = JobSnapshot(id: JobID(key), query: query.name, service: name, status: .queued, created: context.clock.now.wall)
        let job = RemoteJob(context, order, JobMachine(.save, snapshot, context.rules, seed: seed), nil)
        do throws(ServiceError) { try await job.wait(for: .acceptance) } catch {
            guard case .notImplemented(_, .save) = error else { throw error }
            context.notify(.savedHere(service: name, query: query.name))
            return nil
        }
        return await job.order.query
    }
}

// MARK: - What it would say, without a request

extension RemoteService: RehearsedService {
    public func check(_ request: QueryRequest, queries: [SavedQuery], datasets: [Dataset]) throws(ServiceError) -> String? {
        try plan(request, among: queries.map { StoredQuery(query: $0) }).query
    }

    public func checked(_ query: SavedQuery, datasets: [Dataset]) throws(ServiceError) -> SavedQuery {
        guard Names.isName(query.name) else { throw .badName(name: query.name) }
        var query = query
        query.parameters = try parameters(of: query.text)
        return query
    }

    public func checked(_ dataset: Dataset) throws(ServiceError) -> Dataset { throw .notImplemented(service: name, .datasets) }
}
