import QueryFrames
import Testing

@testable import QueryScript

@Suite("the lexer")
struct LexerTests {
    /// A token with what its numbers stand for.
    enum Kind: Equatable {
        case word(String), value(Scalar), text(String), other(TokenKind)

        static func symbol(_ symbol: Symbol) -> Kind { .other(.symbol(symbol)) }
        static func integer(_ value: UInt64) -> Kind { .other(.integer(value)) }
        static let newline = Kind.other(.newline)
    }

    private func kinds(_ text: String) throws -> [Kind] {
        let read = Lexer.read(Source(name: "test", text: text))
        if let fault = read.faults.first { throw fault }
        return read.tokens.map(\.kind).filter { $0 != .end }.map { kind in
            switch kind {
            case .word(let name): .word(read.text(name))
            case .scalar(let literal): .value(read[literal])
            case .stringPart(let literal): if case .string(let text) = read[literal] { .text(text) } else { .other(kind) }
            default: .other(kind)
            }
        }
    }

    @Test("the grammar's words are words, and names have a number each")
    func names() throws {
        for word in Word.allCases {
            #expect(word.text == "\(word)")
            #expect(Lexer.read(Source(name: "test", text: word.text)).tokens[0].kind == .word(Name(word)))
            #expect(Name(word).isReserved == Word.reserved.contains(word.text))
        }
        // So many that the table grows twice, each of them twice.
        let texts = (0..<1_000).map { "name_\($0)" }
        let read = Lexer.read(Source(name: "test", text: (texts + texts.reversed()).joined(separator: " ") + " `name_7` $name_7 `other one`"))
        let names = read.tokens.compactMap { token -> Name? in
            switch token.kind {
            case .word(let name), .quotedName(let name), .variable(let name): name
            default: nil
            }
        }
        #expect(names.map { read.text($0) } == texts + texts.reversed() + ["name_7", "name_7", "other one"])
        #expect(Set(names.map(\.number)).count == 1_001)
    }

    @Test("numbers", arguments: [
        ("42", Kind.integer(42)), ("1_000_000", .integer(1_000_000)), ("0xFF", .integer(255)), ("2.5", .other(.float(2.5))),
        ("1e9", .other(.float(1e9))), ("1.5e-3", .other(.float(0.0015))), ("250ms", .value(.duration(250_000))), ("1h30m", .value(.duration(5_400_000_000))),
        ("2w", .value(.duration(1_209_600_000_000))), ("@2024-05-01", .value(.date(19844))),
        ("@1970-01-01T00:00:01Z", .value(.timestamp(1_000_000, utc: true))), ("@1970-01-01T00:00:01", .value(.timestamp(1_000_000, utc: false))),
    ])
    func numbers(text: String, kind: Kind) throws {
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
            .other(.stringStart), .text("a "), .other(.interpolationStart), .word("b"), .other(.interpolationEnd), .text(" c"), .other(.stringEnd),
        ])
        #expect(try kinds(#""${"${x}"}""#).count == 9)
        #expect(try kinds(#""${ {a: 1} }""#).contains(.symbol(.closeBrace)))
        #expect(try kinds("'it''s ${raw}'") == [.other(.stringStart), .text("it's ${raw}"), .other(.stringEnd)])
        #expect(try kinds(#""\n\t\"\$\u{41}""#) == [.other(.stringStart), .text("\n\t\"$A"), .other(.stringEnd)])
    }

    @Test("a long string loses the indentation of its closing line")
    func longStrings() throws {
        let text = "\"\"\"\n    a\n      b\n\n    \"\"\""
        #expect(try kinds(text) == [.other(.stringStart), .text("a\n  b\n"), .other(.stringEnd)])
        #expect(try kinds("'''x'''") == [.other(.stringStart), .text("x"), .other(.stringEnd)])
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
