// `run`: a query becomes a job.
import QueryClient
import QueryFrames

extension CommandRow {
    static let run = CommandRow(
        UsageLine(builtIn: "run QUERY [with BINDINGS] [on TARGET] [timeout DURATION] -> job"),
        summary: "Start a saved query, or query text, as a job; it runs while the script goes on.",
        example: "let j = run qry_xyz with month=\"2024-05\"", effect: .runsQuery
    ) { (session, arguments) async throws(ScriptError) in
        var request = QueryRequest(text: .text(""), timeout: try arguments.duration("timeout") ?? session.settings.timeout)
        let service: any QueryService
        let target = try arguments.word("on")
        do throws(ServiceError) {
            (service, request.target) = try await session.destination(target)
        } catch {
            throw ScriptError(.service(error), at: arguments.span("on"))
        }
        var bindings: [QueryRequest.Binding] = []
        switch arguments["text"]?.value {
        case .queryText(let text, let holes)?:
            request.text = .text(text)
            for hole in holes { bindings.append(try binding(hole.name, hole.value, arguments.span("text"))) }
        case nil: request.text = .saved(try arguments.requiredWord("saved"))
        default: request.text = .text(try arguments.requiredText("text"))
        }
        for given in arguments.bindings("with") { bindings.append(try binding(given.name, given.value, given.span)) }
        request.bindings = bindings
        let snapshot: JobSnapshot
        do throws(ServiceError) {
            snapshot = try await service.submit(request)
        } catch {
            // Nobody waits for the answer any more, and the service may have the job all the same: by this id it is found again.
            if case .interrupted(let id) = error, service.keepsJobs { session.started(Job(id: JobID(id), service: service)) }
            throw ScriptError(.service(error), at: arguments.place(of: error))
        }
        let job = Job(id: snapshot.id, service: service)
        if try !session.rehearse(request.words) {
            session.output.event(.submitted(snapshot))
            session.started(job)
        }
        return .job(job)
    }

    private static func binding(_ name: String, _ value: ScriptValue, _ span: Span?) throws(ScriptError) -> QueryRequest.Binding {
        guard let scalar = value.scalar else {
            throw ScriptError(.service(.parameterType(name: name, found: value.typeName)), at: span)
        }
        return QueryRequest.Binding(name: name, value: scalar)
    }
}

extension Arguments {
    /// The argument that an error of a service is about.
    func place(of error: ServiceError) -> Span? {
        switch error {
        case .unknownQuery: span("saved")
        case .missingParameters: span("saved") ?? span("text")
        case .unknownDataset: span("on")
        case .unknownParameter(let name, _, _), .parameterType(let name, _), .noLiteral(let name, _, _):
            bindings("with").first { $0.name == name }?.span
        case .quotedPlaceholder: span("text")
        default: nil
        }
    }
}
