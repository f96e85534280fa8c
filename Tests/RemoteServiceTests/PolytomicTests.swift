// Polytomic over real sockets: what is sent, what comes of it, and what does not when the wire is cut.
import FaultServer
import QueryClient
import QueryFrames
import Testing

/// Pages as Polytomic sends them.
private enum Page {
    static let created = Answer.json(#"{"data":{"id":"q1","status":"created"}}"#)
    static let running = Answer.json(#"{"data":{"id":"q1","status":"running"}}"#)
    static let first = Answer.json(
        #"{"data":{"id":"q1","status":"done","count":3,"fields":["n","t"],"results":[{"n":1,"t":"a"},{"n":2,"t":null}],"expires":"2030-01-01T00:00:00Z"},"links":{"next":"/pre/api/queries/q1?page=b"}}"#)
    static let second = Answer.json(
        #"{"data":{"id":"q1","status":"done","count":3,"fields":["n","t"],"results":[{"n":3,"t":"c"}]},"links":{"next":null}}"#)
    static let rows: [[Scalar]] = [[.int(1), .string("a")], [.int(2), .null], [.int(3), .string("c")]]
}

func rows(_ frame: Frame) -> [[Scalar]] {
    (0..<frame.count).map { row in frame.schema.fields.indices.map { frame.scalar(row: row, column: $0) } }
}

/// The error that `body` ends with, or nil.
func failure<R>(_ body: () async throws(ServiceError) -> R) async -> ServiceError? {
    do {
        _ = try await body()
        return nil
    } catch { return error }
}

@Suite struct PolytomicTests {
    @Test("text is sent with its values as literals, as Polytomic's own client sends it, and its pages become one frame")
    func whole() async throws {
        let far = try Far(.polytomic)
        let ledger = far.ledger
        far.server.on("POST /pre/api/connections/c1/query") { request in
            // The job is written down before anybody else knows of it.
            ledger.all.contains { $0.key == request["Idempotency-Key"] && $0.text.contains("{{a}}") } ? Page.created : .status(500)
        }
        far.server.on("GET /pre/api/queries/q1", Page.created, Page.running, Page.first)
        far.server.on("GET /pre/api/queries/q1?page=b", Page.second)
        let request = QueryRequest(text: .text("select * from t where d = {{a}} & 1"), bindings: [.init(name: "a", value: .string("x y's"))])
        let job = try await far.service.submit(request)
        #expect(job.id == JobID("q1") && job.status == .queued)
        #expect(rows(try await far.service.result(of: job.id)) == Page.rows)
        let submit = try #require(far.server.requests("POST /pre/api/connections/c1/query").first)
        #expect(submit.query == "query=select+%2A+from+t+where+d+%3D+%27x+y%27%27s%27+%26+1")
        #expect(submit.text == "{}")
        #expect(submit["X-Polytomic-Version"] == "2025-09-18" && submit["Authorization"] == "Bearer secret")
        #expect(submit["Content-Type"] == "application/json" && submit["Accept"] == "application/json")
        let known = try await far.service.status(of: job.id)
        #expect(known.status == .succeeded && known.rows == 3 && known.columns == ["n", "t"] && known.expires == 1_893_456_000_000_000)
        // What is there is not fetched again.
        let asked = far.server.requests.count
        #expect(rows(try await far.service.result(of: job.id)).count == 3)
        #expect(far.server.requests.count == asked)
        await far.end()
        #expect(far.ledger.all.map(\.snapshot.status) == [.succeeded])
    }

    @Test("many jobs run beside each other, each with its own rows")
    func many() async throws {
        let far = try Far(.polytomic)
        far.server.on("POST /pre/api/connections/*/query") { request in
            .json(#"{"data":{"id":"\#(request.path.split(separator: "/")[3])","status":"running"}}"#)
        }
        far.server.on("GET /pre/api/queries/*") { request in
            let id = request.path.split(separator: "/").last ?? ""
            return .json(#"{"data":{"id":"\#(id)","status":"done","count":1,"fields":["id"],"results":[{"id":"\#(id)"}]}}"#)
        }
        let service = far.service
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let job = try await service.submit(QueryRequest(text: .text("select 1"), target: "c\(number)"))
                    return rows(try await service.result(of: job.id)) == [[.string("c\(number)")]]
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(try await service.jobs().count == 40)
        await far.end()
    }

    @Test("however many wait for a job, one asks; who is cancelled stops waiting, and the job goes on")
    func sharing() async throws {
        let far = try Far(.polytomic)
        let gate = Gate()
        far.server.on("POST /pre/api/connections/c1/query", Page.created)
        far.server.on("GET /pre/api/queries/q1", Page.first.held(by: gate))
        let service = far.service
        let id = try await service.submit(QueryRequest(text: .text("select 1"))).id
        let waiting = (0..<10).map { _ in Task { try await service.completion(of: id) } }
        let cancelled = Task { await failure { () async throws(ServiceError) in try await service.completion(of: id) } }
        #expect(await far.server.hasReceived(2))
        cancelled.cancel()
        #expect(await cancelled.value == .interrupted(id: "q1"))
        gate.open()
        for task in waiting { #expect(try await task.value.status == .succeeded) }
        #expect(far.server.requests("GET /pre/api/queries/q1").count == 1)
        await far.end()
    }

    @Test("when the last one who waits is gone, the request is too; who waits again has everything")
    func leaving() async throws {
        let far = try Far(.polytomic)
        let gate = Gate()
        far.server.on("POST /pre/api/connections/c1/query", Page.created)
        far.server.on("GET /pre/api/queries/q1", Page.first)
        far.server.on("GET /pre/api/queries/q1?page=b", Page.second.held(at: 150, by: gate), Page.second)
        let service = far.service
        let id = try await service.submit(QueryRequest(text: .text("select 1"))).id
        let waiting = Task { await failure { () async throws(ServiceError) in try await service.result(of: id) } }
        #expect(await far.server.hasReceived(3))
        waiting.cancel()
        #expect(await waiting.value == .interrupted(id: "q1"))
        #expect(rows(try await service.result(of: id)) == Page.rows)
        gate.open()
        await far.end()
    }

    @Test("another session finds a job again by the beginning of its id, and by what it was kept under")
    func attaching() async throws {
        let far = try Far(.polytomic)
        far.server.on("POST /pre/api/connections/c1/query", Page.created)
        far.server.on("GET /pre/api/queries/q1", Page.first)
        far.server.on("GET /pre/api/queries/q1?page=b", Page.second)
        _ = try await far.service.submit(QueryRequest(text: .text("select 1")))
        await far.leave()
        let later = try Far(.polytomic, server: far.server, ledger: far.ledger)
        let key = try #require(far.ledger.all.first?.key)
        #expect(try await later.service.jobs().map(\.id) == [JobID("q1")])
        #expect(rows(try await later.service.result(of: JobID("q"))) == Page.rows)
        #expect(rows(try await later.service.result(of: JobID(key))) == Page.rows)
        #expect(await failure { () async throws(ServiceError) in try await later.service.status(of: JobID("q2")) } == .unknownJob(id: "q2"))
        await later.end()
    }

    @Test("a token that was renewed is read again; one that is refused for good names where it came from")
    func credentials() async throws {
        let far = try Far(.polytomic, tokens: ["old", "new"])
        far.server.on("POST /pre/api/connections/c1/query") { $0["Authorization"] == "Bearer new" ? Page.created : .status(401) }
        far.server.on("GET /pre/api/queries/q1", .json(#"{"message":"token \u001b[31mrevoked"}"#, status: 401))
        let job = try await far.service.submit(QueryRequest(text: .text("select 1")))
        let error = await failure { () async throws(ServiceError) in try await far.service.completion(of: job.id) }
        #expect(error == .unauthorized(
            service: "far", address: far.server.url + "/pre", status: 401, looked: "the environment variable FAR_TOKEN", message: "token [31mrevoked"))
        await far.end()
    }

    @Test("saved queries are kept here and run as text; datasets are not")
    func saved() async throws {
        let far = try Far(.polytomic)
        far.server.on("POST /pre/api/connections/*/query", Page.created)
        let saved = try await far.service.save(SavedQuery(name: "monthly", text: "select {{m}}", dataset: "c9"))
        #expect(saved.parameters == ["m"])
        let job = try await far.service.submit(QueryRequest(text: .saved("monthly"), bindings: [.init(name: "m", value: .int(-3))]))
        #expect(job.query == "monthly")
        #expect(far.server.requests.map(\.target) == ["/pre/api/connections/c9/query?query=select+%28-3%29"])
        let unknown = await failure { () async throws(ServiceError) in try await far.service.submit(QueryRequest(text: .saved("weekly"))) }
        #expect(unknown == .unknownQuery(name: "weekly", known: ["monthly"]))
        #expect(await failure { () async throws(ServiceError) in try await far.service.datasets() } == .notImplemented(service: "far", .datasets))
        #expect(await failure { () async throws(ServiceError) in try await far.service.cancel(job.id) } == .notImplemented(service: "far", .cancel))
        try await far.service.forget("monthly")
        #expect(try await far.service.queries().isEmpty)
        await far.end()
    }

    @Test("a run that takes longer than it may is left at the service, and can be found again")
    func deadline() async throws {
        let far = try Far(.polytomic)
        far.server.on("POST /pre/api/connections/c1/query", Page.created)
        far.server.on("GET /pre/api/queries/q1", Page.running)
        let job = try await far.service.submit(QueryRequest(text: .text("select 1"), timeout: 400_000))
        #expect(await failure { () async throws(ServiceError) in try await far.service.completion(of: job.id) } == .overdue(service: "far", id: "q1", after: 400_000))
        #expect(try await far.service.status(of: job.id).status == .running)
        await far.end()
    }
}
