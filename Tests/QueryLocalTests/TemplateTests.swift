// Placeholders: where they are seen, what they become, and what is wrong with them before anything runs.
import QueryClient
import QueryFrames
import QueryLocal
import Testing

@Suite struct TemplateTests {
    private let place: Place
    private let service: LocalService

    init() throws {
        place = try Place()
        service = place.service()
    }

    @Test("a parameter is bound wherever it stands, each name once")
    func bound() async throws {
        #expect(try await service.rows("select {{a}}, {{ b }}, {{a}} || 'x'", ["a": .string("1"), "b": .int(2)]) == [[.string("1"), .int(2), .string("1x")]])
    }

    @Test("a value that looks like SQL is only a value", arguments: ["' or 1=1 --", "?1", "{{b}}", "'; drop table x", "\u{0}"])
    func injection(_ value: String) async throws {
        #expect(try await service.rows("select {{a}} as v where {{a}} = {{a}}", ["a": .string(value)]) == [[.string(value)]])
    }

    @Test("comments and quotes without placeholders are left alone")
    func comments() async throws {
        #expect(try await service.rows("select /* {{x}} ' */ {{a}} -- {{y}} '\n, '--', '/*', \"b\" from (select 2 as b)", ["a": .int(1)])
            == [[.int(1), .string("--"), .string("/*"), .int(2)]])
        #expect(try await service.rows("select '{', '}}', 'it''s {'") == [[.string("{"), .string("}}"), .string("it's {")]])
    }

    @Test("a placeholder between quotes is an error", arguments: [
        "select '{{a}}'", "select 'x{{a}}y'", "select \"{{a}}\"", "select `{{a}}`", "select [{{a}}]", "select 'it''s {{a}}'",
    ])
    func quoted(_ text: String) async {
        #expect(await service.failure(text, ["a": .int(1)]) == .quotedPlaceholder(name: "a"))
    }

    @Test("what is no placeholder in double braces is an error at its place", arguments: ["select {{}}", "select {{1a}}", "select {{a b}}", "select {{a", "select {{a}", "select {{a;}}"])
    func bad(_ text: String) async {
        #expect(await service.failure(text, ["a": .int(1)]) == .badPlaceholder(text: text, offset: 7))
    }

    @Test("every missing parameter is named, in the order of the text")
    func missing() async throws {
        #expect(await service.failure("select {{b}}, {{a}}, {{c}}, {{b}}", ["a": .int(1)]) == .missingParameters(names: ["b", "c"], query: nil))
        _ = try await service.save(SavedQuery(name: "q", text: "select {{month}}"))
        #expect(await failure { () async throws(ServiceError) in try await service.submit(QueryRequest(text: .saved("q"))) }
            == .missingParameters(names: ["month"], query: "q"))
    }

    @Test("a value for a parameter that is not there is an error that lists those that are")
    func unknown() async {
        #expect(await service.failure("select {{a}}", ["a": .int(1), "z": .int(1)]) == .unknownParameter(name: "z", known: ["a"], query: nil))
    }

    @Test("a list is spread where `in` asks for one", arguments: [
        "select i from t where i in {{l}} order by i", "select i from t where i in ({{l}}) order by i", "select i from t where i IN( {{l}} ) order by i",
        "select i from t where i in /* these */ {{l}} order by i",
    ])
    func lists(_ text: String) async throws {
        let text = text.split(separator: "from t").joined(separator: "from (select 1 as i union all select 2 union all select 3)")
        #expect(try await service.rows(text, ["l": .list([.int(1), .int(3)])]) == [[.int(1)], [.int(3)]])
        #expect(try await service.rows(text, ["l": .int(2)]) == [[.int(2)]])
        #expect(try await service.rows(text, ["l": .list([])]) == [])
    }

    @Test("not in an empty list is everything")
    func emptyList() async throws {
        #expect(try await service.rows("select 1 where 1 not in {{l}}", ["l": .list([])]) == [[.int(1)]])
    }

    @Test("a list anywhere else is an error", arguments: ["select {{l}}", "select 1 where 1 = {{l}}", "select abs({{l}})", "select 1 where 1 in ({{l}}, 2)"])
    func listElsewhere(_ text: String) async {
        #expect(await service.failure(text, ["l": .list([.int(1)])]) == .parameterType(name: "l", found: "list"))
    }

    @Test("the service's own placeholders are no parameters")
    func foreign() async {
        #expect(await service.failure("select ?") == .unboundPlaceholder(name: "?", text: "select ?", offset: 7))
        #expect(await service.failure("select {{a}}, ?1", ["a": .int(1)]) == .unboundPlaceholder(name: "?", text: "select {{a}}, ?1", offset: 14))
        #expect(await service.failure("select :name") == .unboundPlaceholder(name: ":name", text: "select :name", offset: nil))
    }

    @Test("an error's place is one in the text that was written")
    func offsets() async {
        let text = "select {{long_name}}, {{long_name}}, nothere, {{b}}"
        #expect(await service.failure(text, ["long_name": .int(1), "b": .int(1)])
            == .queryFailed(message: "no such column: nothere", text: text, offset: 37))
        let list = "select 1 where 1 in {{l}} and nothere"
        #expect(await service.failure(list, ["l": .list([.int(1), .int(2), .int(3)])])
            == .queryFailed(message: "no such column: nothere", text: list, offset: 30))
        let several = "select {{long_name}}; select 2"
        #expect(await service.failure(several, ["long_name": .int(1)]) == .severalStatements(text: several, offset: 22))
    }

    @Test("a digit behind a placeholder does not become part of it")
    func digits() async {
        guard case .queryFailed = await service.failure("select {{a}}5", ["a": .int(1)]) else {
            Issue.record("it ran")
            return
        }
    }
}
