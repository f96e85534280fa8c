import QueryFormats
import QueryFrames
import Testing

@Suite("csv: writing")
struct CSVWriterTests {
    @Test("values are written in the forms that read back")
    func forms() throws {
        let frame = makeFrame([
            ("b", .bool, [.bool(true), .null]), ("i", .int64, [.int(-5), .null]), ("f", .float64, [.float(5), .float(.nan)]),
            ("d", .date, [.date(19_844), .null]),
            ("t", .timestamp(utc: true), [.timestamp(0, utc: true), .null]),
            ("w", .timestamp(utc: false), [.timestamp(250_000, utc: false), .null]),
            ("u", .duration, [.duration(5_400_000_000), .null]), ("s", .string, [.string("x"), .null]), ("n", .null, [.null, .null]),
        ])
        #expect(
            try write("csv", frame) == """
                b,i,f,d,t,w,u,s,n
                true,-5,5.0,2024-05-01,1970-01-01T00:00:00Z,1970-01-01T00:00:00.250,1h30m,x,
                ,,NaN,,,,,,

                """)
    }

    @Test(
        "text is quoted where it would read as something else, and only there",
        arguments: [
            ("plain", "plain"), ("a b", "a b"), (" a ", " a "), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
            ("a\rb", "\"a\rb\""), ("", "\"\""),
            ("a\tb", "a\tb"), ("'x'", "'x'"), ("é", "é"), ("\u{feff}x", "\"\u{feff}x\""), ("\0", "\0"), ("null", "null"),
        ])
    func quoting(_ value: String, _ text: String) throws {
        let frame = makeFrame([("s", .string, [.string(value)]), ("t", .string, [.string("z")])])
        let written = try write("csv", frame)
        #expect(written == "s,t\n\(text),z\n")
        #expect(rows(try read("csv", written).frame) == rows(frame))
    }

    @Test("names are quoted as text is")
    func names() throws {
        let frame = makeFrame([("\u{feff}a", .int64, [.int(1)]), ("b,c", .int64, [.int(2)]), ("d\"\n", .int64, [.int(3)])])
        let written = try write("csv", frame)
        #expect(written == "\"\u{feff}a\",\"b,c\",\"d\"\"\n\"\n1,2,3\n")
        #expect(try read("csv", written).frame.schema == frame.schema)
    }

    @Test("options change what is written, and the same options read it back")
    func options() throws {
        let frame = makeFrame([("a", .string, [.string("NA"), .null, .string("x;y")]), ("b", .int64, [.int(1), .null, .int(2)])])
        let options: [String: Scalar] = ["null": .string("NA"), "delimiter": .string(";")]
        let written = try write("csv", frame, options)
        #expect(written == "a;b\n\"NA\";1\nNA;NA\n\"x;y\";2\n")
        #expect(rows(try read("csv", written, options).frame) == rows(frame))
        #expect(try write("csv", frame, ["header": .bool(false)]) == "NA,1\n,\nx;y,2\n")
        #expect(try write("tsv", makeFrame([("a", .string, [.string("x\ty"), .string("x,y")])])) == "a\n\"x\ty\"\nx,y\n")
    }

    @Test("a frame without rows is its header, one without columns is nothing")
    func empty() throws {
        #expect(try write("csv", Frame(schema: Schema([Field("a", .int64), Field("b", .string)]), batches: [])) == "a,b\n")
        #expect(try write("csv", Frame(schema: Schema([]), batches: [RecordBatch(count: 2, columns: [])])) == "")
    }
}
