import QueryFrames
import Testing

@testable import QueryScript

@Suite("the lexer")
struct LexerTests {
    private func kinds(_ text: String) throws -> [TokenKind] {
        let (tokens, faults, _) = Lexer.read(Source(name: "test", text: text))
        if let fault = faults.first { throw fault }
        return tokens.map(\.kind).filter { $0 != .end }
    }

    @Test("numbers", arguments: [
        ("42", TokenKind.integer(42)), ("1_000_000", .integer(1_000_000)), ("0xFF", .integer(255)), ("2.5", .float(2.5)),
        ("1e9", .float(1e9)), ("1.5e-3", .float(0.0015)), ("250ms", .scalar(.duration(250_000))), ("1h30m", .scalar(.duration(5_400_000_000))),
        ("2w", .scalar(.duration(1_209_600_000_000))), ("@2024-05-01", .scalar(.date(19844))),
        ("@1970-01-01T00:00:01Z", .scalar(.timestamp(1_000_000, utc: true))), ("@1970-01-01T00:00:01", .scalar(.timestamp(1_000_000, utc: false))),
    ])
    func numbers(text: String, kind: TokenKind) throws {
        #expect(try kinds(text) == [kind])
    }

    @Test("a range between integers is no float")
    func range() throws {
        #expect(try kinds("1..10") == [.integer(1), .symbol(.range), .integer(10)])
        #expect(try kinds("x.name") == [.word("x"), .symbol(.dot), .word("name")])
    }

    @Test("a string is its parts, and interpolations nest")
    func strings() throws {
        #expect(try kinds(#""a ${b} c""#) == [
            .stringStart, .stringPart("a "), .interpolationStart, .word("b"), .interpolationEnd, .stringPart(" c"), .stringEnd,
        ])
        #expect(try kinds(#""${"${x}"}""#).count == 9)
        #expect(try kinds(#""${ {a: 1} }""#).contains(.symbol(.closeBrace)))
        #expect(try kinds("'it''s ${raw}'") == [.stringStart, .stringPart("it's ${raw}"), .stringEnd])
        #expect(try kinds(#""\n\t\"\$\u{41}""#) == [.stringStart, .stringPart("\n\t\"$A"), .stringEnd])
    }

    @Test("a long string loses the indentation of its closing line")
    func longStrings() throws {
        let text = "\"\"\"\n    a\n      b\n\n    \"\"\""
        #expect(try kinds(text) == [.stringStart, .stringPart("a\n  b\n"), .stringEnd])
        #expect(try kinds("'''x'''") == [.stringStart, .stringPart("x"), .stringEnd])
    }

    @Test("a line's end is dropped before a pipe, and, or, else and catch")
    func joinedLines() throws {
        #expect(try kinds("a\n  | b") == [.word("a"), .symbol(.pipe), .word("b")])
        #expect(try kinds("a\n\nand b").contains(.newline) == false)
        #expect(try kinds("a\nb").contains(.newline))
        #expect(try kinds("a \\\n b") == [.word("a"), .word("b")])
    }

    @Test("comments and the first line of an executable script are skipped")
    func comments() throws {
        #expect(try kinds("#!/usr/bin/env qs\na # b\n") == [.newline, .word("a"), .newline])
    }

    @Test("invisible characters that reorder text are refused in code and comments, and allowed as escapes")
    func hidden() throws {
        for text in ["a\u{202E}b", "# \u{2066}", "`a\u{200B}`"] {
            #expect(throws: SyntaxError.self) { try kinds(text) }
        }
        #expect(try kinds(#""\u{202E}""#).count == 3)
    }

    @Test("what is wrong is said at its place", arguments: [
        ("\"abc", 0), ("a `b", 2), ("x = 1.5x", 4), ("1 ? 2", 2), ("@2024-13-01", 0), ("999999999999999999999999999999999999999", 0), ("\"\\q\"", 1), ("5y", 0),
    ])
    func faults(text: String, offset: Int32) {
        let error = #expect(throws: SyntaxError.self) { try kinds(text) }
        #expect(error?.span.start == offset)
    }
}
