import QueryFormats
import QueryFrames
import Testing

@Suite("tables for people")
struct TableTests {
    private func table(_ frame: Frame, width: Int? = nil, rows: Int64? = nil, styled: Bool = false) throws -> String {
        let options = FormatOptions(values: rows.map { ["rows": .int($0)] } ?? [:], width: width, styled: styled)
        return try writeWithWriter("table", frame, options).text
    }

    @Test("columns are as wide as their widest value, numbers to the right")
    func plain() throws {
        let frame = makeFrame([
            ("region", .string, [.string("EU"), .string("Americas"), .null]), ("n", .int64, [.int(5), .int(-120), .null]),
            ("day", .date, [.date(0), .null, .date(1)]),
        ])
        #expect(
            try table(frame) == """
                region       n  day
                ────────  ────  ──────────
                EU           5  1970-01-01
                Americas  -120  null
                null      null  1970-01-02

                """)
    }

    @Test("null is dimmed only where the host says that the terminal can")
    func styled() throws {
        let frame = makeFrame([("a", .int64, [.null])])
        #expect(try table(frame, styled: true) == "   a\n────\n\u{1b}[2mnull\u{1b}[0m\n")
    }

    @Test("wide and joining characters take the columns that a terminal gives them")
    func wide() throws {
        let frame = makeFrame([
            ("k", .string, [.string("日本"), .string("e\u{301}"), .string("😀")]), ("v", .string, [.string("x"), .string("x"), .string("x")]),
        ])
        #expect(try table(frame) == "k     v\n────  ─\n日本  x\ne\u{301}     x\n😀    x\n")
        for (text, width) in [
            ("", 0), ("abc", 3), ("日本語", 6), ("e\u{301}", 1), ("ｶﾅ", 2), ("Ａ", 2), ("한", 2), ("\u{1b}[31m", 6), ("\u{202e}", 8), ("\n", 2),
        ] {
            #expect(DisplayText.width(text) == width, "\(text)")
        }
    }

    @Test("nothing in names or values reaches the terminal as a control character")
    func controls() throws {
        let all = String(String.UnicodeScalarView((0..<0x2100).compactMap { Unicode.Scalar($0) })) + "\u{feff}\u{e0041}"
        let text = try table(makeFrame([(all, .string, [.string(all)])]))
        let unsafe: [ClosedRange<UInt32>] = [
            0...0x9, 0xb...0x1f, 0x7f...0x9f, 0x61c...0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff...0xfeff,
            0xe0041...0xe0041,
        ]
        for scalar in text.unicodeScalars {
            let found = unsafe.contains { $0.contains(scalar.value) }
            #expect(!found, "U+\(String(scalar.value, radix: 16))")
        }
        #expect(text.split(separator: "\n").count == 3)
        #expect(DisplayText.escaped("a\n\r\t\0\u{1b}[1m\u{7f}\u{9b}\u{202e}é") == "a\\n\\r\\t\\0\\e[1m\\u{7f}\\u{9b}\\u{202e}é")
    }

    @Test("without a width nothing is cut")
    func uncut() throws {
        let long = String(repeating: "x", count: 10_000)
        #expect(try table(makeFrame([("a", .string, [.string(long)])])).contains(long))
    }

    @Test("the widest columns are cut first")
    func cut() throws {
        let frame = makeFrame([
            ("id", .int64, [.int(1)]), ("text", .string, [.string("a long text that does not fit")]),
            ("more", .string, [.string("another one, long too")]),
        ])
        #expect(
            try table(frame, width: 30) == """
                id  text          more
                ──  ────────────  ────────────
                 1  a long text…  another one…

                """)
    }

    @Test("columns in the middle are left out where cutting is not enough")
    func omitted() throws {
        let frame = makeFrame((0..<20).map { ("column\($0)", .int64, [.int(Int64($0))]) })
        let lines = try table(frame, width: 40).split(separator: "\n")
        #expect(lines[0] == "column0  column1  …  column18  column19")
        #expect(lines[2] == "      0        1  …        18        19")
    }

    @Test("no line is wider than the terminal, whatever the frame", arguments: 1...60)
    func fits(_ width: Int) throws {
        for count in 1...8 {
            let texts = ["日本語日本語日本語", "a", String(repeating: "y", count: 70), "e\u{301}e\u{301}", "\u{1b}\u{1b}"]
            let frame = makeFrame((0..<count).map { ("c\($0)", .string, [.string(texts[$0 % 5])]) })
            for line in try table(frame, width: width).split(separator: "\n") {
                #expect(DisplayText.width(String(line)) <= width, "\(line)")
            }
        }
    }

    @Test("of many rows the first and last are shown, and the footer counts them all")
    func rows() throws {
        let frame = Frame(
            schema: Schema([Field("n", .int64)]),
            batches: (0..<5).map { batch in
                RecordBatch(count: 300, columns: [makeColumn(.int64, (0..<300).map { .int(Int64(batch * 300 + $0)) })])
            })
        for (limit, expected) in [(1, ["0", "⋮"]), (2, ["0", "⋮", "1499"]), (5, ["0", "1", "2", "⋮", "1498", "1499"])]
            as [(Int64, [String])]
        {
            let lines = try table(frame, rows: limit).split(separator: "\n").dropFirst(2).map { $0.trimmed }
            #expect(lines == expected)
        }
        let many = try table(frame, rows: 700).split(separator: "\n").dropFirst(2).map { $0.trimmed }
        let first = (0..<350).map { String($0) }, last = (1_150..<1_500).map { String($0) }
        #expect(many == first + ["⋮"] + last)
        #expect(try table(frame, rows: 1_500).split(separator: "\n").count == 1_502)
        #expect(try writeWithWriter("table", frame).writer.footer == "1,500 rows × 1 column")
        let one = makeFrame([("a", .int64, [.int(1)]), ("b", .int64, [.int(1)])])
        #expect(try writeWithWriter("table", one).writer.footer == "1 row × 2 columns")
        #expect(try writeWithWriter("table", frame, FormatOptions(values: ["rows": .int(40)])).writer.footer == "1,500 rows × 1 column (40 × 1 shown)")
        #expect(try writeWithWriter("csv", one).writer.footer == nil)
    }

    @Test("frames without rows or columns are a header, or nothing")
    func empty() throws {
        #expect(try table(Frame(schema: Schema([Field("a", .int64)]), batches: [])) == "a\n─\n")
        #expect(try table(Frame(schema: Schema([]), batches: [])) == "")
    }

    @Test("the number of rows has to be a number from 1 on")
    func options() {
        let frame = makeFrame([("a", .int64, [.int(1)])])
        #expect(
            formatError { try write("table", frame, ["rows": .int(0)]) }
                == .optionValue(format: "table", name: "rows", value: "0", expected: "a number from 1 on"))
        #expect(
            formatError { try write("table", frame, ["rows": .string("x")]) }
                == .optionType(format: "table", name: "rows", expected: "int", found: "string"))
    }
}

extension Substring {
    /// The text without blanks before it.
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
