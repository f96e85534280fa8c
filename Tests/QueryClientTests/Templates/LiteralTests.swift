// Values as literals of each dialect; what has none is refused, and nothing a value holds becomes text of the query.
import QueryFrames
import QueryText
import Testing
@testable import QueryClient

@Suite struct LiteralTests {
    private func text(_ value: Scalar, _ dialect: SQLDialect) -> String {
        do { return try SQLLiteral(value, dialect).text } catch { return "\(error)" }
    }

    private static let micros: Int64 = 1_714_557_600_250_000

    @Test("each dialect has its literals", arguments: [
        (.null, [.ansi: "NULL"]), (.bool(true), [.ansi: "TRUE", .sqlserver: "CAST(1 AS bit)"]),
        (.int(-5), [.ansi: "(-5)"]), (.int(.min), [.ansi: "(-9223372036854775808)"]),
        (.float(1.5), [.ansi: "1.5E0", .postgres: "CAST(1.5E0 AS double precision)", .snowflake: "CAST(1.5E0 AS DOUBLE)"]),
        (.float(-1e300), [.ansi: "(-1e+300)"]),
        (.float(.nan), [.ansi: "notFinite", .mysql: "notFinite", .postgres: "CAST('NaN' AS double precision)", .bigquery: "CAST('NaN' AS FLOAT64)"]),
        (.decimal(Decimal128(unscaled: 1250, scale: 2)), [.ansi: "12.50", .bigquery: "BIGNUMERIC '12.50'"]),
        (.string("it's"), [.ansi: "'it''s'", .bigquery: "'it\\'s'", .sqlserver: "N'it''s'", .mysql: "'it''s'"]),
        (.string("a\\' or 1=1 --"), [
            .ansi: "backslash", .postgres: "E'a\\\\'' or 1=1 --'", .snowflake: "'a\\\\'' or 1=1 --'", .bigquery: "'a\\\\\\' or 1=1 --'",
            .mysql: "_utf8mb4 X'615C27206F7220313D31202D2D'", .sqlserver: "N'a\\'' or 1=1 --'",
        ]),
        (.string("a\\\nb"), [.sqlserver: "backslash", .bigquery: "'a\\\\\\nb'"]), (.string("a\u{0}"), [.ansi: "nul", .bigquery: "nul"]),
        (.date(19_844), [.ansi: "DATE '2024-05-01'", .sqlserver: "CAST('2024-05-01' AS date)"]),
        (.timestamp(LiteralTests.micros, utc: false), [
            .ansi: "TIMESTAMP '2024-05-01 10:00:00.250'", .bigquery: "DATETIME '2024-05-01 10:00:00.250'",
            .sqlserver: "CAST('2024-05-01T10:00:00.250' AS datetime2)", .snowflake: "CAST('2024-05-01 10:00:00.250' AS TIMESTAMP_NTZ)",
        ]),
        (.timestamp(LiteralTests.micros, utc: true), [
            .postgres: "TIMESTAMP WITH TIME ZONE '2024-05-01 10:00:00.250+00:00'", .ansi: "TIMESTAMP '2024-05-01 10:00:00.250+00:00'",
            .sqlserver: "CAST('2024-05-01T10:00:00.250+00:00' AS datetimeoffset)",
        ]),
        (.date(.max), [.ansi: "year"]),
        (.binary([0, 255]), [.ansi: "X'00FF'", .sqlserver: "0x00FF", .postgres: "decode('00FF', 'hex')", .bigquery: "FROM_HEX('00FF')"]),
        (.duration(5), [.ansi: "type(\"duration\")"]), (.json("{}"), [.postgres: "type(\"json\")"]),
    ] as [(Scalar, [SQLDialect: String])])
    func literals(_ value: Scalar, _ expected: [SQLDialect: String]) {
        for (dialect, literal) in expected { #expect(text(value, dialect) == literal, "\(dialect)") }
    }

    private func rendered(_ text: String, _ values: [String: Scalar], _ dialect: SQLDialect = .ansi) throws(ServiceError) -> String {
        let template = try Template(text, dialect: dialect)
        return try RenderedText(template, values.map { .init(name: $0.key, value: $0.value) }, dialect: dialect, query: nil).text
    }

    private func failure(_ text: String, _ values: [String: Scalar] = ["a": .int(1)], _ dialect: SQLDialect = .ansi) -> ServiceError? {
        do {
            _ = try rendered(text, values, dialect)
            return nil
        } catch { return error }
    }

    @Test("a value stands where its placeholder stood, apart from its neighbours")
    func places() throws {
        #expect(try rendered("select {{a}}, {{ a }}", ["a": .string("x")]) == "select 'x', 'x'")
        #expect(try rendered("limit{{a}}offset 1", ["a": .int(5)]) == "limit 5 offset 1")
        #expect(try rendered("select 1-{{a}}", ["a": .int(-5)]) == "select 1-(-5)")
        #expect(try rendered("x in {{a}}", ["a": .list([.int(1), .string("b")])]) == "x in (1, 'b')")
        #expect(try rendered("x in ({{a}})", ["a": .list([.int(1), .int(2)])]) == "x in (1, 2)")
        #expect(try rendered("x in {{a}}", ["a": .int(1)]) == "x in (1)")
        #expect(try rendered("select '{', data ? 'k'", [:], .postgres) == "select '{', data ? 'k'")
    }

    @Test("a placeholder between quotes is an error in each dialect's own quotes", arguments: [
        ("select '{{a}}'", SQLDialect.ansi), ("select $$ {{a}} $$", .postgres), ("select $t$ '{{a}} $t$", .postgres), ("select E'\\' {{a}}'", .postgres),
        ("select 'it\\'s {{a}}'", .mysql), ("select \"it\\\"s {{a}}\"", .bigquery), ("select '''it's {{a}}'''", .bigquery),
        ("select r'\\' {{a}}'", .bigquery), ("select [a]] {{a}}]", .sqlserver), ("select $$ {{a}} $$", .snowflake), ("select 'x\\' {{a}}'", .snowflake),
    ])
    func quotes(_ text: String, _ dialect: SQLDialect) {
        #expect(failure(text, ["a": .int(1)], dialect) == .quotedPlaceholder(name: "a"))
    }

    @Test("a comment is left alone, by each dialect's own marks", arguments: [
        ("select 1 -- {{b}}", SQLDialect.ansi), ("select 1 # {{b}}", .mysql), ("select 1 # {{b}}", .bigquery), ("select 1 // {{b}}", .snowflake),
        ("select /* /* */ {{b}} */ 1", .postgres),
    ])
    func comments(_ text: String, _ dialect: SQLDialect) throws {
        #expect(try rendered(text, [:], dialect) == text)
    }

    @Test("what is a comment elsewhere is none in this dialect")
    func noComments() throws {
        #expect(try rendered("select 1--{{a}}", ["a": .int(2)], .mysql) == "select 1--2")
        #expect(try rendered("select a #> {{a}}", ["a": .string("x")], .postgres) == "select a #> 'x'")
        #expect(try rendered("select /* /* */ {{a}}", ["a": .int(1)], .mysql) == "select /* /* */ 1")
    }

    @Test("text whose quotes could be read in two ways gets no values")
    func unclear() {
        #expect(failure("select 'it\\'s {{a}}'") == .noLiteral(name: "a", dialect: "ansi", .unclearQuotes(offset: 10)))
        #expect(failure("select {{a}}, 'open") == .noLiteral(name: "a", dialect: "ansi", .openQuote(offset: 14)))
        #expect(failure("select 'c:\\x', {{a}}") == nil)
    }

    @Test("names are checked before values, and lists stand after in alone")
    func checks() {
        #expect(failure("select {{b}}", [:]) == .missingParameters(names: ["b"], query: nil))
        #expect(failure("select 1") == .unknownParameter(name: "a", known: [], query: nil))
        #expect(failure("select {{a}}", ["a": .list([.int(1)])]) == .noLiteral(name: "a", dialect: "ansi", .type("list")))
        #expect(failure("x in {{a}}", ["a": .list([])]) == .noLiteral(name: "a", dialect: "ansi", .emptyList))
        #expect(failure("x in {{a}}", ["a": .list([.list([.int(1)])])]) == .noLiteral(name: "a", dialect: "ansi", .type("list")))
    }

    @Test("no text value gets out of its quotes, whatever it is made of", arguments: SQLDialect.allCases)
    func injection(_ dialect: SQLDialect) throws {
        var random = SeededNumbers(seed: 42)
        let pieces = ["'", "''", "\\", "\"", "`", "--", "/*", "*/", "#", "$$", "\n", "\r\n", ";", "]", "é", "{{a}}", "a", "E'", "r'", "'''"]
        for round in 0..<2_000 {
            let value = (0..<Int.random(in: 0..<8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            guard let literal = try? SQLLiteral(.string(value), dialect).text else { continue }
            let text = Array("select \(literal) , 1".utf8)
            let tokens = Array(SQLScanner(text, from: 7, dialect: dialect))
            // A word may stand before the quotes: `N'...'`, `_utf8mb4 X'...'`.
            guard let first = tokens.first(where: { if case .quoted = $0.kind { true } else { false } }) else {
                Issue.record("\(dialect) \(round): \(literal)")
                continue
            }
            #expect(first.range.upperBound == 7 + literal.utf8.count && first.kind == .quoted(closed: true), "\(dialect) seed 42, \(round): \(literal)")
        }
    }

    @Test("a question has its placeholders wherever they are")
    func plain() {
        #expect(Template(plain: "What's the revenue of {{region}} in {{month}}? {{ {{x}} {{1}}").parameters == ["region", "month", "x"])
        #expect(Template(plain: "{").parameters == [])
    }
}
