// A sort of which only the first rows are wanted, over more rows than it holds at once.
import Testing

@testable import QueryFrames

@Suite("Limited sort")
struct LimitedSortTests {
    @Test("take after sort gives the first rows of the whole sort", arguments: [1, 20, 2_500, 16_384, 16_385, 30_000], [false, true])
    func agreesWithSort(count: Int, descending: Bool) throws {
        var random = SeededNumbers(seed: 5)
        let rows = 30_000
        let data = frame([
            .ints("k", (0..<rows).map { _ in random.next() % 5 == 0 ? nil : Int64(random.next() % 2_000) }),
            .strings("s", (0..<rows).map { _ in "k\(random.next() % 700)" }),
            .ints("row", (0..<rows).map { Int64($0) }),
        ], .plain)
        for keys in [["k"], ["k", "s"], ["s"]] {
            for nullsFirst in [false, true] {
                let sort = Transform.sort(keys.map { SortKey(name($0).expression, descending: descending, nullsFirst: nullsFirst) })
                let all = try Plan([sort], schema: data.schema).run(over: data).values("row")
                let first = try Plan([sort, .take(count, by: [])], schema: data.schema).run(over: data).values("row")
                #expect(first == Array(all.prefix(count)), "\(keys), nulls first: \(nullsFirst)")
            }
        }
    }

    @Test("rows that come in the worst order are all looked at", arguments: [false, true])
    func sortedInput(descending: Bool) throws {
        let rows: Int64 = 40_000
        let data = frame([.ints("k", (0..<rows).map { descending ? $0 : rows - 1 - $0 })], .plain)
        let sort = Transform.sort([SortKey(name("k").expression, descending: descending)])
        let first = try Plan([sort, .take(3, by: [])], schema: data.schema).run(over: data).values("k")
        #expect(first == (descending ? [rows - 1, rows - 2, rows - 3] : [0, 1, 2]).map { .int($0) })
    }
}
