// A job from its submission to its last row, where nothing goes wrong; and when it is asked for.
import QueryFormats
import Testing
@testable import QueryClient

@Suite struct FollowingTests {
    @Test("a job is submitted, looked at until it has ended, and its pages are read in order")
    func whole() {
        var rig = Rig()
        #expect(rig.want(.acceptance) == ["send submit"])
        #expect(rig.answer(.job("j1", .queued)) == ["record", "reached acceptance", "drop", "reached acceptance"])
        #expect(rig.machine.snapshot.id == JobID("j1"))
        #expect(rig.want(.rows) == [])
        rig.pass()
        #expect(rig.answer(.job("j1", .running)) == ["record", "drop", "reached news"])
        rig.pass()
        #expect(rig.answer(.page(2, of: 5, next: "/api/queries/j1?page=b")) == ["record", "reached end", "reached end", "send /api/queries/j1?page=b"])
        #expect(rig.answer(.page(2, of: 5, next: "/api/queries/j1?page=c")) == ["reached end", "send /api/queries/j1?page=c"])
        #expect(rig.answer(.page(1, of: 5)) == ["reached end", "reached rows"])
        #expect(rig.machine.snapshot.rows == 5)
        #expect(rig.machine.snapshot.status == .succeeded)
        #expect(rig.machine.due == nil)
    }

    @Test("a job that nobody waits for is not asked for, and rows that nobody wants are not fetched")
    func idle() {
        var rig = Rig.accepted()
        #expect(rig.want(.nothing) == ["reached acceptance"])
        #expect(rig.machine.due == nil)
        rig.want(.end)
        rig.pass()
        #expect(rig.answer(.page(1, of: 2, next: "?page=b")) == ["record", "reached end", "reached end"])
        #expect(rig.want(.nothing) == ["reached end"])
        #expect(rig.want(.rows) == ["reached end", "send /jobs/j1?page=b"])
    }

    @Test("who asks how a job stands is answered from memory until the next look is due")
    func news() {
        var rig = Rig.accepted(poll: 1_000_000)
        #expect(rig.want(.news) == ["reached news"])
        rig.want(.nothing)
        rig.now = 1_300_000
        #expect(rig.want(.news) == ["send poll"])
        #expect(rig.answer(.job("j1", .running)) == ["record", "drop", "reached news", "reached news"])
    }

    @Test("who stops waiting ends the request, and who waits again goes on where it was")
    func leaving() {
        var rig = Rig.accepted()
        rig.want(.rows)
        rig.pass()
        rig.answer(.page(1, of: 2, next: "?page=b"))
        #expect(rig.want(.nothing) == ["abort"])
        // The answer that was on its way is nobody's.
        #expect(rig.answer(.page(1, of: 2)) == [])
        #expect(rig.want(.rows) == ["reached end", "send /jobs/j1?page=b"])
        #expect(rig.answer(.page(1, of: 2)) == ["reached end", "reached rows"])
    }

    @Test("a submit goes on though nobody waits, so that its job is known")
    func submitGoesOn() {
        var rig = Rig()
        rig.want(.acceptance)
        #expect(rig.want(.nothing) == [])
        #expect(rig.answer(.job("j1", .queued)).contains("record"))
        #expect(rig.machine.snapshot.id == JobID("j1"))
    }

    @Test("Toolkit is asked every two seconds and, after thirty, ever more rarely, down to once a minute")
    func toolkitIntervals() {
        var rig = Rig.accepted(.toolkit)
        rig.want(.end)
        var waits: [Int64] = []
        for _ in 0..<24 {
            waits.append((rig.pass() ?? -1) / 1_000_000)
            rig.answer(.job("j1", .running))
        }
        #expect(waits == Array(repeating: 2, count: 16) + [4, 8, 16, 32, 60, 60, 60, 60])
    }

    @Test("Polytomic is asked soon and then every five seconds, give or take a fifth", arguments: [1, 2, 3] as [UInt64])
    func polytomicIntervals(_ seed: UInt64) {
        var rig = Rig.accepted(seed: seed)
        rig.want(.end)
        var expected = 100_000.0
        for _ in 0..<20 {
            let wait = Double(rig.pass() ?? -1)
            #expect(wait >= expected * 0.79 && wait <= expected * 1.21)
            rig.answer(.job("j1", .running))
            expected = min(expected * 1.5, 5_000_000)
        }
    }

    @Test("a service that says when to ask again, with a good answer, is obeyed", arguments: [200, 202])
    func floor(_ status: Int) {
        var rig = Rig.accepted()
        rig.want(.end)
        rig.pass()
        rig.answer(status, ["Retry-After": "7"], .job("j1", .running))
        #expect(rig.pass() == 7_000_000)
    }

    @Test("a state by an unknown name, or by none, is running, and said once", arguments: ["PAUSED", "7", nil])
    func unknownStates(_ word: String?) {
        var rig = Rig.accepted()
        rig.want(.end)
        for _ in 0..<3 {
            rig.pass()
            var facts = AnswerFacts()
            facts.id = "j1"
            facts.state = word.map { .other($0) }
            rig.answer(facts)
        }
        #expect(rig.machine.snapshot.status == .running)
        #expect(rig.notices == [.unknownStatus(service: "far", job: "j1", word: word)])
    }

    @Test("a job that failed, or whose result was lost, ends with the reason and without rows")
    func failures() {
        var rig = Rig.accepted()
        rig.want(.rows)
        rig.pass()
        var facts = AnswerFacts.job("j1", .failed)
        facts.failure = "no such table"
        #expect(rig.answer(facts) == ["record", "reached end", "drop", "gave up"])
        #expect(rig.errors == [.queryFailed(message: "no such table", text: "", offset: nil)])

        rig = Rig.accepted()
        rig.want(.end)
        rig.pass()
        #expect(rig.answer(.job("j1", .unknown)) == ["record", "reached end", "drop"])
        #expect(rig.machine.snapshot.error == .resultLost(service: "far", id: "j1"))
    }

    @Test("Toolkit's results are kept for a day after the job has ended")
    func retention() {
        var rig = Rig.accepted(.toolkit)
        rig.want(.end)
        rig.pass()
        var facts = AnswerFacts.page(0)
        facts.completed = Rig.epoch
        rig.answer(facts)
        #expect(rig.machine.snapshot.expires == Rig.epoch + 86_400_000_000)
    }

    @Test("a job of an earlier session is asked for at once; its rows too, where it is known to have succeeded")
    func attaching() {
        var rig = Rig(.polytomic, .attach(isOurs: true))
        #expect(rig.want(.news) == ["send poll"])
        rig = Rig(.polytomic, .attach(isOurs: true), status: .succeeded)
        #expect(rig.want(.end) == ["reached end"])
        #expect(rig.want(.rows) == ["reached end", "send poll"])
        #expect(rig.answer(.page(1, of: 1, id: "job_key")) == ["record", "reached end", "reached end", "reached rows"])
    }
}
