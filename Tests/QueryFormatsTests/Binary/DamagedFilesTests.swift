import QueryFormats
import QueryFrames
import Testing

/// A damaged file gives an error or rows, and nothing else: what would trap ends the test.
@Suite("damaged files of binary formats")
struct DamagedFilesTests {
    private static let types: [DataType] = [.bool, .int64, .string, .decimal(scale: 2), .date, .timestamp(utc: true), .json, .list(.string), .null]

    private func sample(_ format: String, _ options: [String: Scalar]) throws -> [UInt8] {
        var random = SeededNumbers(seed: 7)
        let frame = randomFrame(Self.types, rows: [9, 5], &random)
        let words = [dictionaryColumn(["EU", "US", nil, "EU", "EU", "EU", "US", "US", nil]), dictionaryColumn(["EU", "ASIA", nil, "EU", "EU"])]
        let batches = zip(frame.batches, words).map { RecordBatch(count: $0.count, columns: $0.columns + [$1]) }
        return try writeBytes(format, Frame(schema: Schema(frame.schema.fields + [Field("words", .string)]), batches: batches), options)
    }

    /// Reads what may be no file at all, and looks at every value of what comes of it.
    private func attempt(_ format: String, _ bytes: [UInt8]) {
        guard let result = try? read(format, bytes: bytes) else { return }
        #expect(result.frame.count < 1 << 27)
        for batch in result.frame.batches where batch.count < 1_000 {
            for column in batch.columns { for row in 0..<batch.count { _ = column.scalar(row) } }
        }
    }

    @Test("cut short anywhere", arguments: BinaryRoundTripTests.samples)
    func truncated(_ sample: BinarySample) throws {
        let bytes = try self.sample(sample.format, sample.options)
        for length in 0..<bytes.count { attempt(sample.format, Array(bytes[..<length])) }
    }

    @Test("any byte another one", arguments: BinaryRoundTripTests.samples)
    func flipped(_ sample: BinarySample) throws {
        let bytes = try self.sample(sample.format, sample.options)
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] ^= [0x01, 0x80, 0xff][place % 3]
            attempt(sample.format, damaged)
        }
    }

    @Test("several bytes at random", arguments: BinaryRoundTripTests.samples)
    func random(_ sample: BinarySample) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededNumbers(seed: seed)
        let bytes = try self.sample(sample.format, sample.options)
        for _ in 0..<400 {
            var damaged = bytes
            for _ in 0..<1 + random.next() % 6 {
                let place = Int(random.next() % UInt64(damaged.count))
                damaged[place] = [0, 0x7f, 0xff, UInt8(truncatingIfNeeded: random.next())][Int(random.next() % 4)]
            }
            attempt(sample.format, damaged)
        }
    }

    @Test("nothing at all, and something else", arguments: BinaryRoundTripTests.samples)
    func strangers(_ sample: BinarySample) {
        for text in ["", "A", "ARROW1", "PAR1", "PAR1PAR1", "a,b\n1,2\n", String(repeating: "\0", count: 100)] {
            #expect(formatError { try read(sample.format, bytes: Array(text.utf8)) } != nil, "\(text)")
        }
    }
}

/// A format as one of its writers' settings makes it.
struct BinarySample: Sendable, CustomTestStringConvertible {
    let format: String
    let options: [String: Scalar]

    var testDescription: String { "\(format) \(options)" }
}

extension BinaryRoundTripTests {
    static let samples = [BinarySample(format: "arrow", options: [:]), BinarySample(format: "arrows", options: [:])]
        + ["none", "zstd", "snappy"].map { BinarySample(format: "parquet", options: ["compression": .string($0), "group": .int(8)]) }
}
