// What is tried again, how often and after which wait; and what is not.
import QueryFormats
import Testing
@testable import QueryClient

@Suite struct RetryTests {
    private static func polling() -> Rig {
        var rig = Rig.accepted()
        rig.want(.end)
        rig.pass()
        return rig
    }

    @Test("a look at a job is tried again after these statuses", arguments: [408, 425, 429, 500, 502, 503, 504])
    func passing(_ status: Int) {
        var rig = RetryTests.polling()
        #expect(rig.answer(status) == ["notice"])
        #expect(rig.machine.due != nil)
    }

    @Test("and after no others", arguments: [400, 403, 404, 405, 409, 410, 413, 414, 415, 422, 501, 505])
    func final(_ status: Int) {
        var rig = RetryTests.polling()
        rig.answer(status)
        #expect(rig.machine.due == nil && rig.flight == nil)
        #expect(rig.errors.count == 1 || rig.machine.snapshot.status.isTerminal)
    }

    @Test("five tries without an answer are enough, each wait at most twice as long as the one before, and the job is left alone")
    func bounded() {
        var rig = RetryTests.polling()
        var limit: Int64 = 500_000
        for _ in 0..<4 {
            #expect(rig.fail(.closed(sent: true, received: 10)) == ["notice"])
            let wait = rig.pass() ?? -1
            #expect(wait >= 0 && wait <= limit)
            limit *= 2
        }
        #expect(rig.fail(.closed(sent: true, received: 10)) == ["drop", "gave up"])
        #expect(rig.errors == [.unreachable(service: "far", address: "https://service.test/", .closed(sent: true, received: 10))])
        #expect(rig.machine.snapshot.status == .queued)
        #expect(rig.want(.nothing) == ["reached acceptance"])
        #expect(rig.want(.end) == ["send poll"])
    }

    @Test("an answer ends the count of failures")
    func progress() {
        var rig = RetryTests.polling()
        for _ in 0..<20 {
            rig.fail(.timeout)
            rig.pass()
            rig.answer(.job("j1", .running))
            rig.pass()
        }
        #expect(rig.errors.isEmpty)
    }

    @Test("faults that time does not mend are not tried again", arguments: [
        HTTPFault.unknownHost("h"), .tls(reason: "expired"), .malformed(reason: "x"), .tooLarge(limit: 1, inflated: true),
        .unknownEncoding("br"), .insecure(Rig.base.origin),
    ])
    func lasting(_ fault: HTTPFault) {
        var rig = RetryTests.polling()
        #expect(rig.fail(fault) == ["drop", "gave up"])
    }

    @Test("a submit goes out again only where it surely was not received, or bears a key", arguments: [
        (HTTPFault.connect(reason: "refused"), true), (.connectTimeout, true), (.nameService(host: "h"), true), (.closed(sent: false, received: 0), true),
        (.closed(sent: true, received: 0), false), (.firstByteTimeout, false), (.timeout, false), (.tooSlow(bytesPerSecond: 1), false),
    ] as [(HTTPFault, Bool)])
    func submits(_ fault: HTTPFault, isUnsent: Bool) {
        var keyed = Rig(.polytomic)
        keyed.want(.acceptance)
        #expect(keyed.fail(fault) == ["notice"])

        var rig = Rig(.toolkit)
        rig.want(.acceptance)
        if isUnsent {
            #expect(rig.fail(fault) == ["notice"])
        } else {
            #expect(rig.fail(fault) == ["record", "gave up"])
            let cause = ServiceError.unreachable(service: "far", address: "https://service.test/", fault)
            #expect(rig.errors == [.outcomeUnknown(service: "far", key: "job_key", because: cause)])
            #expect(rig.machine.snapshot.status == .unknown)
        }
    }

    @Test("a request that this side has ended is no news of the job, but for a submit without a key")
    func ended() {
        var rig = RetryTests.polling()
        #expect(rig.fail(.cancelled) == ["gave up"])
        #expect(rig.errors == [.interrupted(id: "j1")] && rig.machine.snapshot.status == .queued)
        rig = Rig()
        rig.want(.acceptance)
        #expect(rig.fail(.cancelled) == ["gave up"])
        #expect(rig.machine.snapshot.status == .queued)
        rig = Rig(.toolkit)
        rig.want(.acceptance)
        #expect(rig.fail(.cancelled) == ["record", "gave up"])
        #expect(rig.machine.snapshot.status == .unknown)
    }

    @Test("a submit without a key is not repeated after an error of the service, but after being told to wait")
    func submitStatuses() {
        var rig = Rig(.toolkit)
        rig.want(.acceptance)
        #expect(rig.answer(503) == ["record", "gave up"])
        rig = Rig(.toolkit)
        rig.want(.acceptance)
        #expect(rig.answer(429) == ["notice"])
        rig.pass()
        #expect(rig.calls.map { Rig.name($0.step) } == ["submit", "submit"])
    }

    @Test("what a service refuses is its answer, with its message")
    func refusals() {
        var rig = Rig()
        rig.want(.acceptance)
        #expect(rig.answer(422, [:], .saying("no such column")) == ["record", "gave up"])
        #expect(rig.errors == [.refusedByService(service: "far", status: 422, message: "no such column")])
        #expect(rig.machine.snapshot.status == .failed)
    }

    @Test("Retry-After is the least wait, in seconds or as a date beside the answer's own", arguments: [
        (["Retry-After": "12"], 12), (["Retry-After": "Thu, 01 Jan 2026 00:00:30 GMT", "Date": "Thu, 01 Jan 2026 00:00:10 GMT"], 20),
        (["Retry-After": "Wed, 31 Dec 2025 23:00:00 GMT", "Date": "Thu, 01 Jan 2026 00:00:10 GMT"], 0),
        (["Retry-After": "soon"], 0), (["Retry-After": "-5"], 0), (["Retry-After": "99999999999999999999"], 0), (["Retry-After": "1000000000"], 0),
    ] as [([String: String], Int64)])
    func retryAfter(_ headers: [String: String], seconds: Int64) {
        var rig = RetryTests.polling()
        rig.answer(429, headers)
        let wait = rig.pass() ?? -1
        #expect(wait >= seconds * 1_000_000 && wait <= max(seconds, 1) * 1_000_000)
    }

    @Test("a wait beyond the deadline, or of hours, is an error at once")
    func tooLong() {
        var rig = Rig.accepted(allowed: 10_000_000)
        rig.want(.end)
        rig.pass()
        #expect(rig.answer(503, ["Retry-After": "11"]) == ["drop", "gave up"])
        #expect(rig.errors == [.rateLimited(service: "far", address: "https://service.test/", after: 11_000_000)])
        rig = RetryTests.polling()
        #expect(rig.answer(429, ["Retry-After": "7200"]) == ["drop", "gave up"])
    }

    @Test("a refused credential is read again once; then the job is left alone")
    func credentials() {
        var rig = RetryTests.polling()
        #expect(rig.answer(401) == ["send poll anew"])
        #expect(rig.answer(401, [:], .saying("revoked")) == ["drop", "gave up"])
        #expect(rig.errors == [.unauthorized(
            service: "far", address: "https://service.test/", status: 401, looked: "the environment", message: "revoked")])
        #expect(rig.machine.snapshot.id == JobID("j1"))
        rig = RetryTests.polling()
        #expect(rig.answer(403) == ["drop", "gave up"])
    }

    @Test("redirects are followed within the origin, five times, and never by a submit")
    func redirects() {
        var rig = RetryTests.polling()
        for hop in 1...5 { #expect(rig.answer(307, ["Location": "/hop\(hop)"]) == ["send poll to /hop\(hop)"]) }
        #expect(rig.answer(302, ["Location": "/hop6"]) == ["drop", "gave up"])
        for target in ["https://evil.test/", "http://service.test/", "https://service.test:8443/", "//evil.test/x"] {
            rig = RetryTests.polling()
            #expect(rig.answer(302, ["Location": target]) == ["drop", "gave up"])
            guard case .redirected? = rig.errors.first else { Issue.record("\(target) was not refused"); continue }
        }
        rig = Rig()
        rig.want(.acceptance)
        #expect(rig.answer(307, ["Location": "/elsewhere"]) == ["record", "gave up"])
    }

    @Test("an answer that broke off is asked for again, one that is something else is not")
    func damage() {
        var rig = RetryTests.polling()
        #expect(rig.answer(200, [:], .failure(.damaged(.incomplete(offset: 9)))) == ["notice"])
        rig.pass()
        #expect(rig.answer(200, [:], .failure(.notJSON(type: "text/html", beginning: "<html>"))) == ["drop", "gave up"])
        rig = RetryTests.polling()
        #expect(rig.answer(200, [:], .failure(.damaged(.memory(row: 3, limit: 5)))) == ["drop", "gave up"])
        #expect(rig.errors == [.memory(limit: 5)])
    }

    @Test("jobs that fail together soon stop asking, and good answers earn them tries again")
    func bucket() {
        var bucket = RetryBucket()
        var sent = 0
        for seed in 0..<200 as Range<UInt64> {
            var rig = Rig(.polytomic, .attach(isOurs: true), seed: seed)
            rig.bucket = bucket
            rig.want(.end)
            while rig.flight != nil {
                sent += 1
                rig.answer(503)
                rig.pass()
            }
            #expect(rig.errors.count == 1)
            bucket = rig.bucket
        }
        // 100 tries more than the 200 that everybody has.
        #expect(sent == 300)
        #expect(bucket.tokens < 5)
    }
}
