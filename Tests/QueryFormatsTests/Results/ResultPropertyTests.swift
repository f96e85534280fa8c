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
            let segment = [8, 50, 400, ReadingSizes().segmentBytes].randomElement(using: &generator) ?? 8
            let workers = Int.random(in: 1...3, using: &generator)
            let batched = [1, 10, 4_096].randomElement(using: &generator) ?? 1
            let frame = try readResult(layout, [page], pieces: size, segment: segment, workers: workers, batched: batched).frame
            #expect(frame.count == random.cells.count)
            for index in random.names.indices {
                let wanted = random.expected(index)
                #expect(frame.schema.fields[index].type == wanted.type, "seed \(seed), column \(index)")
                #expect(same(column(frame, index), wanted.values), "seed \(seed), column \(index), pieces \(size), segments \(segment), workers \(workers), batched \(batched)")
            }
        }
    }

    @Test("a page that is abandoned leaves nothing, though its rows were in the batch already", arguments: 0..<16)
    func abandoned(_ number: Int) throws {
        let seed = UInt64(20_261_200 + number)
        var generator = SeededNumbers(seed: seed)
        let layout = number % 2 == 0 ? ResultLayout.toolkit : .polytomic
        let columns = Int.random(in: 1...5, using: &generator)
        let pages = (0..<4).map { _ in
            Array(RandomResult(&generator, rows: Int.random(in: 0...60, using: &generator), columns: columns).page(layout).utf8)
        }
        let batched = [1, 7, 40].randomElement(using: &generator) ?? 1
        let kept = try readResult(layout, [pages[0], pages[2]], segment: 100, batched: batched).frame
        let reader = resultReader(layout, segment: 100, batched: batched)
        for (index, page) in pages.enumerated() {
            reader.beginPage()
            try receive(index == 3 ? Array(page.dropLast(2)) : page, reader, 50)
            if index % 2 == 0 { _ = try reader.endPage() } else { reader.abandonPage() }
        }
        let frame = try reader.finish().frame
        #expect(frame.schema == kept.schema, "seed \(seed)")
        for index in frame.schema.fields.indices {
            #expect(same(column(frame, index), column(kept, index)), "seed \(seed), column \(index)")
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
