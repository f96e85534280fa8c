@testable import QueryFormats
import QueryFrames
import Testing

@Suite("results: any document, in any pieces")
struct ResultPropertyTests {
    @Test("random results are what the slow way makes of them, whatever the pieces, the segments and the workers", arguments: 0..<24)
    func random(_ number: Int) throws {
        let seed = UInt64(20_261_100 + number)
        var generator = SeededNumbers(seed: seed)
        let rowCount = [0, 1, 7, 60, 300].randomElement(using: &generator) ?? 1
        let random = RandomResult(&generator, rows: rowCount, columns: Int.random(in: 1...6, using: &generator))
        let layout = number % 2 == 0 ? ResultLayout.toolkit : .polytomic
        let page = Array(random.page(layout, blanks: number % 3 == 0).utf8)
        for _ in 0..<5 {
            let size = [1, 13, 100, 1_000, .max].randomElement(using: &generator) ?? .max
            let segment = [8, 50, 400, RowStream.segmentBytes].randomElement(using: &generator) ?? 8
            let workers = Int.random(in: 1...3, using: &generator)
            let frame = try readResult(layout, [page], pieces: size, segment: segment, workers: workers).frame
            #expect(frame.count == random.cells.count)
            for index in random.names.indices {
                let wanted = random.expected(index)
                #expect(frame.schema.fields[index].type == wanted.type, "seed \(seed), column \(index)")
                #expect(same(column(frame, index), wanted.values), "seed \(seed), column \(index), pieces \(size), segments \(segment), workers \(workers)")
            }
        }
    }

    /// Equal to the sign of a zero.
    private func same(_ left: [Scalar], _ right: [Scalar]) -> Bool {
        left.count == right.count
            && zip(left, right).allSatisfy { pair in
                if case (.float(let left), .float(let right)) = pair { return left.bitPattern == right.bitPattern }
                return pair.0 == pair.1
            }
    }

    @Test("batches begin at the same rows, whatever the pieces and the workers")
    func batches() throws {
        let rows = (0..<150_000).map { "[\($0),\"t\($0 % 7)\"]" }.joined(separator: ",")
        let page = Array("{\"results\":{\"rows\":[\(rows)]}}".utf8)
        for workers in [1, 2] {
            let frame = try readResult(.toolkit, [page], pieces: 100_000, segment: 65_536, workers: workers).frame
            #expect(frame.batches.map(\.count) == [65_536, 65_536, 18_928])
            #expect(frame.scalar(row: 149_999, column: 0) == .int(149_999))
            #expect(frame.scalar(row: 65_536, column: 1) == .string("t\(65_536 % 7)"))
        }
    }
}
