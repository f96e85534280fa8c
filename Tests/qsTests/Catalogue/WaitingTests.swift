import FaultServer
import QueryClient
import QueryFrames
import Synchronization
import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What depends on clocks, with one that goes on as far as is waited for (N9 to N13, N29, N39).
@Suite("The catalogue: time", .serialized)
struct WaitingTests {
    private let folder: ScratchFolder
    private let server: FaultServer
    private let clock: JumpingClock

    init() throws {
        folder = try ScratchFolder()
        server = try FaultServer()
        clock = JumpingClock()
        try Seen.prepare(folder)
    }

    private func run(_ flow: Flow = .polytomic, clock: JumpingClock? = nil) async throws -> Seen {
        try await ClockedSession(folder: folder, clock: clock ?? self.clock).run(server, flow)
    }

    private func check(_ seen: Seen, _ error: String?, _ words: [String], requests: Int) {
        seen.check((error, words, requests...requests), in: folder, requests: server.asked)
    }

    private static let date = "Thu, 01 Jan 2026 00:00:00 GMT"

    @Test("N9: a Retry-After is waited for by the service's own clock, and one that says nothing is ignored", arguments: [
        ("2", 2), ("Thu, 01 Jan 2026 00:00:40 GMT", 40), ("Wed, 31 Dec 2025 23:00:00 GMT", 0), ("1000000000", 0), ("soon", 0), ("-5", 0), ("NaN", 0), ("", 0),
    ] as [(String, Int64)], [-86_400, 0, 86_400] as [Int64])
    func retryAfter(_ given: (value: String, seconds: Int64), skew: Int64) async throws {
        for (status, step) in [(429, Step.submit), (503, .poll), (429, .page)] {
            server.play(.polytomic)
            server.on(step.pattern, .status(status, headers: [("Retry-After", given.value), ("Date", WaitingTests.date)]), step.answer)
            let before = server.requests.count
            let clock = JumpingClock(skew: skew * 1_000_000)
            let seen = try await run(clock: clock)
            #expect(seen.status == 0, "\(seen.error)")
            #expect(server.requests.count - before == 4)
            // Beside it there is the first look at the job, after 80 to 120 ms, and at most a second of a wait without a Retry-After.
            let waited = clock.now.steady
            #expect(waited >= given.seconds * 1_000_000 && waited <= max(given.seconds, 1) * 1_000_000 + 120_000, "\(waited)")
        }
    }

    @Test("N9: who is to wait longer than the run may take hears it at once", arguments: [Step.submit, .poll, .run, .look])
    func tooLong(step: Step) async throws {
        server.play(step.flow)
        server.on(step.pattern, .status(429, headers: [("Retry-After", "601")]))
        check(try await run(step.flow), "unavailable", ["it wants to be asked again in 10m1s"], requests: step.requestsBefore + 1)
    }

    @Test("N11: a service that is down is asked little more often than there are jobs, and then no more than that")
    func storm() async throws {
        let jobs = 200
        try folder.write(Seen.scriptName, """
            let all = []
            for n in 1..\(jobs) { all = all + [(run "select 1")] }
            for round in 1..2 {
                let failed = 0
                for j in all { try { wait j } catch e { assert e.code == "unavailable"; failed = failed + 1 } }
                print failed
                warn "round"
            }
            """)
        let submits = Mutex(0)
        server.on("POST /api/connections/c1/query") { _ in
            let number = submits.withLock { count in
                count += 1
                return count
            }
            return .json(#"{"data":{"id":"q-\#(number)","status":"created"}}"#)
        }
        server.on("GET /api/queries/*", .status(503))
        let seen = try await run()
        #expect(seen.output == "\(jobs)\n\(jobs)\n", "\(seen.error)")
        // 500 tokens pay for 100 tries more, and then everybody has one.
        #expect(server.requests("POST /api/connections/c1/query").count == jobs)
        #expect(server.requests("GET /api/queries/*").count == 2 * jobs + 100)
        seen.checkSecrecy(in: folder)
    }

    @Test("N12: a service that fails a third of its requests gives every row, once and in order", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func flaky(seed: UInt64) async throws {
        let random = Mutex(SeededNumbers(seed: seed))
        let fails: @Sendable () -> Bool = { random.withLock { Int.random(in: 0..<10, using: &$0) < 3 } }
        // Never more than three failures in a row, since a fifth one is the last.
        let inRow = Mutex(0)
        let answer: @Sendable (String) -> Answer = { text in
            let isDown = fails() && inRow.withLock { $0 < 3 }
            inRow.withLock { $0 = isDown ? $0 + 1 : 0 }
            return isDown ? .status(503) : .json(text)
        }
        server.on(Step.submit.pattern) { _ in answer(Step.submit.text) }
        let pages = 12
        server.on("GET /api/queries/q-1") { request in
            let page = request.query.flatMap { Int($0.dropFirst(5)) } ?? 0
            let link = page + 1 < pages ? "\"/api/queries/q-1?page=\(page + 1)\"" : "null"
            return answer(Step.page.pageText("{\"n\":\(page)}", count: pages, fields: #"["n"]"#, link: link))
        }
        let seen = try await run()
        let rows = "n\n" + (0..<pages).map { "\($0)\n" }.joined()
        seen.check((nil, [], (pages + 2)...200), rows: rows, in: folder, requests: server.asked)
    }

    @Test("N13: a key that was replaced while a job runs is read again, and the job goes on", arguments: [Step.submit, .poll, .page])
    func rotated(step: Step) async throws {
        server.play(.polytomic)
        let (folder, other) = (folder, "another-\(Canary.token)")
        server.on(step.pattern) { request in
            if request["Authorization"] == "Bearer \(other)" { return step.answer }
            do { try folder.write("token", other) } catch { return .status(500) }
            return .status(401)
        }
        check(try await run(), nil, [], requests: 4)
    }

    @Test("N13: a job whose key was refused is found again with another one", arguments: [Step.poll, .page])
    func resumed(step: Step) async throws {
        server.play(.polytomic)
        server.on(step.pattern, .status(401))
        // Jobs that have ended long ago are not written down any more.
        let clock = JumpingClock(skew: Int64(time(nil)) * 1_000_000 - JumpingClock.epoch)
        check(try await run(clock: clock), "unauthorized", ["does not accept the credential"], requests: step.requestsBefore + 2)
        try Seen.prepare(folder, #"attach "q-1" on far"#)
        server.play(.polytomic)
        let before = server.requests.count
        let seen = try await run(clock: clock)
        seen.check((nil, [], (before + 2)...(before + 2)), in: folder, requests: server.asked)
        #expect(server.requests(Step.submit.pattern).count == 1)
    }

    @Test("N1: a job whose submit was never answered is submitted again by whoever attaches to it, under its key")
    func unanswered() async throws {
        server.play(.polytomic)
        server.on(Step.submit.pattern, .ended(by: .reset))
        let clock = JumpingClock(skew: Int64(time(nil)) * 1_000_000 - JumpingClock.epoch)
        let first = try await run(clock: clock)
        first.check(("unavailable", ["it is unknown whether `far` has taken the job"], 5...5), in: folder, requests: server.asked)
        let key = try #require(first.error.split(separator: " ").last { $0.hasPrefix("job_") }?.prefix { !$0.isWhitespace })
        server.play(.polytomic)
        try Seen.prepare(folder, "attach \"\(key)\" on far")
        check(try await run(clock: clock), nil, [], requests: 8)
        #expect(Set(server.requests(Step.submit.pattern).map { $0["Idempotency-Key"] }) == [String(key)])
    }

    @Test(
        "N29: whether a result is over is told by the service's clock, however far the one here is off",
        arguments: [-86_400, 0, 86_400] as [Int64], [59, 61])
    func expiry(skew: Int64, seconds: Int) async throws {
        server.play(.polytomic)
        let date = seconds < 60 ? "Thu, 01 Jan 2026 00:00:59 GMT" : "Thu, 01 Jan 2026 00:01:01 GMT"
        server.on(
            Step.poll.pattern,
            .json(#"{"data":{"id":"q-1","status":"running","expires":"2026-01-01T00:01:00Z"}}"#, headers: [("Date", WaitingTests.date)]),
            .status(404, headers: [("Date", date)]))
        let words = seconds < 60 ? "no longer knows the job q-1" : "the result of the job q-1 is no longer kept"
        check(try await run(clock: JumpingClock(skew: skew * 1_000_000)), "expired", [words], requests: 3)
    }

    @Test("N29: a clock that is set back or forward while a job is waited for changes nothing", arguments: [-86_400, 86_400] as [Int64])
    func set(seconds: Int64) async throws {
        server.play(.polytomic)
        let clock = clock
        server.on(Step.poll.pattern) { _ in
            clock.jump(wall: seconds * 1_000_000)
            return clock.now.steady < 30_000_000 ? .json(#"{"data":{"id":"q-1","status":"running"}}"#) : Step.poll.answer
        }
        let seen = try await run()
        // From 0.1 s on, half as much again up to 5 s: 9 waits make 7 s, and 5 more 30 s.
        seen.check((nil, [], 12...24), in: folder, requests: server.asked)
    }

    @Test("N39: a machine that has slept for an hour finds the job done, or says that its time is over")
    func slept() async throws {
        let clock = clock
        for (limit, error) in [("2h", nil), ("10m", "timeout")] as [(String, String?)] {
            try Seen.prepare(folder, "run \"select 1\" timeout \(limit)")
            server.play(.polytomic)
            let looks = Mutex(0)
            server.on(Step.poll.pattern) { _ in
                let number = looks.withLock { count in
                    count += 1
                    return count
                }
                if number == 2 { clock.jump(steady: 3_600_000_000, wall: 3_600_000_000) }
                return number < 3 ? .json(#"{"data":{"id":"q-1","status":"running"}}"#) : Step.poll.answer
            }
            let before = server.requests.count, requests = before + (error == nil ? 5 : 3)
            check(try await run(), error, error == nil ? [] : ["takes longer than 10m"], requests: requests)
        }
    }
}
