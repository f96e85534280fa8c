// Cancelling: from another thread, at any time, whatever the statement is doing.
import QueryEngines
import QueryFrames
import Synchronization
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct CancellationTests {
    private static let many: Frame = ints("i", (0..<4).map { batch in (0..<65_536).map { Int64($0 * 7919 % 65_536 + batch) } })
    private static let endless = "with recursive n(i) as (select 1 union all select i + 1 from n)"

    static let texts = [
        "\(endless) select count(*) from n",
        "\(endless) select i from n",
        "select count(*) from x a, x b",
        "select a.i from x a, x b where a.i + b.i < 0",
        "select count(*) from x a, x b where a.i = b.i + 0.5",
        "select count(distinct a.i + b.i) from x a, x b",
        "\(endless) select count(*) from (select i from n limit 9000000000000000000 offset 1) order by 1",
    ]

    @Test("a cancelled run ends at once, whatever it was doing", .timeLimit(.minutes(15)), arguments: texts)
    func cancels(_ text: String) async throws {
        let run = SQLiteEngine().prepare(EngineStatement(text: text)) { _ in .frame(CancellationTests.many) }
        // Threads of their own run it, cancel it and tell the time, as this task may wait for a thread of the tests.
        let asked = Mutex<ContinuousClock.Instant?>(nil)
        let (error, time) = await onThread {
            startThread {
                usleep(150_000)
                asked.withLock { $0 = .now }
                run.cancel()
            }
            return (failure { () throws(EngineError) in try run.run() }, ContinuousClock.now)
        }
        guard case .cancelled = error else {
            Issue.record("it was not cancelled")
            return
        }
        #expect(try #require(asked.withLock { $0 }).duration(to: time) < .seconds(2))
    }

    @Test("a run that is cancelled before it starts never starts")
    func before() {
        let run = SQLiteEngine().prepare(EngineStatement(text: "select 1")) { _ in nil }
        run.cancel()
        guard case .cancelled = failure({ () throws(EngineError) in try run.run() }) else {
            Issue.record("ran")
            return
        }
    }

    @Test("cancelling while a table is brought ends the run when the bringer is done")
    func setUp() {
        let box = Mutex<(any EngineRun)?>(nil)
        let run = SQLiteEngine().prepare(EngineStatement(text: "select * from x")) { _ in
            box.withLock { $0 }?.cancel()
            return .frame(CancellationTests.many)
        }
        box.withLock { $0 = run }
        guard case .cancelled = failure({ () throws(EngineError) in try run.run() }) else {
            Issue.record("ran")
            return
        }
    }

    @Test("cancelling a run that has ended does nothing, at any moment")
    func after() async throws {
        for round in 0..<50 {
            let run = SQLiteEngine().prepare(EngineStatement(text: "select i from x limit 5000")) { _ in .frame(CancellationTests.many) }
            async let ended: Void = onThread { _ = try? run.run() }
            try await Task.sleep(for: .microseconds(round * 50))
            run.cancel()
            await ended
            run.cancel()
        }
    }

    @Test("rows are counted while they come")
    func progress() throws {
        let run = SQLiteEngine().prepare(EngineStatement(text: "select i from x")) { _ in .frame(CancellationTests.many) }
        #expect(run.rowsSoFar == 0)
        _ = try run.run()
        #expect(run.rowsSoFar == 4 * 65_536)
    }
}
