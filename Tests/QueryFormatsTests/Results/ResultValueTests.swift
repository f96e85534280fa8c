@testable import QueryFormats
import QueryFrames
import Testing

@Suite("results: values and types")
struct ResultValueTests {
    private func read(_ values: [String]) throws -> (frame: Frame, warnings: [ResultWarning]) {
        let result = try readResult(.polytomic, polytomicPage(values.map { "{\"v\":\($0)}" }, fields: "[\"v\"]"))
        return (result.frame, result.warnings)
    }

    @Test("integers are exact up to 38 digits, and beyond them text with a warning")
    func integers() throws {
        let edges = ["9007199254740993", "9223372036854775807", "-9223372036854775808", "0", "-1", "1234567890123456789", "999999999999999999"]
        #expect(column(try read(edges).frame) == edges.map { .int(Int64($0) ?? 0) })
        let decimals = try read(["18446744073709551615", "-9223372036854775809", "1", String(repeating: "9", count: 38)])
        #expect(decimals.frame.schema.fields[0].type == .decimal(scale: 0) && decimals.warnings.isEmpty)
        #expect(decimals.frame.scalar(row: 0, column: 0) == .decimal(Decimal128(unscaled: 18_446_744_073_709_551_615, scale: 0)))
        let digits = String(repeating: "7", count: 400)
        let long = try read(["1", digits])
        #expect(column(long.frame) == [.string("1"), .string(digits)])
        #expect(long.warnings == [.numbersKeptAsText(column: "v", row: 2, example: digits)])
        let inexact = try read(["9007199254740993", "1.5"])
        #expect(column(inexact.frame) == [.string("9007199254740993"), .string("1.5")])
        #expect(inexact.warnings == [.numbersKeptAsText(column: "v", row: 1, example: "9007199254740993")])
    }

    @Test("floats are the nearest doubles, with the sign of zero")
    func floats() throws {
        let texts = [
            "0.1", "5e-324", "-0", "-0.0", "1e-999", "1.7976931348623157e308", "2.2250738585072011e-308", "0.30000000000000004", "123456789.12",
            "9007199254740993.0", "1E+2", "0.000001", "100000000000000000000.5", "3.14159265358979323846264338327950288",
            "1" + String(repeating: "0", count: 25) + ".0", "7205759403792793200001e-5", "0.1234567890123456789", "1.0e-23", "8.5e22",
        ]
        let read = column(try read(texts).frame)
        for (value, text) in zip(read, texts) {
            guard case .float(let found) = value else {
                Issue.record("\(text) is no float")
                continue
            }
            #expect(found.bitPattern == Double(text)?.bitPattern, "\(text)")
        }
    }

    @Test("a number larger than any float names its row and field")
    func outOfRange() {
        #expect(resultError { try read(["1.5", "-1e400"]) } == .numberOutOfRange(row: 2, field: "v", text: "-1e400"))
        #expect(throws: Never.self) { try read(["\"x\"", "1e400"]) }
    }

    @Test("values of several types are JSON, which is said once, and nothing of them is lost")
    func mixed() throws {
        let values = ["1", "\"1\"", "true", "[1, 2]", "{ }", "1.50", "123456789012345678901", "1e400", "\"2024-05-01\"", "null"]
        for turn in 0..<values.count {
            let turned = Array(values[turn...] + values[..<turn])
            let result = try read(turned)
            let wanted = ["1", "\"1\"", "true", "[1,2]", "{}", "1.5", "123456789012345678901", "1e400", "\"2024-05-01\"", ""]
            let expected = (wanted[turn...] + wanted[..<turn]).map { $0.isEmpty ? Scalar.null : .json($0) }
            #expect(column(result.frame) == expected)
            #expect(result.warnings == [.mixedTypes(column: "v")])
        }
    }

    @Test("timestamps that turn out to be texts are the texts that were written")
    func times() throws {
        let texts = [
            "2024-02-29T10:00:00Z", "2024-02-29 10:00", "0001-01-01T00:00:00.1Z", "2024-02-29T10:00:00.120000000+05:30", "2024-12-31T23:59:59-0000",
            "2024-06-01T10:00:00.000001-11", "9999-12-31T23:59:59.999999Z", "2024-02-29", "2024-02-29T23:30:00.50-01:45", "not a time",
        ]
        for count in 1...texts.count {
            let values = Array(texts.suffix(count))
            #expect(column(try read(values.map { "\"\($0)\"" }).frame) == values.map { .string($0) })
        }
        #expect(try read(["\"2024-02-29T10:00:00Z\"", "\"2024-02-29T10:00+02:00\""]).frame.schema.fields[0].type == .timestamp(utc: true))
        #expect(try read(["\"2024-02-30\""]).frame.schema.fields[0].type == .string)
    }

    @Test("keys that are missing, new, or not among the fields")
    func keys() throws {
        let result = try readResult(
            .polytomic,
            [
                polytomicPage(["{\"a\":1}", "{\"x\":true,\"a\":2}"], fields: "[\"b\",\"a\"]"), polytomicPage(["{\"b\":2.5,\"c\":3}"], fields: "[\"b\",\"a\",\"c\"]"),
            ].map { Array($0.utf8) })
        #expect(result.frame.schema == Schema([Field("b", .float64), Field("a", .int64), Field("c", .int64), Field("x", .bool)]))
        #expect(
            rows(result.frame) == [[.null, .int(1), .null, .null], [.null, .int(2), .null, .bool(true)], [.float(2.5), .null, .int(3), .null]])
        #expect(result.warnings == [.unnamedField(column: "x")])
    }

    @Test("of a key that stands twice the last value counts, and the first does not even tell the type")
    func duplicates() throws {
        let page = Array(polytomicPage(["{\"v\":1}", "{\"v\":\"x\",\"w\":1,\"v\":2}", "{\"w\":5,\"\\u0076\":[1],\"v\":3}"]).utf8)
        for size in [1, 5, Int.max] {
            let result = try readResult(.polytomic, [page], pieces: size, segment: 8)
            #expect(rows(result.frame) == [[.int(1), .null], [.int(2), .int(1)], [.int(3), .int(5)]])
            #expect(result.warnings == [.duplicateKeys(key: "v", count: 2)])
        }
    }

    @Test("frames of no rows, no columns and nothing but nulls")
    func empty() throws {
        #expect(try readResult(.toolkit, #"{"results":{"columns":["a"],"rows":[]}}"#).frame.schema == Schema([Field("a", .string)]))
        #expect(try readResult(.toolkit, #"{"results":{"columns":[],"rows":[[],[]]}}"#).frame.count == 2)
        #expect(try readResult(.polytomic, polytomicPage(["{}", "{}"])).frame.count == 2)
        #expect(column(try read(["null", "null"]).frame) == [.null, .null])
        #expect(try readResult(.polytomic, "{}").frame.count == 0)
    }
}

@Suite("results: pages, memory, cancelling")
struct ResultPageTests {
    @Test("a page that is abandoned leaves nothing behind, neither rows nor types nor columns")
    func abandoned() throws {
        let good = Array(polytomicPage(["{\"a\":1}"], fields: "[\"a\"]").utf8), bad = Array(polytomicPage(["{\"a\":\"x\",\"z\":1,\"a\":2}"], fields: "[\"q\"]").utf8)
        let reader = resultReader(.polytomic, segment: 8, batched: 1)
        for (page, keep) in [(bad, false), (good, true), (Array(bad.dropLast(2)), false), (good, true)] {
            reader.beginPage()
            try receive(page, reader, 7)
            if keep { _ = try reader.endPage() } else { reader.abandonPage() }
        }
        #expect(reader.rowCount == 2)
        let (frame, warnings) = try reader.finish()
        #expect(frame.schema == Schema([Field("a", .int64)]) && rows(frame) == [[.int(1)], [.int(1)]] && warnings.isEmpty)
    }

    @Test("a page of many batches can be abandoned too")
    func abandonedBatches() throws {
        let page = Array("{\"results\":{\"rows\":[\((0..<70_000).map { "[\($0)]" }.joined(separator: ","))]}}".utf8)
        let reader = resultReader(.toolkit, segment: 10_000, batched: 1)
        for keep in [true, false, true] {
            reader.beginPage()
            try receive(page, reader, .max)
            if keep { _ = try reader.endPage() } else { reader.abandonPage() }
        }
        let frame = try reader.finish().frame
        #expect(frame.count == 140_000 && frame.scalar(row: 70_000, column: 0) == .int(0) && frame.scalar(row: 139_999, column: 0) == .int(69_999))
    }

    @Test("other columns on a later page are an error")
    func otherColumns() {
        let pages = ["a", "b"].map { Array("{\"results\":{\"columns\":[\"\($0)\"],\"rows\":[[1]]}}".utf8) }
        #expect(resultError { try readResult(.toolkit, pages) } == .otherColumns(expected: ["a"], found: ["b"]))
    }

    @Test("a result that takes more memory than it may is refused, and what it took is given back")
    func memory() throws {
        let page = Array("{\"results\":{\"rows\":[\((0..<20_000).map { "[\($0),\($0)]" }.joined(separator: ","))]}}".utf8)
        let budget = MemoryBudget(limit: 100_000)
        MemoryBudget.$current.withValue(budget) {
            guard case .memory(_, 100_000) = resultError({ try readResult(.toolkit, [page], pieces: 10_000, segment: 10_000) }) else {
                Issue.record("the result was read")
                return
            }
        }
        #expect(budget.used == 0)
    }

    @Test("a reader whose result nobody wants any more stops with the next piece")
    func cancelled() throws {
        let cancellation = Cancellation()
        let reader = ResultReader(.toolkit, workers: .one, cancellation: cancellation)
        reader.beginPage()
        try receive(Array("{\"results\":".utf8), reader, .max)
        cancellation.raise()
        #expect(resultError { try reader.endPage() } == .cancelled)
    }

    @Test("a row that is too long is refused before all of it is there")
    func longRow() {
        let row = "[\"" + String(repeating: "x", count: 2_000)
        for page in ["{\"results\":{\"rows\":[\(row)", "{\"results\":{\"rows\":[\(row)\"]]}}"] {
            let reader = resultReader(.toolkit, segment: 256, batched: 1, rowLimit: 1_000)
            reader.beginPage()
            #expect(resultError { try receive(Array(page.utf8), reader, 100) } == .tooLarge(what: .row, limit: 1_000))
        }
    }

    @Test("rows that each have columns of their own do not grow into a huge table")
    func sparse() {
        let page = Array(polytomicPage((0..<20_000).map { "{\"k\($0)\":1}" }).utf8)
        guard case .tooLarge(.table, _) = resultError({ try readResult(.polytomic, [page], segment: 50_000) }) else {
            Issue.record("the table was read")
            return
        }
    }
}
