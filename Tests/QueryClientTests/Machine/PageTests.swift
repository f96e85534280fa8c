// Rows come whole, once and from the service's own origin, or not at all.
import QueryFormats
import Testing
@testable import QueryClient

@Suite struct PageTests {
    private static func reading(_ first: AnswerFacts) -> Rig {
        var rig = Rig.accepted()
        rig.want(.rows)
        rig.pass()
        rig.answer(first)
        return rig
    }

    @Test("a page that breaks off is fetched again, alone")
    func again() {
        var rig = PageTests.reading(.page(2, of: 4, next: "?page=b"))
        rig.fail(.closed(sent: true, received: 100))
        rig.pass()
        #expect(rig.calls.map { Rig.name($0.step) }.suffix(2) == ["/jobs/j1?page=b", "/jobs/j1?page=b"])
        #expect(rig.answer(.page(2, of: 4)) == ["reached end", "reached rows"])
        #expect(rig.machine.rowsRead == 4)
    }

    @Test("a page that was there already is an error, however far back", arguments: ["?page=b", "?page=c", "/jobs/j1?page=d", "", "/jobs/j1"])
    func loops(_ link: String) {
        var rig = PageTests.reading(.page(1, next: "?page=b"))
        rig.answer(.page(1, next: "?page=c"))
        rig.answer(.page(1, next: "?page=d"))
        #expect(rig.answer(.page(1, next: link)) == ["drop", "gave up"])
        #expect(rig.errors == [.badAnswer(service: "far", address: "https://service.test/", .repeatedPage(link))])
    }

    private static let references = [
        ("?page=2", "/jobs/j1?page=2"), ("next", "/jobs/next"), ("./j1/2", "/jobs/j1/2"), ("../pages/2", "/pages/2"), ("/pages/2", "/pages/2"),
        ("//service.test/pages/2", "/pages/2"), ("https://service.test/pages/2", "/pages/2"),
    ]

    @Test("a link is read from where the page was read, be it the first or a later one", arguments: references)
    func relative(_ link: String, target: String) {
        var rig = PageTests.reading(.page(1, next: link))
        #expect(rig.calls.last.map { Rig.name($0.step) } == target)

        rig = PageTests.reading(.page(1, next: "/jobs/2"))
        rig.answer(.page(1, next: link))
        #expect(rig.calls.last.map { Rig.name($0.step) } == (target.contains("j1?") ? "/jobs/2?page=2" : target))
    }

    @Test("where a redirect has led to a page, its link is read from there; so is a redirect's own")
    func relativeAfterRedirect() {
        var rig = Rig.accepted()
        rig.want(.rows)
        rig.pass()
        rig.answer(307, ["Location": "../kept/j1/"])
        #expect(rig.calls.last?.address?.target == "/kept/j1/")
        rig.answer(.page(1, next: "2"))
        #expect(rig.calls.last.map { Rig.name($0.step) } == "/kept/j1/2")
        rig.answer(302, ["Location": "?at=here"])
        #expect(rig.calls.last?.address?.target == "/kept/j1/2?at=here")
        rig.answer(.page(1, next: "3"))
        #expect(rig.calls.last.map { Rig.name($0.step) } == "/kept/j1/3")
    }

    @Test("rows that come with the answer to the submit link from there, with or without a job", arguments: [JobStep.Mode.job, .whole])
    func relativeToSubmit(mode: JobStep.Mode) {
        var rig = Rig(.toolkit, .run(saves: false, hasJobs: mode == .job))
        rig.want(.rows)
        rig.answer(mode == .job ? .page(1, next: "?page=2") : .page(1, next: "?page=2", id: nil))
        #expect(rig.calls.last.map { Rig.name($0.step) } == "/run?page=2")
    }

    @Test("rows that have come already are an error where nothing says how many there are, and rows where something does")
    func sameRows() {
        var page = AnswerFacts.page(1, next: "?page=b")
        page.fingerprint = 7
        var rig = PageTests.reading(page)
        page.next = "?page=c"
        #expect(rig.answer(page) == ["drop", "gave up"])
        #expect(rig.errors == [.badAnswer(service: "far", address: "https://service.test/", .sameRows(page: 2))])

        page = AnswerFacts.page(1, of: 2, next: "?page=b")
        page.fingerprint = 7
        rig = PageTests.reading(page)
        page.next = nil
        #expect(rig.answer(page) == ["reached end", "reached rows"])
    }

    @Test("what is wrong with rows that nobody wanted yet is told to who wants them, and then they are asked for again")
    func untold() {
        var rig = Rig.accepted()
        rig.want(.end)
        rig.pass()
        rig.answer(.page(2, of: 3))
        #expect(rig.machine.snapshot.status == .succeeded)
        rig.errors = []
        #expect(rig.want(.rows) == ["reached end", "gave up"])
        #expect(rig.errors == [.incomplete(service: "far", id: "j1", expected: 3, got: 2)])
        rig.want(.nothing)
        #expect(rig.want(.rows) == ["reached end", "send poll"])
    }

    @Test("a page elsewhere is refused", arguments: [
        "https://evil.test/", "http://service.test/?page=b", "https://service.test:444/", "//evil.test/?page=b", "file:///etc/passwd",
        "https://user@service.test/", "/?page=b\r\nX: y",
    ])
    func foreign(_ link: String) {
        let rig = PageTests.reading(.page(1, next: link))
        #expect(rig.flight == nil && rig.calls.count == 2)
        guard case .badAnswer? = rig.errors.first else {
            Issue.record("\(link) was not refused")
            return
        }
    }

    @Test("rows are counted: fewer, more and a count that changes are errors")
    func counts() {
        for (pages, expected, got) in [
            ([AnswerFacts.page(2, of: 5, next: "?page=b"), .page(2, of: 5)], 5, 4),
            ([.page(2, of: 3, next: "?page=b"), .page(2, of: 3)], 3, 4),
            ([.page(2, of: 4, next: "?page=b"), .page(2, of: 5)], 4, 5),
            ([.page(0, of: 7)], 7, 0),
        ] {
            var rig = PageTests.reading(pages[0])
            for page in pages.dropFirst() { rig.answer(page) }
            #expect(rig.errors == [.incomplete(service: "far", id: "j1", expected: expected, got: got)])
            #expect(rig.machine.rowsRead == nil)
        }
    }

    @Test("an empty page in the middle is a page")
    func emptyPage() {
        var rig = PageTests.reading(.page(2, of: 3, next: "?page=b"))
        rig.answer(.page(0, of: 3, next: "?page=c"))
        #expect(rig.answer(.page(1, of: 3)).contains("reached rows"))
    }

    @Test("a failure after good pages is a failure of all of them, and who asks again begins with the first")
    func lateFailure() {
        var rig = PageTests.reading(.page(2, of: 4, next: "?page=b"))
        var facts = AnswerFacts.job("j1", .failed)
        facts.failure = "worker lost"
        #expect(rig.answer(facts) == ["drop", "gave up"])
        #expect(rig.machine.rowsRead == nil)
        rig.want(.nothing)
        #expect(rig.want(.rows) == ["reached end", "send poll"])
    }

    @Test("an answer about another job is no answer")
    func otherJob() {
        var rig = PageTests.reading(.page(2, of: 4, next: "?page=b"))
        #expect(rig.answer(.page(2, of: 4, id: "j2")) == ["drop", "gave up"])
        #expect(rig.errors == [.badAnswer(service: "far", address: "https://service.test/", .otherJob(expected: "j1", found: "j2"))])
    }

    @Test("rows that the service no longer has are expired", arguments: [404, 410])
    func expired(_ status: Int) {
        var rig = PageTests.reading(.page(2, of: 4, next: "?page=b"))
        #expect(rig.answer(status) == ["drop", "record", "gave up"])
        #expect(rig.errors == [.expired(id: "j1")])
        #expect(rig.machine.snapshot.status == .expired)
    }

    @Test("a job that the service does not know is expired after its time, gone before it, and unknown where it never was here")
    func missing() {
        var rig = Rig.accepted()
        rig.want(.end)
        rig.pass()
        var facts = AnswerFacts.job("j1", .running)
        facts.expires = Rig.epoch + 1_000
        rig.answer(facts)
        rig.pass()
        #expect(rig.answer(404) == ["drop", "record", "reached end"])
        #expect(rig.machine.snapshot.status == .expired)

        rig = Rig.accepted()
        rig.want(.end)
        rig.pass()
        rig.answer(404)
        #expect(rig.machine.snapshot.error == .jobGone(service: "far", id: "j1"))

        rig = Rig(.polytomic, .attach(isOurs: false))
        rig.want(.end)
        rig.answer(404)
        #expect(rig.errors == [.unknownJob(id: "job_key")])
    }

    @Test("whether a result is over is a matter of the service's clock", arguments: [(-1_000, JobStatus.unknown), (1_000, .expired)] as [(Int64, JobStatus)])
    func serviceClock(seconds: Int64, status: JobStatus) {
        var rig = Rig.accepted()
        rig.want(.end)
        rig.pass()
        var facts = AnswerFacts.job("j1", .running)
        facts.expires = Rig.epoch + 500_000_000
        rig.answer(facts)
        rig.pass()
        let date = seconds < 0 ? "Wed, 31 Dec 2025 23:43:20 GMT" : "Thu, 01 Jan 2026 00:16:40 GMT"
        rig.answer(404, ["Date": date])
        #expect(rig.machine.snapshot.status == status)
    }

    @Test("more pages than there can be are too many")
    func tooMany() {
        var rig = Rig(.polytomic, .attach(isOurs: true), pageLimit: 50)
        rig.want(.rows)
        var page = 0
        while rig.flight != nil {
            page += 1
            rig.answer(.page(1, next: "?page=\(page)", id: "job_key"))
        }
        #expect(page == 50)
        #expect(rig.errors == [.badAnswer(service: "far", address: "https://service.test/", .tooManyPages(50))])
    }
}
