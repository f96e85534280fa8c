// What answers say, read as leniently as services write it; and what of it is shown.
import QueryFrames
import Testing
@testable import QueryClient

@Suite struct AnswerMembersTests {
    private static func service(_ kind: ServiceKind) -> ServiceDescription { ServiceDescription(name: "far", kind: kind, url: Rig.base) }

    private func facts(_ kind: ServiceKind, _ text: String) -> AnswerFacts? {
        guard let members = AnswerMembers(text) else { return nil }
        let service = AnswerMembersTests.service(kind)
        return kind == .toolkit ? ToolkitAPI(service).facts(members, .poll) : PolytomicAPI(service).facts(members, .poll)
    }

    @Test("every member of Polytomic's may be missing or null", arguments: [
        "{}", #"{"data":null}"#, #"{"data":{}}"#, #"{"data":{"id":null,"status":null,"count":null,"error":"","expires":null},"links":null}"#,
        #"{"data":{},"links":{"next":null}}"#, #"{"data":{"count":"many","expires":"soon"},"links":{"next":""}}"#, #"{"data":[]}"#,
    ])
    func missing(_ text: String) { #expect(facts(.polytomic, text) == AnswerFacts()) }

    @Test("Polytomic's members, and words and numbers in other clothes")
    func polytomic() {
        var expected = AnswerFacts()
        expected.id = "43"
        expected.state = .other("7")
        expected.declared = 10
        expected.expires = 1_609_459_200_123_456
        expected.next = "/x?page=2"
        #expect(facts(.polytomic, #" {"data": {"id": 43, "status": 7, "count": "10", "expires": "2021-01-01T00:00:00.123456789Z"}, "links": {"next": "/x?page=2"}}"#)
            == expected)
        for (word, status) in [("created", JobStatus.queued), ("running", .running), ("done", .succeeded), ("failed", .failed), ("unknown", .unknown)] {
            #expect(facts(.polytomic, #"{"data":{"status":"\#(word)"}}"#)?.state == .status(status))
        }
    }

    @Test("Toolkit's members")
    func toolkit() {
        var expected = AnswerFacts()
        expected.id = "j1"
        expected.query = "qry_1"
        expected.state = .status(.running)
        expected.progress = 0.4
        expected.created = 1_609_459_200_000_000
        #expect(facts(.toolkit, #"{"job_id":"j1","query_id":"qry_1","status":"running","progress":40,"results":null,"error":null,"created_at":"2021-01-01T02:00:00+02:00","completed_at":null}"#)
            == expected)
        #expect(facts(.toolkit, #"{"status":"succeeded","results":{"columns":[],"rows":[],"row_count":0},"job_id":null,"progress":1e9}"#)?.declared == 0)
    }

    @Test("what is no object says nothing", arguments: ["", "[]", "null", "7", "{", "{} {}", #""text""#])
    func noObject(_ text: String) { #expect(AnswerMembers(text) == nil) }

    @Test("an error's message is found where servers put it", arguments: [
        (#"{"detail":"a"}"#, "a"), (#"{"message":"b","key":"k"}"#, "b"), (#"{"error":{"message":"c"}}"#, "c"), (#"{"error":"d"}"#, "d"),
        (#"{"detail":[{"loc":["x"]}]}"#, #"[{"loc":["x"]}]"#), ("{}", ""),
    ])
    func messages(_ text: String, _ message: String) { #expect(AnswerMembers(text)?.message == message) }

    @Test("a server's text is shown in one line, cut, without what cannot be seen")
    func clean() {
        #expect(ServerText.clean("a\r\n\t b\u{1b}[31m\u{0}\u{202e}c\u{200b}\u{9b}d  ") == "a b[31mcd")
        #expect(ServerText.clean(String(repeating: "é", count: 5_000)).utf8.count == 2_048 + "…".utf8.count)
        #expect(ServerText.clean("\u{1f469}\u{200d}x", limit: 4) == "\u{1f469}…")
    }

    @Test("a token becomes the header of its service, or none where no header can hold it")
    func credentials() {
        var service = AnswerMembersTests.service(.polytomic)
        #expect(service.credential(token: "abc")?.header(for: Rig.base) == HTTPHeader("Authorization", "Bearer abc"))
        service.auth = .basic
        for (token, text) in [("a", "YTo="), ("ab", "YWI6"), ("abc", "YWJjOg=="), ("a:b", "YTpi")] {
            #expect(service.credential(token: token)?.header(for: Rig.base) == HTTPHeader("Authorization", "Basic " + text))
        }
        #expect(AnswerMembersTests.service(.toolkit).credential(token: "k")?.header(for: Rig.base) == HTTPHeader("X-API-Key", "k"))
        for token in ["", "a b", "a\r\nX: y", "ключ"] { #expect(service.credential(token: token) == nil) }
    }

    @Test("an address for messages has no query, and a path of the service's own goes first")
    func addresses() throws {
        let service = ServiceDescription(name: "far", kind: .toolkit, url: try WebAddress("https://h.test/pre/?x=1"))
        #expect(service.address("/v1/save").description == "https://h.test/pre/v1/save")
        #expect(try WebAddress("https://h.test/a?query=select+secret").withoutQuery == "https://h.test/a")
    }

    @Test("values are JSON with all their digits, and what JSON has no form for is refused")
    func parameters() throws {
        let values: [Scalar] = [
            .null, .bool(true), .int(.min), .float(0.1), .string("a\"\n"), .date(0), .timestamp(0, utc: true), .json("{\"a\":1}"),
            .list([.int(1), .list([.string("x")])]),
        ]
        let bindings = values.enumerated().map { QueryRequest.Binding(name: "p\($0.offset)", value: $0.element) }
        #expect(try ToolkitAPI.parameters(bindings) == #"{"p0":null,"p1":true,"p2":-9223372036854775808,"p3":0.1,"p4":"a\"\n","p5":"1970-01-01","#
            + #""p6":"1970-01-01T00:00:00Z","p7":{"a":1},"p8":[1,["x"]]}"#)
        for value in [Scalar.float(.nan), .duration(1), .binary([0]), .list([.float(.infinity)])] {
            #expect(throws: ServiceError.self) { try ToolkitAPI.parameters([.init(name: "p", value: value)]) }
        }
    }
}
