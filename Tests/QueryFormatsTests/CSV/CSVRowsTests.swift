import QueryFormats
import QueryFrames
import Testing

@Suite("csv: rows and fields")
struct CSVRowsTests {
    @Test("the header names the columns and every line is a row")
    func plain() throws {
        let frame = try read("csv", "region,revenue\nEU,12\nUS,5\n").frame
        #expect(frame.schema == Schema([Field("region", .string), Field("revenue", .int64)]))
        #expect(rows(frame) == [[.string("EU"), .int(12)], [.string("US"), .int(5)]])
    }

    @Test(
        "LF, CR and CRLF end rows, also mixed, and the last row needs none",
        arguments: [
            "a,b\n1,x\n2,y\n3,z\n", "a,b\r\n1,x\r\n2,y\r\n3,z\r\n", "a,b\r1,x\r2,y\r3,z\r", "a,b\r\n1,x\n2,y\r3,z",
            "a,b\n\n1,x\r\n\r\n2,y\n3,z\n\n\n", "\u{feff}a,b\n1,x\n2,y\n3,z",
            "\n\na,b\n1,x\n2,y\n3,\"z\"", "a,b\n\"1\",\"x\"\r\n\"2\",\"y\"\r\"3\",\"z\"\r\n",
        ])
    func lineEnds(_ text: String) throws {
        let frame = try read("csv", text).frame
        #expect(frame.schema.names == ["a", "b"])
        #expect(rows(frame) == [[.int(1), .string("x")], [.int(2), .string("y")], [.int(3), .string("z")]])
    }

    @Test("rows read the same wherever they cross a block of 64 bytes")
    func blocks() throws {
        for lead in 0..<140 {
            for end in ["\n", "\r\n", "\r"] {
                let pad = String(repeating: "p", count: lead)
                let text = "a,b,c\(end)\(pad),\"q\"\"\(pad)\n,\",\"\"\(end),\"\(pad)\",3\(end)x,y,z"
                let frame = try read("csv", text).frame
                let empty: Scalar = lead == 0 ? .null : .string(pad)
                let quoted: Scalar = .string(pad)
                #expect(
                    rows(frame) == [
                        [empty, .string("q\"\(pad)\n,"), .string("")], [.null, quoted, .string("3")],
                        [.string("x"), .string("y"), .string("z")],
                    ], "\(lead) bytes before")
            }
        }
    }

    @Test("an empty field is null and a quoted empty field an empty string")
    func empties() throws {
        let frame = try read("csv", "a,b\n,\"\"\n\"\",\nx,y\n").frame
        #expect(rows(frame) == [[.null, .string("")], [.string(""), .null], [.string("x"), .string("y")]])
    }

    @Test("quotes protect delimiters, line ends and doubled quotes")
    func quotes() throws {
        let frame = try read("csv", "a,\"b,c\"\n\"x\ny\",\"say \"\"hi\"\"\"\n\"\"\"\",\"\r\n\"\n").frame
        #expect(frame.schema.names == ["a", "b,c"])
        #expect(rows(frame) == [[.string("x\ny"), .string("say \"hi\"")], [.string("\""), .string("\r\n")]])
    }

    @Test("a file of one column has null in blank lines, as the writer puts them")
    func oneColumn() throws {
        let frame = makeFrame([("n", .int64, [.null, .int(1), .null, .null])])
        let text = try write("csv", frame)
        #expect(text == "n\n\n1\n\n\n")
        #expect(rows(try read("csv", text).frame) == rows(frame))
    }

    @Test("a header alone gives columns without rows, and an empty file none")
    func noRows() throws {
        let frame = try read("csv", "a,b\n").frame
        #expect(frame.schema == Schema([Field("a", .string), Field("b", .string)]))
        #expect(frame.count == 0)
        for text in ["", "\u{feff}", "\n", "\r\n\n"] { #expect(try read("csv", text).frame.schema.fields.isEmpty) }
    }

    @Test(
        "a ragged row names its line and both counts",
        arguments: [
            ("a,b\n1,2\n3\n", 3, 1), ("a,b\n1,2\n3,4,5\n", 3, 3), ("a,b\n\"x\ny\",2\n\n3\n", 5, 1), ("a,b\r\n1,2\r\n3", 3, 1),
            ("a,b\n1,2,", 2, 3), ("a,b\n\"\"\n", 2, 1),
            ("a,b\n1,\"2\",\"3\"", 2, 3),
        ])
    func ragged(_ text: String, _ line: Int, _ found: Int) {
        #expect(formatError { try read("csv", text) } == .raggedRow(path: "t", line: line, found: found, expected: 2))
    }

    @Test(
        "an unterminated quote names the line of the opening quote",
        arguments: [("a,b\n1,\"x\n\n\n2,3\n", 2), ("\"a,b", 1), ("a\n\"", 2), ("a\n\"x\"\"", 2)])
    func unterminated(_ text: String, _ line: Int) {
        #expect(formatError { try read("csv", text) } == .unterminatedQuote(path: "t", line: line))
    }

    @Test(
        "a quote inside of an unquoted field, or text after a closing one, is an error",
        arguments: [
            ("a\nx\"y\n", 2), ("a\n\"x\"y\n", 2), ("a\n\"x\" \n", 2), ("a,b\n1, \"x\"\n", 2), ("a\n\"x\n\"y\n", 3),
        ])
    func stray(_ text: String, _ line: Int) {
        #expect(formatError { try read("csv", text) } == .strayQuote(path: "t", line: line))
    }

    @Test(
        "bytes that are not UTF-8 are an error with offset and line",
        arguments: [
            ([0x61, 0x0a, 0x62, 0xff, 0x0a], 3, 2), ([0xc0, 0x80], 0, 1), ([0x61, 0xe2, 0x82], 1, 1), ([0xed, 0xa0, 0x80], 0, 1),
            ([0xf4, 0x90, 0x80, 0x80], 0, 1),
            ([0xff, 0xfe, 0x61, 0x00], 0, 1),
        ] as [([UInt8], Int, Int)])
    func invalid(_ bytes: [UInt8], _ offset: Int, _ line: Int) {
        #expect(formatError { try read("csv", bytes: bytes) } == .invalidUTF8(path: "t", offset: offset, line: line))
    }

    @Test("NUL and any other character of Unicode is kept")
    func kept() throws {
        let text = "a\nx\0y\n\u{10ffff}é日本\u{80}\n"
        #expect(column(try read("csv", text).frame) == [.string("x\0y"), .string("\u{10ffff}é日本\u{80}")])
    }

    @Test("columns without a name of their own get one, with a warning")
    func names() throws {
        let result = try read("csv", "a,a,,a_2,\"\",a\n1,2,3,4,5,6\n")
        #expect(result.frame.schema.names == ["a", "a_3", "column_3", "a_2", "column_5", "a_4"])
        #expect(
            result.warnings == [
                .renamedColumn(index: 2, from: "a", to: "a_3"), .renamedColumn(index: 3, from: "", to: "column_3"),
                .renamedColumn(index: 5, from: "", to: "column_5"),
                .renamedColumn(index: 6, from: "a", to: "a_4"),
            ])
    }

    @Test("too many columns are an error, not a table")
    func tooMany() {
        #expect(
            formatError { try read("csv", String(repeating: ",", count: 100_000) + "\n") } == .tooManyColumns(path: "t", limit: 100_000))
    }

    @Test("every cut of a document is read or refused, never more")
    func cuts() {
        let bytes = Array("\u{feff}id,\"na\"\"me\",d\r\n1,\"é\n,\",2024-05-01\r\n\r\n007,,\"\"\n-2.5e3,日本,2024-05-01T10:00:00Z".utf8)
        for length in 0...bytes.count {
            for option in [true, false] { _ = try? read("csv", bytes: Array(bytes[..<length]), ["header": .bool(option)]) }
        }
    }

    @Test("random bytes are read or refused, never more")
    func noise() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededNumbers(seed: seed)
        let letters = Array("a1,\"\n\r-.e: ".utf8) + [0xc3, 0xa9, 0]
        for _ in 0..<3_000 {
            let bytes = (0..<random.next() % 200).map { _ in letters[Int(random.next() % UInt64(letters.count))] }
            for format in ["csv", "tsv", "json", "jsonl"] { _ = try? read(format, bytes: bytes) }
        }
    }
}
