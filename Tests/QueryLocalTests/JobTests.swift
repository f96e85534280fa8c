// Jobs: how they begin, run beside each other, end, and are waited for.
import QueryClient
import QueryFrames
import QueryLocal
import Testing

@Suite struct JobTests {
    private let place: Place
    private let service: LocalService

    init() throws {
        place = try Place()
        service = place.service()
    }

    private func submit(_ text: String, timeout: Int64? = nil) async throws(ServiceError) -> JobID {
        try await service.submit(QueryRequest(text: .text(text), timeout: timeout)).id
    }

    @Test("a job tells what it ran and how it ended")
    func snapshot() async throws {
        _ = try await service.save(SavedQuery(name: "q", text: "select {{x}} as a, 2 as b"))
        let first = try await service.submit(QueryRequest(text: .saved("q"), bindings: [.init(name: "x", value: .int(1))]))
        #expect(first.status == .queued && first.query == "q" && first.service == "local")
        #expect(first.id.text.hasPrefix("job_") && first.id.text.count == 16)
        let job = try await service.completion(of: first.id)
        #expect(job.status == .succeeded && job.rows == 1 && job.columns == ["a", "b"] && job.error == nil)
        #expect(try #require(job.completed) >= job.created)
        #expect(rows(try await service.result(of: first.id)) == [[.int(1), .int(2)]])
        #expect(try await service.status(of: first.id) == job)
    }

    @Test("a job that fails says why, when it is asked and when its rows are")
    func failing() async throws {
        let id = try await submit("select nothere")
        let job = try await service.completion(of: id)
        #expect(job.status == .failed)
        #expect(job.error == .queryFailed(message: "no such column: nothere", text: "select nothere", offset: 7))
        #expect(await failure { () async throws(ServiceError) in try await service.result(of: id) } == job.error)
        #expect(await service.failure("drop table x") == .refused(action: "DROP"))
    }

    @Test("an unknown query, dataset or job is named at once, with those that are known")
    func unknown() async throws {
        _ = try await service.save(SavedQuery(name: "monthly", text: "select 1"))
        _ = try await service.register(Dataset(name: "orders", path: place.csv()))
        #expect(await failure { () async throws(ServiceError) in try await service.submit(QueryRequest(text: .saved("montly"))) }
            == .unknownQuery(name: "montly", known: ["monthly"]))
        #expect(await failure { () async throws(ServiceError) in try await service.submit(QueryRequest(text: .text("select 1"), target: "order")) }
            == .unknownDataset(name: "order", known: ["orders"]))
        let none = JobID("job_none")
        #expect(await failure { () async throws(ServiceError) in try await service.status(of: none) } == .unknownJob(id: "job_none"))
        #expect(await failure { () async throws(ServiceError) in try await service.completion(of: none) } == .unknownJob(id: "job_none"))
        #expect(await failure { () async throws(ServiceError) in try await service.result(of: none) } == .unknownJob(id: "job_none"))
        #expect(await failure { () async throws(ServiceError) in try await service.cancel(none) } == .unknownJob(id: "job_none"))
    }

    @Test("a runaway job ends soon after it is cancelled", .timeLimit(.minutes(15)), arguments: [endless, "select count(*) from f a, f b, f c, f d"])
    func cancel(_ text: String) async throws {
        let csv = "i\n" + (0..<20_000).map { "\($0)\n" }.joined()
        _ = try await service.register(Dataset(name: "f", path: place.csv("f.csv", csv)))
        let id = try await submit(text)
        while try await service.status(of: id).status == .queued { await Task.yield() }
        try await Task.sleep(for: .milliseconds(100))
        let asked = Clock.now
        try await service.cancel(id)
        let job = try await service.completion(of: id)
        // By the job's own clock, as this task may wait for a thread of the tests.
        #expect(try #require(job.completed) - asked < 2_000_000)
        #expect(job.status == .cancelled && job.error == .cancelled(id: id.text))
        #expect(await failure { () async throws(ServiceError) in try await service.result(of: id) } == .cancelled(id: id.text))
        try await service.cancel(id)
        #expect(try await service.status(of: id) == job)
    }

    @Test("cancelling a job that has succeeded changes nothing")
    func cancelEnded() async throws {
        let id = try await submit("select 1")
        let job = try await service.completion(of: id)
        try await service.cancel(id)
        #expect(try await service.status(of: id) == job)
        #expect(rows(try await service.result(of: id)) == [[.int(1)]])
    }

    @Test("a queued job is cancelled at once and never runs")
    func cancelQueued() async throws {
        var ids: [JobID] = []
        for _ in 0..<40 { ids.append(try await submit(endless)) }
        let last = try #require(ids.last)
        #expect(try await service.status(of: last).status == .queued)
        try await service.cancel(last)
        #expect(try await service.status(of: last).status == .cancelled)
        for id in ids { try await service.cancel(id) }
        for id in ids { #expect(try await service.completion(of: id).status == .cancelled) }
    }

    @Test("a job that runs longer than it may fails")
    func timeout() async throws {
        let id = try await submit(endless, timeout: 50_000)
        let job = try await service.completion(of: id)
        #expect(job.status == .failed && job.error == .timedOut(id: id.text, after: 50_000))
        let quick = try await submit("select 1", timeout: .max)
        #expect(try await service.completion(of: quick).status == .succeeded)
    }

    @Test("twenty jobs at once each give their own rows")
    func many() async throws {
        _ = try await service.register(Dataset(name: "orders", path: place.csv()))
        let service = service
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let found = try await service.rows("select {{n}}, sum(id), (select count(*) from orders) from orders", ["n": .int(Int64(number))])
                    #expect(found == [[.int(Int64(number)), .int(6), .int(3)]])
                }
            }
            try await group.waitForAll()
        }
        #expect(try await service.jobs().count == 20)
    }

    @Test("who waits can be cancelled, and the job goes on")
    func interrupt() async throws {
        let id = try await submit(endless)
        while try await service.status(of: id).status == .queued { await Task.yield() }
        let service = service
        let waiting = Task { await failure { () async throws(ServiceError) in try await service.completion(of: id) } }
        try await Task.sleep(for: .milliseconds(30))
        waiting.cancel()
        #expect(await waiting.value == .interrupted(id: id.text))
        #expect(try await service.status(of: id).status == .running)
        let late = Task { () async -> ServiceError? in
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure { () async throws(ServiceError) in try await service.completion(of: id) }
        }
        #expect(await late.value == .interrupted(id: id.text))
        try await service.cancel(id)
        #expect(try await service.completion(of: id).status == .cancelled)
    }

    @Test("many can wait for one job")
    func waiters() async throws {
        let id = try await submit(endless)
        while try await service.status(of: id).status == .queued { await Task.yield() }
        let service = service
        let waiting = (0..<50).map { _ in Task { try? await service.completion(of: id).status } }
        try await service.cancel(id)
        for task in waiting { #expect(await task.value == .cancelled) }
    }

    @Test("closing cancels what runs and waits for it")
    func close() async throws {
        let id = try await submit(endless)
        await service.close()
        #expect(try await service.status(of: id).status == .cancelled)
        let next = place.service()
        #expect(try await next.status(of: id).status == .cancelled)
        #expect(try await next.status(of: id).error == .cancelled(id: id.text))
    }

    @Test("jobs are listed newest first")
    func list() async throws {
        var ids: [JobID] = []
        for number in 0..<3 {
            ids.append(try await submit("select \(number)"))
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(try await service.jobs().map(\.id) == ids.reversed())
    }
}
