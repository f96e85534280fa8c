import QueryFormats
import QueryFrames
import TestSupport
import Testing

@Suite("xlsx")
struct XLSXTests {
    /// What an independent reader says of a workbook.
    private func reading(_ bytes: [UInt8]) throws -> [String] {
        let folder = try TestSupport.ScratchFolder()
        let path = try folder.write("book.xlsx", bytes: bytes)
        let result = try Command("/usr/bin/env", ["python3", Files.package + "/Tests/Peers/workbook.py", path]).run()
        #expect(result.error == "" && result.ending == .exited(0))
        return result.output.split(separator: "\n").map(String.init)
    }

    private func book(_ frame: Frame, _ options: [String: Scalar] = [:]) throws -> (bytes: [UInt8], warnings: [FormatWarning]) {
        let sink = MemorySink()
        let make = try #require(Formats.row(named: "xlsx")?.write)
        let writer = try make(sink, FormatOptions(values: options))
        try writer.write(frame)
        return (sink.bytes, writer.warnings)
    }

    /// The cells below the header of a frame of one column, as the reader says them.
    private func cells(_ type: DataType, _ values: [Scalar]) throws -> (cells: [String], warnings: [FormatWarning]) {
        let (bytes, warnings) = try book(makeFrame([("a", type, values)]))
        return (try reading(bytes).dropFirst(3).map { String($0.drop { $0 != " " }.dropFirst()) }, warnings)
    }

    @Test("a sheet has a bold header that stays in sight, and cells of the values' own types")
    func types() throws {
        let frame = makeFrame([
            ("region", .string, [.string("EU"), .null]), ("n", .int64, [.int(-5), .int(1 << 53)]), ("f", .float64, [.float(0.25), .null]),
            ("ok", .bool, [.bool(true), .bool(false)]), ("d", .date, [.date(19_844), .null]),
            ("at", .timestamp(utc: true), [.timestamp(1_714_557_600_000_000, utc: true), .timestamp(1_714_557_600_250_000, utc: true)]),
            ("p", .decimal(scale: 2), [.decimal(Decimal128(unscaled: 1_250, scale: 2)), .null]),
            ("t", .duration, [.duration(5_400_000_000), .null]), ("none", .null, [.null, .null]),
        ])
        let (bytes, warnings) = try book(frame)
        #expect(warnings == [])
        #expect(
            try reading(bytes) == [
                "sheet 'Sheet1'", "pane A2 frozen", "A1 'region' bold", "B1 'n' bold", "C1 'f' bold", "D1 'ok' bold", "E1 'd' bold", "F1 'at' bold",
                "G1 'p' bold", "H1 't' bold", "I1 'none' bold", "A2 'EU'", "B2 -5", "C2 0.25", "D2 bool 1", "E2 45413 [yyyy-mm-dd]",
                "F2 45413.41666666666 [yyyy-mm-dd hh:mm:ss\"Z\"]", "G2 12.5 [0.00]", "H2 0.0625 [[h]:mm:ss]", "B3 9007199254740992",
                "D3 bool 0", "F3 45413.41666956018 [yyyy-mm-dd hh:mm:ss.000\"Z\"]",
            ])
    }

    @Test("text stays text, whatever a spreadsheet program or XML would make of it")
    func texts() throws {
        let texts = [
            "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "a<b>&\"c\"", " x ", "a\nb", "a\r\nb", "\t", "_x0041_", "__x0041__", "_x00zz_", "é日😀",
            "http://example.com", "007", "true", "]]>",
        ]
        let (cells, warnings) = try cells(.string, texts.map(Scalar.string))
        #expect(warnings == [])
        #expect(
            cells == [
                "'=1+1'", "'+1'", "'-1'", "'@SUM(A1)'", "\"=cmd|' /C calc'!A0\"", "'a<b>&\"c\"'", "' x '", "'a\\nb'", "'a\\r\\nb'", "'\\t'",
                "'_x0041_'", "'__x0041__'", "'_x00zz_'", "'\\xe9\\u65e5\\U0001f600'", "'http://example.com'", "'007'", "'true'", "']]>'",
            ])
    }

    @Test("numbers that a cell would change are text, and counted")
    func largeNumbers() throws {
        let (ints, warnings) = try cells(.int64, [.int(.max), .int(.min), .int((1 << 53) + 1), .int(-(1 << 53))])
        #expect(ints == ["'9223372036854775807'", "'-9223372036854775808'", "'9007199254740993'", "-9007199254740992"])
        #expect(warnings == [.numbersAsText(count: 3)])
        let decimals = try cells(
            .decimal(scale: 3),
            [999_999_999_999_999, 1_000_000_000_000_000, -999_999_999_999_999].map { .decimal(Decimal128(unscaled: $0, scale: 3)) })
        #expect(decimals.cells == ["999999999999.999 [0.000]", "'1000000000000.000'", "-999999999999.999 [0.000]"])
        #expect(decimals.warnings == [.numbersAsText(count: 1)])
    }

    @Test("floats with more digits than the file keeps are counted, and those that are no finite numbers are empty")
    func floats() throws {
        let (cells, warnings) = try cells(.float64, [.float(0.1), .float(0.1 + 0.2), .float(1e300), .float(.nan), .float(-.infinity), .float(-0.5)])
        #expect(cells == ["0.1", "0.3", "1E+300", "-0.5"])
        #expect(warnings == [.notFinite(count: 2), .rounded(count: 1)])
    }

    @Test("dates that spreadsheet programs do not know, or take for others, are text")
    func dates() throws {
        let first = try #require(CivilDate(year: 1900, month: 3, day: 1)).days
        let last = try #require(CivilDate(year: 9999, month: 12, day: 31)).days
        let (cells, warnings) = try cells(.date, [.date(first), .date(first - 1), .date(last), .date(last + 1)])
        #expect(cells == ["61 [yyyy-mm-dd]", "'1900-02-28'", "2958465 [yyyy-mm-dd]", "'+10000-01-01'"])
        #expect(warnings == [.timesAsText(count: 2)])
    }

    @Test("times are rounded to the millisecond, and that is counted; negative durations are text")
    func times() throws {
        let day: Int64 = 86_400_000_000
        let stamps = try cells(.timestamp(utc: false), [.timestamp(day - 500, utc: false), .timestamp(day + 1_000, utc: false), .timestamp(-1, utc: false)])
        #expect(
            stamps.cells == ["25570 [yyyy-mm-dd hh:mm:ss]", "25570.00000001157 [yyyy-mm-dd hh:mm:ss.000]", "25569 [yyyy-mm-dd hh:mm:ss]"])
        #expect(stamps.warnings == [.rounded(count: 2)])
        let durations = try cells(.duration, [.duration(-1_000_000), .duration(36 * 3_600_000_000), .duration(1_500_000), .duration(.max)])
        #expect(durations.cells == ["'-1s'", "1.5 [[h]:mm:ss]", "1.736111111111111E-05 [[h]:mm:ss.000]", "'106751991d4h54s775ms807us'"])
        #expect(durations.warnings == [.timesAsText(count: 2)])
    }

    @Test("lists and JSON are JSON text, and bytes hexadecimal digits")
    func nested() throws {
        #expect(try cells(.list(.int64), [.list([.int(1), .null])]).cells == ["'[1,null]'"])
        #expect(try cells(.json, [.json("{\"a\":1}")]).cells == ["'{\"a\":1}'"])
        #expect(try cells(.binary, [.binary([0, 255])]).cells == ["'\\\\x00ff'"])
    }

    @Test("no rows, no columns, and nothing but nulls are sheets too")
    func empty() throws {
        #expect(try reading(book(makeFrame([("a", .int64, [])])).bytes) == ["sheet 'Sheet1'", "pane A2 frozen", "A1 'a' bold"])
        #expect(try reading(book(Frame(schema: Schema([]), columns: [])).bytes) == ["sheet 'Sheet1'"])
        #expect(try cells(.string, [.null, .null]).cells == [])
        #expect(try cells(.string, [.string("")]).cells == [])
    }

    @Test("several frames are a sheet each, in their order")
    func several() throws {
        let sink = MemorySink()
        let make = try #require(Formats.row(named: "xlsx")?.writeSeveral)
        let a = makeFrame([("x", .int64, [.int(1)])]), b = makeFrame([("y", .string, [.string("z")])])
        try make(sink, FormatOptions()).write([NamedFrame("EU", a), NamedFrame("Völker & Co", b)], .one)
        #expect(
            try reading(sink.bytes) == [
                "sheet 'EU'", "pane A2 frozen", "A1 'x' bold", "A2 1", "sheet 'V\\xf6lker & Co'", "pane A2 frozen", "A1 'y' bold", "A2 'z'",
            ])
    }

    @Test("the same frame gives the same bytes, whole or batch by batch")
    func deterministic() throws {
        let frame = makeFrame([("a", .string, (0..<500).map { .string("text \($0)") }), ("b", .int64, (0..<500).map { .int($0) })])
        let make = try #require(Formats.row(named: "xlsx")?.write)
        let sink = MemorySink()
        let writer = try make(sink, FormatOptions())
        try writer.begin(frame.schema)
        for batch in frame.batches {
            try writer.write(batch.slice(0, 200))
            try writer.write(batch.slice(200, batch.count - 200))
        }
        try writer.finish()
        #expect(try book(frame).bytes == sink.bytes)
    }
}
