// `matches`: regular expressions over columns and single values.
import Testing

@testable import QueryFrames

@Suite("matches")
struct MatchesTests {
    static let words: [String?] = ["apple", "Banana", nil, "", "é", "e\u{301}", "a\0b", "line\nbreak"]

    static let cases: [(String, [Bool?])] = [
        ("an", [false, true, nil, false, false, false, false, false]),
        ("^a", [true, false, nil, false, false, false, true, false]),
        ("(?i)^b", [false, true, nil, false, false, false, false, false]),
        ("", [true, true, nil, true, true, true, true, true]),
        ("^.$", [false, false, nil, false, true, false, false, false]),
        ("\\x00", [false, false, nil, false, false, false, true, false]),
        ("e.b", [false, false, nil, false, false, false, false, false]),
        ("(?s)e.b", [false, false, nil, false, false, false, false, true]),
        ("^(apple|\\pL)$", [true, false, nil, false, true, false, false, false]),
    ]

    @Test("a pattern matches anywhere in the text, by code points", arguments: cases.indices, Layout.allCases)
    func patterns(index: Int, layout: Layout) throws {
        let (pattern, expected) = MatchesTests.cases[index]
        let data = frame([.strings("s", MatchesTests.words)], layout)
        let result = try evaluate(binary(name("s"), .matches, value(.string(pattern))), data)
        #expect(result == expected.map { $0.map { .bool($0) } ?? .null }, "\(pattern)")
    }

    @Test("a pattern may come from a column", arguments: Layout.allCases)
    func column(layout: Layout) throws {
        let data = frame([.strings("s", ["abc", "abc", nil, "abc"]), .strings("p", ["^a", "^b", "(", nil])], layout)
        #expect(try evaluate(binary(name("s"), .matches, name("p")), data) == [.bool(true), .bool(false), .null, .null])
    }

    @Test("a bad pattern of a column is an error with its row and the reason")
    func badColumn() {
        let data = frame([.strings("s", ["abc", "abc"]), .strings("p", ["a", "a[b"])], .batches)
        #expect(
            evaluationError(binary(name("s"), .matches, name("p")), data)
                == .pattern(text: "a[b", reason: "missing ]: [b", row: 2, mark: 3))
    }

    @Test("a bad pattern of a single value is an error with the reason")
    func badScalar() {
        #expect(throws: EvaluationError.pattern(text: "*", reason: "no argument for repetition operator: *", row: nil, mark: 4)) {
            try ScalarOperators.apply(.matches, .string("x"), .string("*"), mark: 4)
        }
    }

    @Test("texts that are equal but for their code points are two patterns")
    func canonicalForms() throws {
        let composed = Scalar.string("\u{e9}"), decomposed = Scalar.string("e\u{301}")
        #expect(try ScalarOperators.apply(.matches, composed, composed) == .bool(true))
        #expect(try ScalarOperators.apply(.matches, composed, decomposed) == .bool(false))
        #expect(try ScalarOperators.apply(.matches, decomposed, composed) == .bool(false))
    }

    @Test("a pattern that makes others backtrack for years is done at once", arguments: ["(a+)+b", "(a|aa)+$b", "(a*)*b", "(.*a){12}b", "^(([a-z])+.)+[A-Z]([a-z])+$"])
    func hostile(pattern: String) throws {
        let text = Scalar.string(String(repeating: "a", count: 100_000))
        #expect(try ScalarOperators.apply(.matches, text, .string(pattern)) == .bool(false))
    }

    @Test("a pattern too large to compile is refused")
    func large() throws {
        #expect(throws: EvaluationError.self) { try ScalarOperators.apply(.matches, .string("a"), .string("((a{100}){100}){100}")) }
    }
}
