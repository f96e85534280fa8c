// `run`, `wait`, `cancel`, `jobs`: asking services for rows.
import QueryClient
import QueryFrames

extension CommandRow {
    static let run = CommandRow(
        UsageLine(builtIn: "run QUERY [with BINDINGS] [on TARGET] [timeout DURATION] -> job"),
        summary: "Start a saved query, or query text, as a job; it runs while the script goes on.",
        example: "let j = run qry_xyz with month=\"2024-05\"", effect: .runsQuery
    ) { (session, arguments) async throws(ScriptError) in
        var request = QueryRequest(text: .text(""), target: try arguments.word("on"), timeout: try arguments.duration("timeout"))
        var bindings: [QueryRequest.Binding] = []
        switch arguments["text"]?.value {
        case .queryText(let text, let holes)?:
            request.text = .text(text)
            for hole in holes { bindings.append(try binding(hole.name, hole.value, arguments.span("text"))) }
        case nil: request.text = .saved(try arguments.requiredWord("saved"))
        default: request.text = .text(try arguments.requiredText("text"))
        }
        for (name, value, span) in arguments.bindings("with") { bindings.append(try binding(name, value, span)) }
        request.bindings = bindings
        do throws(ServiceError) {
            let job = Job(id: try await session.service.submit(request).id, service: session.service)
            session.started(job)
            return .job(job)
        } catch {
            throw ScriptError(.service(error), at: arguments.place(of: error))
        }
    }

    private static func binding(_ name: String, _ value: ScriptValue, _ span: Span?) throws(ScriptError) -> QueryRequest.Binding {
        guard let scalar = value.scalar else {
            throw ScriptError(.service(.parameterType(name: name, found: value.typeName)), at: span)
        }
        return QueryRequest.Binding(name: name, value: scalar)
    }

    static let wait = CommandRow(
        UsageLine(builtIn: "wait [any] [JOB, ...] [timeout DURATION] -> job"),
        summary: "Wait for jobs to end: those named, the first of them (any), or all of this session.",
        example: "wait j timeout 5m", effect: .givesJob
    ) { (session, arguments) async throws(ScriptError) in
        var jobs: [Job] = []
        for item in arguments.list("items") { jobs += try item.jobs("job") }
        if arguments.list("items").isEmpty { jobs = session.jobs }
        let first = arguments.flag("any") != nil
        let ended = try await session.wait(for: jobs, first: first, timeout: try arguments.duration("timeout"))
        return ended.count == 1 ? .job(ended[0]) : .list(ended.map { .job($0) })
    }

    static let cancel = CommandRow(
        UsageLine(builtIn: "cancel JOB"),
        summary: "Stop a job; one that has ended stays as it is.",
        example: "cancel j"
    ) { (session, arguments) async throws(ScriptError) in
        for job in try arguments.jobs("job") {
            do throws(ServiceError) { try await job.service.cancel(job.id) } catch { throw ScriptError(.service(error)) }
        }
        return .null
    }

    static let jobs = CommandRow(
        UsageLine(builtIn: "jobs -> frame"),
        summary: "List the jobs that the service knows, newest first.",
        example: "jobs | where status == \"failed\""
    ) { (session, _) async throws(ScriptError) in
        do throws(ServiceError) {
            let fields: [JobField] = [.id, .query, .service, .status, .progress, .rows, .created, .elapsed, .error]
            let types: [DataType] = [.string, .string, .string, .string, .float64, .int64, .timestamp(utc: true), .duration, .string]
            let rows = try await session.service.jobs().map { job in fields.map { $0.value(of: job).scalar ?? .null } }
            return .frame(Frame(schema: Schema(zip(fields, types).map { Field($0.rawValue, $1) }), rows: rows))
        } catch {
            throw ScriptError(.service(error))
        }
    }
}

extension Arguments {
    /// A job, or each of a list of jobs.
    func jobs(_ key: String) throws(ScriptError) -> [Job] {
        let value = try required(key)
        switch value {
        case .job(let job): return [job]
        case .list(let items):
            var jobs: [Job] = []
            for item in items {
                guard case .job(let job) = item else { throw fault(key, "a job", "a list with a \(item.typeName)") }
                jobs.append(job)
            }
            return jobs
        default: throw fault(key, "a job", value.typeName)
        }
    }

    /// The argument that an error of a service is about.
    func place(of error: ServiceError) -> Span? {
        switch error {
        case .unknownQuery: span("saved")
        case .missingParameters: span("saved") ?? span("text")
        case .unknownDataset: span("on")
        case .unknownParameter(let name, _, _), .parameterType(let name, _):
            bindings("with").first { $0.name == name }?.span
        case .quotedPlaceholder: span("text")
        default: nil
        }
    }
}

extension Frame {
    /// A frame of rows given one by one, each value of its column's type or null.
    init(schema: Schema, rows: [[Scalar]]) {
        let columns = schema.fields.indices.map { index in
            let builder = ScalarBuilder(schema.fields[index].type)
            for row in rows { builder.append(row[index]) }
            return builder.finish()
        }
        self.init(schema: schema, batches: [RecordBatch(count: rows.count, columns: columns)])
    }
}
