import QueryFrames
import Testing

@testable import QueryScript

@Suite("the lexer")
struct LexerTests {
    /// A token with what its numbers stand for.
    enum Kind: Equatable {
        case word(String), value(Scalar), text(String), other(TokenKind)

        static func symbol(_ symbol: Symbol) -> Kind { .other(.symbol(symbol)) }
        static func integer(_ value: Int64) -> Kind { .value(.int(value)) }
        static let newline = Kind.other(.newline)
    }

    @Test("a token has 16 bytes")
    func size() {
        #expect(MemoryLayout<Token>.stride == 16)
    }

    private func kinds(_ text: String) throws -> [Kind] {
        let read = Lexer.read(Source(name: "test", text: text))
        if let fault = read.faults.first { throw fault }
        return read.tokens.map(\.kind).filter { $0 != .end }.map { kind in
            switch kind {
            case .word(let name): .word(read.text(name))
            case .integer(let literal), .float(let literal), .scalar(let literal): .value(read[literal])
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

    @Test("a table of names finds what is in it and nothing else, and letters beyond ASCII are the same however they are composed")
    func nameTable() {
        var table = NameTable.words
        // Around the eight bytes that are read at once, and of no byte at all.
        let texts = ["", "a", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghj", "abcdefghijklmnop", "abcdefghijklmnopq", "\u{0}", "\u{0}\u{0}", "caf\u{E9}"]
        #expect(texts.allSatisfy { table.find($0) == nil })
        let names = texts.map { table.intern($0) }
        #expect(names.map(\.number) == (0..<UInt32(texts.count)).map { $0 + UInt32(Word.allCases.count) })
        #expect(texts.map { table.intern($0) } == names)
        #expect(texts.map { table.find($0) } == names)
        #expect(names.map { table.text($0) } == texts)
        #expect(table.find("cafe\u{301}") == table.find("caf\u{E9}") && table.intern("cafe\u{301}") == table.find("caf\u{E9}"))
        #expect(table.find("abcdefghk") == nil && table.find("let") == Name(.let) && table.count == texts.count + Word.allCases.count)
    }

    @Test("there is room for the tokens of any source", arguments: [",", "\"${", "a;", "\"\"", "\"${1}\"", "\n", "\u{1}"])
    func room(piece: String) {
        for count in [1, 7, 40, 1_000] {
            let text = String(repeating: piece, count: count), read = Lexer.read(Source(name: "test", text: text))
            #expect(read.tokens.last?.kind == .end && read.tokens.count > 1)
            #expect(read.tokens.allSatisfy { $0.span.start <= $0.span.end && Int($0.span.end) <= text.utf8.count })
            // In the order of the text, whatever was read when the room was not enough.
            #expect(zip(read.tokens, read.tokens.dropFirst()).allSatisfy { $0.span.start <= $1.span.start })
        }
    }

    @Test("bytes that are no UTF-8 are found at their place", arguments: [
        ([0x80], 0), ([0x61, 0xC0, 0x80], 1), ([0xE0, 0x9F, 0xBF], 0), ([0xED, 0xA0, 0x80], 0), ([0xF0, 0x8F, 0xBF, 0xBF], 0), ([0xF4, 0x90, 0x80, 0x80], 0),
        ([0xF5, 0x80, 0x80, 0x80], 0), ([0x23, 0xC3, 0xA9, 0xC3], 3), (Array(repeating: 0x20, count: 9) + [0xE2, 0x82], 9), ([0xC3, 0x28], 0),
        ([0xE2, 0x82, 0x28], 0), ([0xF0, 0x9F, 0x98, 0xC0], 0),
    ] as [([UInt8], Int)])
    func invalidUTF8(bytes: [UInt8], place: Int) {
        let read = Lexer.read(Source(name: "test", bytes: bytes))
        #expect(read.faults == [SyntaxError(fault: .invalidUTF8, span: Span(place, place + 1))])
    }

    @Test("characters of every width are UTF-8")
    func validUTF8() {
        let text = "# \u{7F} a\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFD}\u{10000}\u{10FFFF} aaaaaaaaaaaaaa\u{E9}"
        #expect(!Lexer.read(Source(name: "test", text: text)).faults.contains { $0.fault == .invalidUTF8 })
    }

    @Test("numbers", arguments: [
        ("42", Kind.integer(42)), ("1_000_000", .integer(1_000_000)), ("0xFF", .integer(255)), ("2.5", .value(.float(2.5))),
        ("1e9", .value(.float(1e9))), ("1.5e-3", .value(.float(0.0015))), ("250ms", .value(.duration(250_000))), ("1h30m", .value(.duration(5_400_000_000))),
        ("2w", .value(.duration(1_209_600_000_000))), ("@2024-05-01", .value(.date(19844))),
        ("@1970-01-01T00:00:01Z", .value(.timestamp(1_000_000, utc: true))), ("@1970-01-01T00:00:01", .value(.timestamp(1_000_000, utc: false))),
    ])
    func numbers(text: String, kind: Kind) throws {
        #expect(try kinds(text) == [kind])
    }

    @Test("an integer is an int, the magnitude of the least one by itself, and a decimal beyond", arguments: [
        ("9223372036854775807", Scalar.int(.max), true), ("0x7fff_ffff_ffff_ffff", .int(.max), true),
        ("999999999999999999", .int(999_999_999_999_999_999), true),
        ("9223372036854775808", .decimal(Decimal128(unscaled: 9_223_372_036_854_775_808, scale: 0)), true),
        ("9223372036854775809", .decimal(Decimal128(unscaled: 9_223_372_036_854_775_809, scale: 0)), false),
        ("0xffff_ffff_ffff_ffff", .decimal(Decimal128(unscaled: 18_446_744_073_709_551_615, scale: 0)), false),
        ("18446744073709551616", .decimal(Decimal128(unscaled: 18_446_744_073_709_551_616, scale: 0)), false),
    ])
    func largeIntegers(text: String, value: Scalar, isInteger: Bool) throws {
        let read = Lexer.read(Source(name: "test", text: text))
        #expect(read.faults.isEmpty)
        switch read.tokens[0].kind {
        case .integer(let literal): #expect(isInteger && read[literal] == value)
        case .scalar(let literal): #expect(!isInteger && read[literal] == value)
        default: Issue.record("\(text) is no number")
        }
    }

    @Test("small integers are one literal each, however often they come")
    func smallIntegers() throws {
        let read = Lexer.read(Source(name: "test", text: "0 127 128 0 127 128 0x7f"))
        #expect(read.literals == [.int(0), .int(127), .int(128), .int(128)])
        #expect(try kinds("0 127 128 0 127 128 0x7f") == [0, 127, 128, 0, 127, 128, 127].map { .integer($0) })
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
