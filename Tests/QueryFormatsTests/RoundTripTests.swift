import QueryFormats
import QueryFrames
import Testing

@Suite("what is written reads back")
struct RoundTripTests {
    private static let texts = [
        "", " ", "a", "a,b", "\"", "\"\"", "\n", "\r\n", "\r", "\t", "a\\b", "\\n", "null", "é", "日本", "😀", "\u{feff}", "\0", "\u{1b}[31m",
        "\u{202e}x", "x\u{301}", "-", "007",
        "=1+1", "{}", "[1]", "NaN ", "|", "2024-05-1", String(repeating: "long ", count: 40),
    ]

    /// A random value of `type`; text is never a number, bool or date as a whole, since csv and json would read it as one.
    private func value(_ type: DataType, _ random: inout SeededNumbers) -> Scalar {
        if random.next() % 5 == 0 { return .null }
        switch type {
        case .bool: return .bool(random.next() % 2 == 0)
        case .int64: return .int(Int64(bitPattern: random.next()) >> Int64(random.next() % 64))
        case .float64:
            while true {
                let float =
                    random.next() % 2 == 0 ? Double(bitPattern: random.next()) : Double(Int64(bitPattern: random.next()) % 1_000_000) / 100
                if float.isFinite { return .float(float) }
            }
        case .date: return .date(Int32.random(in: CivilDate.range, using: &random))
        case .timestamp(let utc): return .timestamp(Int64.random(in: TextParsing.timestampRange, using: &random), utc: utc)
        default: return .string(Self.texts[Int(random.next() % UInt64(Self.texts.count))])
        }
    }

    @Test("any frame, as csv, tsv, json and jsonl")
    func random() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededNumbers(seed: seed)
        let types: [DataType] = [.bool, .int64, .float64, .date, .timestamp(utc: true), .timestamp(utc: false), .string]
        for _ in 0..<150 {
            let count = 1 + Int(random.next() % 40)
            let columns = (0..<1 + Int(random.next() % 6)).map { index in
                let type = types[Int(random.next() % UInt64(types.count))]
                var values = (0..<count).map { _ in value(type, &random) }
                // A column without any value is read as text, and a header's blank lines are not values.
                if values.allSatisfy({ $0 == .null }) || (type == .string && values.allSatisfy { $0 == .null || $0 == .string("") }) {
                    values[0] = type == .string ? .string("x") : value(type, &random)
                    while values[0] == .null { values[0] = value(type, &random) }
                }
                return ("\(index)" + Self.texts[Int(random.next() % UInt64(Self.texts.count))], type, values)
            }
            let frame = makeFrame(columns)
            for format in ["csv", "tsv", "json", "jsonl"] {
                let back = try read(format, write(format, frame)).frame
                guard back.schema == frame.schema, rows(back) == rows(frame) else {
                    Issue.record("seed \(seed): \(format) of \(columns) read as \(back.schema) \(rows(back))")
                    return
                }
            }
        }
    }

    @Test("a frame of many batches")
    func batches() throws {
        let values: [Scalar] = (0..<65_000).map { .int($0) }
        let texts: [Scalar] = (0..<65_000).map { .string("t\($0 % 100)") }
        let batch = RecordBatch(count: 65_000, columns: [makeColumn(.int64, values), makeColumn(.string, texts)])
        let frame = Frame(
            schema: Schema([Field("n", .int64), Field("s", .string)]), batches: [batch, batch.slice(1_001, 50_000), batch.slice(5, 30_000)])
        for format in ["csv", "json"] {
            let back = try read(format, write(format, frame)).frame
            #expect(back.count == frame.count)
            #expect(column(back, 0) == column(frame, 0))
            #expect(column(back, 1) == column(frame, 1))
        }
    }

    @Test("a dictionary column as its text")
    func dictionary() throws {
        let words = makeColumn(.string, [.string("EU"), .string("U,S")])
        let indices = FixedBuilder<Int64>(.int64)
        indices.append(Int64(1) << 32 | 0)  // rows 0 and 1: words 0 and 1
        indices.append(Int64(0) << 32 | 1)
        guard case .fixed(let buffer) = indices.finish().storage else { return }
        let column = Column(type: .string, count: 4, validity: nil, storage: .dictionary(indices: buffer, values: words))
        let frame = Frame(schema: Schema([Field("w", .string)]), columns: [column])
        #expect(try write("csv", frame) == "w\nEU\n\"U,S\"\n\"U,S\"\nEU\n")
        #expect(try write("jsonl", frame).hasPrefix("{\"w\":\"EU\"}\n{\"w\":\"U,S\"}\n"))
    }
}
