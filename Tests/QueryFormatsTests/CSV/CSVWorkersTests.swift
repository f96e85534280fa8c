// CSV by several threads: the same frame, the same bytes, the same errors.
import Testing

@testable import QueryFormats
@testable import QueryFrames

@Suite("CSV by several threads")
struct CSVWorkersTests {
    /// Threads that share out however few rows.
    private static let three = Workers(3, leastRows: 0)

    /// Rows of all kinds; every so often a column changes its type late, so that batches are read again.
    private static func text(seed: UInt64, rows: Int) -> String {
        var random = TextChance(state: seed)
        let late = random.below(2) == 0
        var text = "a,b,c,d\n"
        for row in 0..<rows {
            let number = late && row == rows - 1 ? "no number" : "\(random.below(1000))"
            let word = ["plain", "\"with, comma\"", "\"two\nlines\"", "\"a \"\"quote\"\"\"", "", "\"\"", "naïve façade"][random.below(7)]
            text += "\(number),\(word),\(Double(random.below(100_000)) / 64),2024-0\(1 + random.below(9))-11\n"
        }
        return text
    }

    @Test("a file is read into the same frame", arguments: 1...12)
    func read(seed: UInt64) throws {
        let source = ByteSource(bytes: Array(CSVWorkersTests.text(seed: seed, rows: 20_000).utf8), name: "t")
        let dialect = try CSVDialect(FormatOptions(), format: "csv", delimiter: UInt8(ascii: ","))
        let alone = try CSVReader(source, dialect).read(.one), shared = try CSVReader(source, dialect).read(CSVWorkersTests.three)
        #expect(alone.frame.schema == shared.frame.schema, "seed \(seed)")
        #expect(alone.frame.batches.map(\.count) == shared.frame.batches.map(\.count))
        #expect(bytes(alone.frame, .one) == bytes(shared.frame, .one), "seed \(seed)")
    }

    @Test("a broken file is refused with the same error", arguments: ["1,2,3\n", "1,\"x\n", "a\"b,,,\n"])
    func errors(line: String) throws {
        let lines = Array(CSVWorkersTests.text(seed: 3, rows: 9_000).utf8) + Array(line.utf8)
        let source = ByteSource(bytes: lines, name: "t")
        let dialect = try CSVDialect(FormatOptions(), format: "csv", delimiter: UInt8(ascii: ","))
        func failure(_ workers: Workers) -> FormatError? {
            do throws(FormatError) {
                _ = try CSVReader(source, dialect).read(workers)
                return nil
            } catch {
                return error
            }
        }
        #expect(failure(.one) != nil)
        #expect(failure(.one) == failure(CSVWorkersTests.three))
    }

    @Test("the first byte that is no UTF-8 is named, wherever the parts begin")
    func encoding() throws {
        for offset in stride(from: 0, to: 400, by: 7) {
            var bytes = Array(String(repeating: "さé", count: 100).utf8)
            bytes[offset] = 0xff
            let source = ByteSource(bytes: bytes, name: "t")
            func failure(_ workers: Workers) -> FormatError? {
                do throws(FormatError) {
                    try source.checkUTF8(workers)
                    return nil
                } catch {
                    return error
                }
            }
            #expect(failure(.one) != nil)
            #expect(failure(.one) == failure(CSVWorkersTests.three), "offset \(offset)")
        }
        try ByteSource(bytes: Array(String(repeating: "さé", count: 100).utf8), name: "t").checkUTF8(CSVWorkersTests.three)
    }

    @Test("a frame is written as the same bytes", arguments: 1...6)
    func write(seed: UInt64) throws {
        let source = ByteSource(bytes: Array(CSVWorkersTests.text(seed: seed, rows: 40_000).utf8), name: "t")
        let frame = try CSVReader(source, CSVDialect(FormatOptions(), format: "csv", delimiter: UInt8(ascii: ","))).read(.one).frame
        #expect(bytes(frame, .one) == bytes(frame, CSVWorkersTests.three), "seed \(seed)")
    }

    @Test("a sink that fails is asked no more, and its error is told")
    func failingSink() throws {
        let source = ByteSource(bytes: Array(CSVWorkersTests.text(seed: 1, rows: 60_000).utf8), name: "t")
        let dialect = try CSVDialect(FormatOptions(), format: "csv", delimiter: UInt8(ascii: ","))
        let frame = try CSVReader(source, dialect).read(.one).frame
        let sink = FailingSink(after: 3)
        #expect(throws: FormatError.closedPipe(path: "sink")) {
            try CSVWriter(sink, dialect).write(frame, CSVWorkersTests.three)
        }
        #expect(sink.calls == 4)
    }

    private func bytes(_ frame: Frame, _ workers: Workers) -> [UInt8] {
        let sink = MemorySink()
        try? CSVWriter(sink, CSVDialect(FormatOptions(), format: "csv", delimiter: UInt8(ascii: ","))).write(frame, workers)
        return sink.bytes
    }
}

/// Takes so many writes and then fails.
private final class FailingSink: ByteSink {
    private let most: Int
    private(set) var calls = 0

    init(after most: Int) { self.most = most }

    func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
        calls += 1
        if calls > most { throw .closedPipe(path: "sink") }
    }
}

/// Small numbers from a seed.
private struct TextChance {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }
}
