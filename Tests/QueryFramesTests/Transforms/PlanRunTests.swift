// Plans over streams: what is pushed comes out in time, and nothing goes on once it is enough.
import Testing

@testable import QueryFrames

@Suite("Runs")
struct PlanRunTests {
    let schema = Schema([Field("a", .int64)])

    func batch(_ values: Range<Int64>) -> RecordBatch {
        RecordBatch(count: values.count, columns: [column(.int64, values.map { .int($0) })])
    }

    @Test("a filter gives each batch its own, at once")
    func filter() throws {
        let run = try Plan([.where(binary(name("a"), .greater, value(.int(2))).expression)], schema: schema).start()
        var counts: [Int] = []
        try run.push(batch(0..<5)) { counts.append($0.count); return true }
        #expect(counts == [2])
        try run.push(batch(0..<2)) { counts.append($0.count); return true }
        #expect(counts == [2])
        try run.finish { counts.append($0.count); return true }
        #expect(counts == [2])
        #expect(!run.isDone)
    }

    @Test("a run is done once take has its rows, so that whoever reads can stop")
    func take() throws {
        let run = try Plan([.take(3, by: [])], schema: schema).start()
        var rows = 0
        try run.push(batch(0..<2)) { rows += $0.count; return true }
        #expect(!run.isDone)
        try run.push(batch(0..<2)) { rows += $0.count; return true }
        #expect(run.isDone)
        try run.push(batch(0..<2)) { rows += $0.count; return true }
        #expect(rows == 3)
    }

    @Test("a take before a sort is done, and the sort still gives its rows at the end")
    func takeThenSort() throws {
        let run = try Plan([.take(3, by: []), .sort([SortKey(name("a").expression, descending: true)])], schema: schema).start()
        var values: [Scalar] = []
        func collect(_ batch: RecordBatch) -> Bool {
            values += (0..<batch.count).map { batch.columns[0].scalar($0) }
            return true
        }
        try run.push(batch(0..<9), into: collect)
        #expect(run.isDone)
        #expect(values.isEmpty)
        try run.finish(into: collect)
        #expect(values == [.int(2), .int(1), .int(0)])
    }

    @Test("a sink that wants no more gets no more")
    func sink() throws {
        let run = try Plan([.sort([SortKey(name("a").expression)])], schema: schema).start()
        for _ in 0..<3 { try run.push(batch(0..<70_000)) { _ in true } }
        var batches = 0
        try run.finish { _ in
            batches += 1
            return false
        }
        #expect(batches == 1)
        #expect(run.isDone)
    }

    @Test("large batches are cut into batches of the usual size")
    func cut() throws {
        let run = try Plan([], schema: schema).start()
        var counts: [Int] = []
        try run.push(batch(0..<150_000)) { counts.append($0.count); return true }
        #expect(counts == [65_536, 65_536, 18_928])
    }

    @Test("a run that is cancelled stops with an error, between batches and within a sort")
    func cancel() throws {
        let data = Frame(schema: schema, batches: [batch(0..<200_000)])
        let filter = try Plan([.where(binary(name("a"), .greater, value(.int(2))).expression)], schema: schema)
        #expect(throws: EvaluationError.cancelled) { try filter.run(over: data, isCancelled: { true }) }

        var random = SeededNumbers(seed: 7)
        let shuffled = column(.int64, (0..<60_000).map { _ in .int(.random(in: 0...(.max), using: &random)) })
        let sort = try Plan([.sort([SortKey(name("a").expression)])], schema: schema)
        var asked = 0
        let run = sort.start()
        try run.push(RecordBatch(count: shuffled.count, columns: [shuffled])) { _ in true }
        #expect(throws: EvaluationError.cancelled) {
            try run.finish(isCancelled: { asked += 1; return asked > 2 }, into: { _ in true })
        }
    }
}
