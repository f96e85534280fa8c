// What goes before a job: saving its text, finding out what the service can do; deadlines and cancelling.
import QueryFormats
import Testing
@testable import QueryClient

@Suite struct SubmissionTests {
    @Test("a service whose jobs are not known of is asked for them first, so that nothing is run twice")
    func probing() {
        var rig = Rig(.toolkit, .run(saves: true, hasJobs: nil))
        #expect(rig.want(.acceptance) == ["send probe"])
        #expect(rig.answer(404) == ["has jobs", "send save"])
        var saved = AnswerFacts()
        saved.query = "qry_1"
        #expect(rig.answer(saved) == ["saved qry_1", "send submit"])
        #expect(rig.answer(202, [:], .job("j1", .queued)).contains("reached acceptance"))
    }

    @Test("a service without jobs runs within one request, which is a job from its beginning")
    func withoutJobs() {
        var rig = Rig(.toolkit, .run(saves: false, hasJobs: nil))
        rig.want(.acceptance)
        #expect(rig.answer(501) == ["has no jobs", "notice", "record", "reached acceptance", "send whole"])
        #expect(rig.machine.snapshot.status == .running)
        #expect(rig.want(.news) == ["reached news"])
        #expect(rig.want(.rows) == ["reached news"])
        var facts = AnswerFacts.page(3, of: 3)
        facts.id = nil
        #expect(rig.answer(facts) == ["record", "reached acceptance", "reached end", "reached end", "reached rows"])
        #expect(rig.machine.snapshot.id == JobID("job_key"))
    }

    @Test("a service that refuses to run asynchronously is asked to run at once; it has not run anything by then")
    func refusesJobs() {
        var rig = Rig(.toolkit)
        rig.want(.acceptance)
        #expect(rig.answer(501) == ["has no jobs", "notice", "record", "reached acceptance", "send whole"])
    }

    @Test("what fails within one request fails as a job does")
    func wholeFailure() {
        var rig = Rig(.toolkit, .run(saves: false, hasJobs: false))
        rig.want(.acceptance)
        rig.want(.end)
        #expect(rig.fail(.closed(sent: true, received: 0)) == ["record", "reached end"])
        #expect(rig.machine.snapshot.status == .unknown)
        rig = Rig(.toolkit, .run(saves: false, hasJobs: false))
        rig.want(.rows)
        var facts = AnswerFacts.page(2, of: 3)
        facts.id = nil
        #expect(rig.answer(facts).suffix(2) == ["record", "gave up"])
        #expect(rig.machine.snapshot.status == .failed)
        rig.want(.nothing)
        #expect(rig.want(.rows) == ["reached end", "gave up"])
    }

    @Test("a service that cannot save is told from one that cannot be reached")
    func saving() {
        var rig = Rig(.toolkit, .run(saves: true, hasJobs: true))
        rig.want(.acceptance)
        rig.answer(501)
        #expect(rig.errors == [.notImplemented(service: "far", .text)])
        rig = Rig(.toolkit, .save)
        rig.want(.acceptance)
        rig.answer(501)
        #expect(rig.errors == [.notImplemented(service: "far", .save)])
        rig = Rig(.toolkit, .save)
        rig.want(.acceptance)
        var saved = AnswerFacts()
        saved.query = "qry_1"
        #expect(rig.answer(saved) == ["saved qry_1", "reached acceptance"])
    }

    @Test("a submit that is answered without an id has an unknown outcome")
    func noID() {
        var rig = Rig()
        rig.want(.acceptance)
        rig.answer(.job(nil, .queued))
        guard case .outcomeUnknown(_, _, .badAnswer)? = rig.errors.first else {
            Issue.record("\(rig.errors)")
            return
        }
    }

    @Test("the time a run allows ends the waiting, not the job; requests do not outlast it")
    func deadline() {
        var rig = Rig.accepted(allowed: 3_000_000, poll: 2_000_000)
        rig.want(.end)
        rig.pass()
        #expect((rig.calls.last?.limits.whole ?? .zero) <= .seconds(3))
        rig.answer(.job("j1", .running))
        rig.pass()
        #expect(rig.now == 3_000_000)
        #expect(rig.errors == [.overdue(service: "far", id: "j1", after: 3_000_000)])
        #expect(rig.machine.snapshot.status == .running)
        rig.want(.nothing)
        #expect(rig.want(.end) == ["gave up"])
        rig.want(.nothing)
        rig.now = 60_000_000
        #expect(rig.want(.news) == ["send poll"])
        #expect(rig.answer(503) == ["notice"])
        rig.pass()
        #expect(rig.answer(.job("j1", .running)).contains("reached news"))
    }

    @Test("pages take the time they need, once the job has ended in time")
    func pagesAfterDeadline() {
        var rig = Rig.accepted(allowed: 3_000_000)
        rig.want(.rows)
        rig.pass()
        rig.answer(.page(1, of: 2, next: "?page=b"))
        rig.now = 9_000_000
        #expect(rig.answer(.page(1, of: 2)) == ["reached end", "reached rows"])
    }

    @Test("a job is cancelled before it is sent, and where it lives in one request; neither service stops another")
    func cancelling() {
        var rig = Rig(.toolkit, .run(saves: true, hasJobs: nil))
        rig.want(.acceptance)
        #expect(rig.tell(.cancel) == ["abort", "record", "reached end"])
        #expect(rig.machine.snapshot.status == .cancelled)

        rig = Rig()
        rig.want(.acceptance)
        rig.fail(.connect(reason: "refused"))
        #expect(rig.tell(.cancel) == ["record", "reached end"])

        rig = Rig()
        rig.want(.acceptance)
        #expect(rig.tell(.cancel) == ["cannot cancel"])
        #expect(rig.answer(.job("j1", .queued)).contains("reached acceptance"))
        #expect(rig.tell(.cancel) == ["cannot cancel"])

        rig = Rig(.toolkit, .run(saves: false, hasJobs: false))
        rig.want(.end)
        #expect(rig.tell(.cancel) == ["abort", "record", "reached end"])
        #expect(rig.answer(.page(1)) == [])
    }

    @Test("a request that cannot be made is no try")
    func unsent() {
        var rig = Rig()
        rig.want(.acceptance)
        let error = ServiceError.noCredential(service: "far", looked: "the environment", .noVariable)
        #expect(rig.tell(.unsent(1, error)) == ["record", "gave up"])
        #expect(rig.errors == [error])
        #expect(rig.machine.snapshot.status == .failed)
    }
}
