import QueryFormats
import QueryFrames
import Testing

@Suite("json: writing")
struct JSONWriterTests {
    let frame = makeFrame([
        ("b", .bool, [.bool(true), .null]), ("i", .int64, [.int(.max), .int(.min)]), ("f\"", .float64, [.float(5), .float(1e300)]),
        ("d", .date, [.date(19_844), .null]),
        ("t", .timestamp(utc: true), [.timestamp(0, utc: true), .null]), ("u", .duration, [.duration(1_000_000), .null]),
        ("s", .string, [.string("a\"\\\n\r\t\u{1}\u{1f}é/"), .string("")]),
    ])

    @Test("json is an array with one object a line")
    func document() throws {
        #expect(
            try write("json", frame) == #"""
                [
                {"b":true,"i":9223372036854775807,"f\"":5.0,"d":"2024-05-01","t":"1970-01-01T00:00:00Z","u":"1s","s":"a\"\\\n\r\t\u0001\u001fé/"},
                {"b":null,"i":-9223372036854775808,"f\"":1e+300,"d":null,"t":null,"u":null,"s":""}
                ]

                """#)
    }

    @Test("jsonl is one object a line and nothing else")
    func lines() throws {
        let lines = try write("jsonl", frame).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3 && lines[2].isEmpty)
        #expect(lines[0].hasPrefix("{\"b\":true,") && lines[1].hasSuffix(",\"s\":\"\"}"))
    }

    @Test("frames without rows or columns are valid JSON")
    func empty() throws {
        let noRows = Frame(schema: Schema([Field("a", .int64)]), batches: [])
        let noColumns = Frame(schema: Schema([]), batches: [RecordBatch(count: 2, columns: [])])
        #expect(try write("json", noRows) == "[]\n")
        #expect(try write("jsonl", noRows) == "")
        #expect(try write("json", noColumns) == "[\n{},\n{}\n]\n")
        #expect(try write("jsonl", noColumns) == "{}\n{}\n")
        #expect(try read("json", write("json", noColumns)).frame.count == 2)
    }

    @Test("several frames are an object with an array for each, and other numbers than finite ones of all of them are counted")
    func several() throws {
        let sink = MemorySink()
        let make = try #require(Formats.row(named: "json")?.writeSeveral)
        let writer = try make(sink, FormatOptions())
        let a = makeFrame([("x", .float64, [.float(1.5), .float(.nan)])]), b = makeFrame([("y", .string, [])])
        try writer.write([NamedFrame("E\"U", a), NamedFrame("", b), NamedFrame("c", a)], .one)
        #expect(sink.text == """
            {
            "E\\"U":[
            {"x":1.5},
            {"x":null}
            ],
            "":[],
            "c":[
            {"x":1.5},
            {"x":null}
            ]
            }

            """)
        #expect(writer.warnings == [.notFinite(count: 2)])
        #expect(try read("json", sink.text).frame.count == 1)
    }

    @Test("numbers that are not finite are null, and counted")
    func notFinite() throws {
        let frame = makeFrame([("x", .float64, [.float(.nan), .float(.infinity), .null, .float(-0.0)])])
        let (text, writer) = try writeWithWriter("jsonl", frame)
        #expect(text == "{\"x\":null}\n{\"x\":null}\n{\"x\":null}\n{\"x\":-0.0}\n")
        #expect(writer.warnings == [.notFinite(count: 2)])
    }
}
