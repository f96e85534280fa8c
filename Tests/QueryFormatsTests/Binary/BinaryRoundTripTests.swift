import QueryFormats
import QueryFrames
import Testing

@Suite("binary formats keep every value and every type")
struct BinaryRoundTripTests {
    static let formats = ["arrow", "arrows", "parquet"]

    private func expectSame(_ format: String, _ frame: Frame, _ options: [String: Scalar] = [:], _ note: String = "") throws {
        let back = try read(format, bytes: writeBytes(format, frame, options)).frame
        #expect(back.schema == frame.schema, "\(note)")
        #expect(back.count == frame.count, "\(note)")
        for (index, field) in frame.schema.fields.enumerated() where column(back, index) != column(frame, index) {
            Issue.record("\(note) \(format): \(field) \(column(frame, index)) came back as \(column(back, index))")
        }
    }

    @Test("any frame comes back", arguments: formats)
    func random(_ format: String) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededNumbers(seed: seed)
        for round in 0..<12 {
            let rows = (0..<random.next() % 4).map { _ in Int(random.next() % 40) }
            try expectSame(format, randomFrame(allTypes, rows: rows, &random, nulls: round % 3 != 0), [:], "seed \(seed)")
        }
    }

    @Test("slices of frames come back", arguments: formats)
    func slices(_ format: String) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededNumbers(seed: seed)
        let whole = randomFrame(allTypes, rows: [100], &random)
        let batch = try #require(whole.batches.first)
        let parts = [batch.slice(3, 50), batch.slice(64, 9), batch.slice(17, 83), batch.slice(99, 1)]
        try expectSame(format, Frame(schema: whole.schema, batches: parts), [:], "seed \(seed)")
    }

    @Test("a frame without rows keeps its schema, and one without columns its rows or none", arguments: formats)
    func empty(_ format: String) throws {
        let schema = Schema(allTypes.enumerated().map { Field("\($0)", $1) })
        let back = try read(format, bytes: writeBytes(format, Frame(schema: schema, batches: []))).frame
        #expect(back.schema == schema)
        #expect(back.count == 0)
        let nothing = try read(format, bytes: writeBytes(format, Frame(schema: Schema([]), batches: []))).frame
        #expect(nothing.schema.fields.isEmpty)
    }

    @Test("names are any text at all", arguments: formats)
    func names(_ format: String) throws {
        let frame = makeFrame([("", .int64, [.int(1)]), ("é\n\"", .int64, [.int(2)]), ("a\0b", .list(.string), [.list([.string("x")])])])
        let back = try read(format, bytes: writeBytes(format, frame))
        #expect(back.frame.schema.names == ["column_1", "é\n\"", "a\0b"])
        #expect(back.warnings == [.renamedColumn(index: 1, from: "", to: "column_1")])
        #expect(rows(back.frame) == rows(frame))
    }

    @Test("columns of few distinct texts, with a dictionary of their own in each batch", arguments: formats)
    func dictionaries(_ format: String) throws {
        let first = dictionaryColumn(["EU", nil, "US", "EU"]), second = dictionaryColumn(["ASIA", "EU", nil]), third = dictionaryColumn([nil, nil])
        let batches = [first, second, second.slice(1, 2), third].map { RecordBatch(count: $0.count, columns: [$0]) }
        try expectSame(format, Frame(schema: Schema([Field("region", .string)]), batches: batches))
    }

    @Test("a column that is a dictionary in one batch and plain in another", arguments: formats)
    func halfDictionaries(_ format: String) throws {
        let batches = [dictionaryColumn(["EU", nil, "US"]), Column(.string, [.string("x"), .null])].map { RecordBatch(count: $0.count, columns: [$0]) }
        try expectSame(format, Frame(schema: Schema([Field("region", .string)]), batches: batches))
    }

    @Test("parquet in each compression, with row groups that cut batches", arguments: ["none", "snappy", "gzip", "zstd", "lz4"])
    func compressions(_ compression: String) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededNumbers(seed: seed)
        let frame = randomFrame(allTypes, rows: [30, 1, 25], &random)
        try expectSame("parquet", frame, ["compression": .string(compression), "group": .int(17)], "seed \(seed)")
    }

    @Test("many batches", arguments: formats)
    func many(_ format: String) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededNumbers(seed: seed)
        let types: [DataType] = [.int64, .string, .float64, .list(.int64), .bool]
        try expectSame(format, randomFrame(types, rows: Array(repeating: 300, count: 8), &random), [:], "seed \(seed)")
    }


    @Test("once parquet is cancelled no page is made any more")
    func cancelled() throws {
        let frame = makeFrame([("n", .int64, (0..<100).map { .int($0) }), ("t", .string, (0..<100).map { .string("\($0 % 3)") })])
        let sink = CancellingSink()
        let row = try #require(Formats.row(named: "parquet"))
        let make = try #require(row.write)
        let writer = try make(sink, FormatOptions())
        Cancellation.$current.withValue(sink.cancellation) {
            #expect(throws: FormatError.closedPipe(path: "")) { try writer.write(frame) }
        }
        #expect(sink.calls == 1)
    }
}

/// Is cancelled by the first bytes.
private final class CancellingSink: ByteSink {
    let cancellation = Cancellation()
    private(set) var calls = 0

    func write(_ bytes: UnsafeRawBufferPointer) {
        calls += 1
        cancellation.raise()
    }
}
