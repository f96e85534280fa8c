import QueryFormats
import QueryFrames
import Testing

@Suite("json: reading")
struct JSONReaderTests {
    @Test("keys become columns in the order in which they first appear, and missing keys are null")
    func columns() throws {
        let text = #"[{"a": 1, "b": "x"}, {"c": true, "a": null}, {}, {"b": "y", "d": 1.5}]"#
        let frame = try read("json", text).frame
        #expect(frame.schema == Schema([Field("a", .int64), Field("b", .string), Field("c", .bool), Field("d", .float64)]))
        #expect(
            rows(frame) == [
                [.int(1), .string("x"), .null, .null], [.null, .null, .bool(true), .null], [.null, .null, .null, .null],
                [.null, .string("y"), .null, .float(1.5)],
            ])
    }

    @Test("an object is one row, and arrays and lines are as many as they hold")
    func layouts() throws {
        #expect(rows(try read("json", "\u{feff}{\"a\": [1, {\"b\": 2}]}\n").frame) == [[.json("[1,{\"b\":2}]")]])
        #expect(try read("json", "\u{feff}[]").frame.count == 0)
        #expect(try read("json", "[{},{}]").frame.count == 2)
        #expect(rows(try read("jsonl", "\u{feff}\n{\"a\":1}\r\n\n{\"a\":2}").frame) == [[.int(1)], [.int(2)]])
        #expect(try read("jsonl", "").frame.count == 0)
    }

    @Test(
        "what RFC 8259 does not allow is refused with its place",
        arguments: [
            ("", 1, 1), ("[{\"a\":1},]", 1, 10), ("[{\"a\":1,}]", 1, 9), ("[{\"a\":01}]", 1, 8), ("[{\"a\":+1}]", 1, 7),
            ("[{\"a\":.5}]", 1, 7), ("[{\"a\":1.}]", 1, 9),
            ("[{\"a\":1e}]", 1, 9), ("[{\"a\":-}]", 1, 7), ("[{\"a\":NaN}]", 1, 7), ("[{\"a\":nul}]", 1, 7), ("[{'a':1}]", 1, 3),
            ("[{a:1}]", 1, 3), ("[{\"a\" 1}]", 1, 7),
            ("[{\"a\":1} {\"a\":2}]", 1, 10), ("[1]", 1, 2), ("[[]]", 1, 2), ("1", 1, 1), ("[{\"a\":1}]x", 1, 10), ("{\"a\":1}{", 1, 8),
            ("// c\n[]", 1, 1), ("[{\"a\":\"é\n\"}]", 1, 9),
            ("[{\"a\":\"\\x\"}]", 1, 9), ("[{\"a\":\"\\u12g4\"}]", 1, 12), ("[\n {\"é\":1},\n {\"b\":tru}]", 3, 7),
            ("[{\"a\":[1,]}]", 1, 10), ("[{\"a\":{\"b\":1,}}]", 1, 14),
            ("[{\"a\":[1}]", 1, 9), ("[{\"a\":{1:2}}]", 1, 8), ("[", 1, 2), ("[{", 1, 3), ("[{\"a", 1, 5), ("[{\"a\":\"", 1, 8),
            ("[{\"a\":1\0}]", 1, 8), ("[{\"a\":\"\0\"}]", 1, 8),
        ])
    func refused(_ text: String, _ line: Int, _ column: Int) {
        guard case .syntax("t", let atLine, let atColumn, _) = formatError({ try read("json", text) }) else {
            Issue.record("\(text) was not refused for its syntax")
            return
        }
        #expect(atLine == line && atColumn == column, "\(text): \(atLine):\(atColumn)")
    }

    @Test(
        "a line holds one object, whole",
        arguments: [
            ("{\"a\":1} {\"a\":2}\n", 1, 9), ("{\"a\":1}\n{\"a\":\n2}\n", 2, 6), ("{\"a\":1}\n[1]\n", 2, 1), ("{\"a\":1}\n{\"a\":", 2, 6),
        ])
    func lines(_ text: String, _ line: Int, _ column: Int) {
        guard case .syntax("t", line, column, _) = formatError({ try read("jsonl", text) }) else {
            Issue.record("\(text): \(String(describing: formatError { try read("jsonl", text) }))")
            return
        }
    }

    @Test("escapes mean their characters, surrogate pairs one")
    func escapes() throws {
        let text = #"[{"\u0061\n": "\"\\\/\b\f\n\r\t\u00e9\u65e5\ud83d\ude00\u0000é"}]"#
        let frame = try read("json", text).frame
        #expect(frame.schema.names == ["a\n"])
        #expect(column(frame) == [.string("\"\\/\u{8}\u{c}\n\r\té日😀\0é")])
    }

    @Test(
        "half of a surrogate pair is an error",
        arguments: [
            #"{"a":"\ud83d"}"#, #"{"a":"\ude00"}"#, #"{"a":"\ude00\ud83d"}"#, #"{"a":"\ud83dx"}"#, #"{"a":"\ud83d\n"}"#,
            #"{"a":"\ud83d\ud83d\ude00"}"#, #"{"a":["\ud83d"]}"#,
        ])
    func surrogates(_ text: String) {
        guard case .loneSurrogate("t", 1, _) = formatError({ try read("json", text) }) else {
            Issue.record("\(text) was read")
            return
        }
    }

    @Test("bytes that are not UTF-8 are an error with offset and line")
    func invalid() {
        #expect(
            formatError { try read("json", bytes: Array("{\"a\":\n\"".utf8) + [0xff] + Array("\"}".utf8)) }
                == .invalidUTF8(path: "t", offset: 7, line: 2))
    }

    @Test("integers are exact, those beyond 64 bits are decimals, and beyond 38 digits they keep the column text, with a warning")
    func integers() throws {
        let exact = try read("json", "[{\"n\":9007199254740993},{\"n\":-9223372036854775808}]")
        #expect(column(exact.frame) == [.int(9_007_199_254_740_993), .int(.min)])
        let large = try read("json", "[{\"n\":1},{\"n\":123456789012345678901234567890}]")
        #expect(column(large.frame) == ["1", "123456789012345678901234567890"].map { .decimal(Decimal128($0) ?? Decimal128(0)) })
        #expect(large.warnings.isEmpty)
        let digits = String(repeating: "1", count: 39)
        let larger = try read("json", "[{\"n\":1},{\"n\":\(digits)}]")
        #expect(column(larger.frame) == [.string("1"), .string(digits)])
        #expect(larger.warnings == [.numbersKeptAsText(column: "n", row: 2, example: digits)])
    }

    @Test("a number larger than any float names its row and field")
    func outOfRange() {
        #expect(
            formatError { try read("json", "[{\"x\":1.5},{\"x\":-1e400}]") }
                == .numberOutOfRange(path: "t", row: 2, field: "x", text: "-1e400"))
    }

    @Test(
        "a column of several types is JSON, scalars in their shortest form and nested values as written",
        arguments: [
            ("1", "\"1\"", "1", "\"1\""), ("true", "1.50", "true", "1.5"), ("[ 1 , \" \" ]", "\"x\"", "[1,\" \"]", "\"x\""),
            ("{\"a\" : 1}", "2", "{\"a\":1}", "2"),
            ("\"2024-05-01\"", "1", "\"2024-05-01\"", "1"), ("false", "\"\\u0061\"", "false", "\"a\""),
            ("123456789012345678901", "\"5\"", "123456789012345678901", "\"5\""), ("1e400", "\"5\"", "1e400", "\"5\""),
        ])
    func mixed(_ first: String, _ second: String, _ firstText: String, _ secondText: String) throws {
        let result = try read("json", "[{\"x\":\(first)},{\"x\":null},{\"x\":\(second)}]")
        #expect(column(result.frame) == [.json(firstText), .null, .json(secondText)])
        #expect(result.warnings.isEmpty)
        let reversed = try read("json", "[{\"x\":\(second)},{\"x\":\(first)}]")
        #expect(column(reversed.frame) == [.json(secondText), .json(firstText)])
        #expect(reversed.warnings.isEmpty)
    }

    @Test(
        "lists of values of one type are lists, whatever rows tell it; any other nested values are JSON",
        arguments: [
            ("[1]|null|[]|[2,null]", DataType.list(.int64), [Scalar.list([.int(1)]), .null, .list([]), .list([.int(2), .null])]),
            ("[1]|[2.5]", .list(.float64), [.list([.float(1)]), .list([.float(2.5)])]),
            ("[]|[\"a\",\"\\u00e9\"]", .list(.string), [.list([]), .list([.string("a"), .string("é")])]),
            ("[\"2024-05-01\"]", .list(.date), [.list([.date(19_844)])]),
            ("[null]|[]", .list(.string), [.list([.null]), .list([])]),
            ("[1]|[\"a\"]", .json, [.json("[1]"), .json("[\"a\"]")]), ("[1]|2", .json, [.json("[1]"), .json("2")]),
            ("[[1]]", .json, [.json("[[1]]")]), ("[1]|[12345678901234567890123, null]", .list(.decimal(scale: 0)), [
                .list([.decimal(Decimal128(1))]), .list([.decimal(Decimal128(unscaled: 12_345_678_901_234_567_890_123, scale: 0)), .null]),
            ]),
            ("[0.5]|[12345678901234567890123]", .json, [.json("[0.5]"), .json("[12345678901234567890123]")]),
        ])
    func lists(_ values: String, _ type: DataType, _ expected: [Scalar]) throws {
        let lines = values.split(separator: "|").map { "{\"x\":\($0)}\n" }
        let result = try read("jsonl", lines.joined())
        #expect(result.frame.schema.fields.map(\.type) == [type])
        #expect(column(result.frame) == expected)
        #expect(result.warnings.isEmpty)
    }

    @Test("lists whose type shows in a later batch are read again")
    func lateLists() throws {
        var text = ""
        for row in 0..<70_000 { text += row == 68_000 ? "{\"x\":[0.5]}\n" : "{\"x\":[\(row)]}\n" }
        let frame = try read("jsonl", text).frame
        #expect(frame.schema.fields[0].type == .list(.float64))
        #expect(frame.scalar(row: 1, column: 0) == .list([.float(1)]))
        #expect(frame.scalar(row: 69_999, column: 0) == .list([.float(69_999)]))
    }

    @Test("nested values alone are compact JSON without a warning")
    func nested() throws {
        let result = try read("json", "[{\"x\": [1, 2,\n [ ] ]}, {\"x\": { \"a\" : \"b c\\\" \" , \"d\":{}}}]")
        #expect(column(result.frame) == [.json("[1,2,[]]"), .json("{\"a\":\"b c\\\" \",\"d\":{}}")])
        #expect(result.warnings.isEmpty)
    }

    @Test("strings that are all dates or timestamps are read as such, and numbers in strings are not")
    func dates() throws {
        let frame = try read(
            "json", #"[{"d":"2024-05-01","t":"2024-05-01T10:00:00Z","n":"1","m":"2024-05-01"},{"d":"2024-05-02","t":null,"n":"2","m":"x"}]"#
        ).frame
        #expect(frame.schema.fields.map(\.type) == [.date, .timestamp(utc: true), .string, .string])
        #expect(rows(frame)[1] == [.date(19_845), .null, .string("2"), .string("x")])
    }

    @Test("of a key that stands twice in an object the last value counts, with one warning")
    func duplicates() throws {
        let result = try read("jsonl", "{\"a\":1}\n{\"a\":1,\"b\":5,\"a\":2,\"\\u0061\":3}\n{\"b\":1,\"b\":2}\n")
        #expect(rows(result.frame) == [[.int(1), .null], [.int(3), .int(5)], [.null, .int(2)]])
        #expect(result.warnings == [.duplicateKeys(key: "a", line: 2, count: 3)])
    }

    @Test("keys in another order, or some of many, find their columns")
    func keyOrder() throws {
        var text = "", expected: [[Scalar]] = []
        for row in 0..<200 {
            let keys = (0..<40).filter { ($0 * 7 + row) % 5 != 0 }
            let ordered = row % 3 == 0 ? keys.reversed() : keys
            text += "{" + ordered.map { "\"k\($0)\":\(row * 100 + $0)" }.joined(separator: ",") + "}\n"
            expected.append((0..<40).map { keys.contains($0) ? .int(Int64(row * 100 + $0)) : .null })
        }
        let frame = try read("jsonl", text).frame
        let places = (0..<40).compactMap { frame.schema.index(of: "k\($0)") }
        #expect(places.count == 40)
        #expect(rows(frame).map { row in places.map { row[$0] } } == expected)
    }

    @Test(
        "values that do not fit, and columns that come late, are right in whatever row they stand", arguments: [0, 3_000, 65_536, 140_000])
    func late(_ odd: Int) throws {
        var text = ""
        for row in 0..<150_000 { text += row == odd ? "{\"late\":1,\"x\":\"s\"}\n" : "{\"x\":\(row)}\n" }
        let result = try read("jsonl", text)
        let frame = result.frame
        #expect(result.warnings.isEmpty)
        let late = try #require(frame.schema.index(of: "late")), x = try #require(frame.schema.index(of: "x"))
        for row in [0, 1, odd, 65_535, 65_536, 149_999] {
            #expect(frame.scalar(row: row, column: late) == (row == odd ? .int(1) : .null))
            #expect(frame.scalar(row: row, column: x) == .json(row == odd ? "\"s\"" : "\(row)"))
        }
    }

    @Test("nesting is limited to 512 and takes no stack")
    func nesting() throws {
        func nested(_ depth: Int) -> String {
            "[{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}]"
        }
        #expect(try read("json", nested(510)).frame.count == 1)
        #expect(formatError { try read("json", nested(511)) } == .nestingTooDeep(path: "t", line: 1, column: 517, limit: 512))
        for open in ["[", "{\"a\":"] {
            guard case .nestingTooDeep = formatError({ try read("json", "{\"a\":" + String(repeating: open, count: 100_000)) }) else {
                Issue.record("100,000 times \(open) was not refused")
                return
            }
        }
    }

    @Test("keys without a name, or equal but for the normal form, become columns that can be told apart")
    func names() throws {
        let result = try read("json", "{\"\":1,\"\u{e9}\":2,\"e\u{301}\":3}")
        #expect(result.frame.schema.names == ["column_1", "\u{e9}", "\u{e9}_2"])
        #expect(result.warnings.count == 2)
    }

    @Test("rows that each have columns of their own do not grow into a huge table")
    func sparse() {
        let text = (0..<20_000).map { "{\"k\($0)\":1}\n" }.joined()
        guard case .tooLarge("t", "table", _) = formatError({ try read("jsonl", text) }) else {
            Issue.record("the table was read")
            return
        }
    }

    @Test("every cut of a document is refused, never more")
    func cuts() {
        let bytes = Array("[{\"a\\u00e9\":[1,{\"b\":null}],\"c\":-1.5e3},\r\n {\"a\":\"\\ud83d\\ude00日\",\"d\":true}]".utf8)
        for length in 0..<bytes.count { #expect(formatError { try read("json", bytes: Array(bytes[..<length])) } != nil) }
        for length in 0...bytes.count { _ = try? read("jsonl", bytes: Array(bytes[1..<max(1, length)])) }
    }
}
