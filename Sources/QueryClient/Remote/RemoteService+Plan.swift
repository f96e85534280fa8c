// What a run comes to, before anything is sent: which text or saved query, on what, with which values.
import QueryFrames
import QueryText

/// A run, checked.
struct RunPlan: Sendable {
    /// The saved query's name or id; nil for text.
    var query: String?
    /// The text as the user wrote it; empty where only the service has it.
    var written = ""
    /// The text as the service gets it.
    var text = ""
    var description: String?
    /// The id under which the service keeps the query.
    var id: String?
    var target: String?
    /// Values that the service binds.
    var bindings: [QueryRequest.Binding] = []
}

extension RemoteService {
    func plan(_ request: QueryRequest) async throws(ServiceError) -> RunPlan {
        try plan(request, among: try await store.queries(service: name))
    }

    /// What a run comes to where `stored` are the queries that are kept here.
    func plan(_ request: QueryRequest, among stored: [StoredQuery]) throws(ServiceError) -> RunPlan {
        switch service.kind {
        case .toolkit: try toolkitPlan(request, stored)
        case .polytomic: try polytomicPlan(request, stored)
        }
    }

    /// Text alone is sent, so that values become literals in it.
    private func polytomicPlan(_ request: QueryRequest, _ stored: [StoredQuery]) throws(ServiceError) -> RunPlan {
        var plan = RunPlan()
        var dataset: String?
        switch request.text {
        case .text(let text): plan.written = text
        case .saved(let name):
            guard let query = stored.first(where: { $0.query.name == name })?.query else {
                throw .unknownQuery(name: name, known: stored.map(\.query.name))
            }
            (plan.query, plan.written, dataset) = (name, query.text, query.dataset)
        }
        plan.target = request.target ?? dataset ?? service.connection
        if plan.target == nil { throw .noConnection(service: name) }
        let template = try Template(plan.written, dialect: service.dialect)
        plan.text = try RenderedText(template, request.bindings, dialect: service.dialect, query: plan.query).text
        return plan
    }

    /// The service binds, and runs what it keeps: a name that is not known here is taken for one of its ids.
    private func toolkitPlan(_ request: QueryRequest, _ stored: [StoredQuery]) throws(ServiceError) -> RunPlan {
        var plan = RunPlan()
        plan.bindings = request.bindings
        plan.target = request.target ?? service.dataset
        switch request.text {
        case .text(let text):
            (plan.written, plan.text, plan.id) = (text, text, savedText(text))
        case .saved(let name):
            plan.query = name
            guard let stored = stored.first(where: { $0.query.name == name || $0.id == name }) else {
                plan.id = name
                return plan
            }
            let query = stored.query
            (plan.query, plan.written, plan.text) = (query.name, query.text, query.text)
            (plan.description, plan.id) = (query.description, stored.id)
            // The service runs it on the dataset that it was saved with; one that is not at the service yet is saved with its own.
            plan.target = request.target ?? (query.dataset == nil || stored.id == nil ? query.dataset ?? service.dataset : nil)
        }
        _ = try Template(plain: plan.text).values(request.bindings, query: plan.query)
        return plan
    }

    /// Remembers what the service calls a text, so that it is not saved again.
    func remember(_ plan: RunPlan, _ id: String) async throws(ServiceError) {
        guard let name = plan.query else { return remember(text: plan.text, as: id) }
        guard var stored = try await store.queries(service: self.name).first(where: { $0.query.name == name }) else { return }
        stored.id = id
        _ = try await store.save(stored, service: self.name)
    }
}
