// Toolkit over real sockets: queries saved and run by their ids, with jobs and without.
import FaultServer
import QueryClient
import QueryFrames
import Testing

@Suite struct ToolkitTests {
    private static let succeeded = #""status":"succeeded","results":{"columns":["a","b"],"rows":[[1,"x"],[2,null]],"row_count":2}"#
    private static let expected: [[Scalar]] = [[.int(1), .string("x")], [.int(2), .null]]

    private func far() throws -> Far {
        let far = try Far(.toolkit)
        far.server.on("GET /pre/v1/jobs/*", .status(404))
        far.server.on("POST /pre/v1/save", .json(#"{"query_id":"qry_1","name":"n","created_at":"2026-01-01T00:00:00Z","status":"saved"}"#))
        return far
    }

    @Test("a query is saved, and run by its id with its values as they are")
    func running() async throws {
        let far = try far()
        far.server.on("POST /pre/v1/query/qry_1", .json(#"{"query_id":"qry_1","status":"queued","job_id":"j1"}"#, status: 202))
        far.server.on("GET /pre/v1/jobs/j1", .json(#"{"job_id":"j1","status":"running","progress":40,"results":null}"#), .json(
            #"{"job_id":"j1","progress":100,"completed_at":"2026-01-01T00:00:00.123456789Z",\#(ToolkitTests.succeeded)}"#))
        let saved = try await far.service.save(SavedQuery(name: "monthly", text: "What's the total of {{month}}?", dataset: "dset_1", description: "d"))
        #expect(saved.parameters == ["month"])
        let job = try await far.service.submit(QueryRequest(
            text: .saved("monthly"), bindings: [.init(name: "month", value: .decimal(Decimal128(unscaled: 123_456_789_012_345_678_901, scale: 2)))]))
        #expect(job.id == JobID("j1") && job.query == "monthly")
        #expect(rows(try await far.service.result(of: job.id)) == ToolkitTests.expected)
        let known = try await far.service.status(of: job.id)
        #expect(known.expires == Int64(1_767_312_000_123_456))
        #expect(far.server.requests("POST /pre/v1/save").map(\.text) == [
            #"{"name":"monthly","query":"What's the total of {{month}}?","description":"d","dataset_id":"dset_1"}"#,
        ])
        let run = try #require(far.server.requests("POST /pre/v1/query/qry_1").first)
        #expect(run.text == #"{"execution_mode":"async","parameters":{"month":1234567890123456789.01}}"#)
        #expect(run["X-API-Key"] == "secret" && run["Authorization"] == nil)
        await far.end()
    }

    @Test("text is saved once under a name of its own, and a name that is not known is an id of the service")
    func text() async throws {
        let far = try far()
        far.server.on("POST /pre/v1/query/*") { request in
            .json(#"{"query_id":"q","status":"queued","job_id":"job-of-\#(request.path.split(separator: "/").last ?? "")"}"#)
        }
        for _ in 0..<2 { _ = try await far.service.submit(QueryRequest(text: .text("total?"), target: "dset_2")) }
        #expect(far.server.requests("POST /pre/v1/save").count == 1)
        #expect(try await far.service.submit(QueryRequest(text: .saved("qry_other"))).id == JobID("job-of-qry_other"))
        #expect(far.server.requests("POST /pre/v1/query/qry_1").first?.text == #"{"dataset_id":"dset_2","execution_mode":"async"}"#)
        // Whether there are jobs is found out once.
        #expect(far.server.requests("GET /pre/v1/jobs/*").count == 1)
        await far.end()
    }

    @Test("a service without jobs runs in one long request behind a job that is there at once")
    func withoutJobs() async throws {
        let far = try Far(.toolkit)
        let gate = Gate()
        far.server.on("GET /pre/v1/jobs/*", .status(501))
        far.server.on("POST /pre/v1/query/qry_1", Answer.json(#"{"query_id":"qry_1","job_id":null,\#(ToolkitTests.succeeded)}"#).held(by: gate))
        let job = try await far.service.submit(QueryRequest(text: .saved("qry_1")))
        #expect(job.status == .running)
        #expect(far.notices == [.withoutJobs(service: "far")])
        gate.open()
        #expect(rows(try await far.service.result(of: job.id)) == ToolkitTests.expected)
        #expect(far.server.requests("POST /pre/v1/query/qry_1").map(\.text) == [#"{"execution_mode":"sync"}"#])
        await far.end()
    }

    @Test("a service that cannot save keeps its queries here, and says so plainly where text would have to be saved")
    func withoutSaving() async throws {
        let far = try Far(.toolkit)
        far.server.on("* /pre/v1/*", .status(501))
        far.server.on("GET /pre/v1/jobs/*", .status(404))
        _ = try await far.service.save(SavedQuery(name: "monthly", text: "total?"))
        #expect(far.notices == [.savedHere(service: "far", query: "monthly")])
        #expect(try await far.service.queries().map(\.name) == ["monthly"])
        for text in [QueryRequest.Text.saved("monthly"), .text("total?")] {
            let error = await failure { () async throws(ServiceError) in try await far.service.submit(QueryRequest(text: text)) }
            #expect(error == .notImplemented(service: "far", .text))
        }
        await far.end()
    }

    @Test("a submit whose answer is lost is not sent again, and is told as what it is")
    func lostSubmit() async throws {
        let far = try far()
        far.server.on("POST /pre/v1/query/qry_1", .ended(by: .reset))
        let error = await failure { () async throws(ServiceError) in try await far.service.submit(QueryRequest(text: .saved("qry_1"))) }
        guard case .outcomeUnknown("far", let key, .unreachable)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(far.server.requests("POST /pre/v1/query/qry_1").count == 1)
        #expect(far.ledger.all.map(\.key) == [key] && far.ledger.all.first?.snapshot.status == .unknown)
        await far.end()
    }

    @Test("a failed job says why, in one clean line")
    func failed() async throws {
        let far = try far()
        far.server.on("POST /pre/v1/query/qry_1", .json(#"{"status":"queued","job_id":"j1"}"#))
        far.server.on("GET /pre/v1/jobs/j1", .json(#"{"job_id":"j1","status":"failed","error":"no\ncolumn \u202e\u001b[2J`x`"}"#))
        let job = try await far.service.submit(QueryRequest(text: .saved("qry_1")))
        let ended = try await far.service.completion(of: job.id)
        #expect(ended.status == .failed && ended.error == .queryFailed(message: "no column [2J`x`", text: "", offset: nil))
        await far.end()
    }
}
