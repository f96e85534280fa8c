// Steps that choose rows by where they stand, or by chance.
import Testing

@testable import QueryFrames

@Suite("Steps on rows")
struct RowStepTests {
    private func run(_ transforms: [Transform], rows: Int, _ layout: Layout = .plain) throws -> [Int] {
        let data = frame([.ints("row", (0..<rows).map { Int64($0) }), .strings("s", (0..<rows).map { "\($0 % 3)" })], layout)
        let result = try Plan(transforms, schema: data.schema).run(over: data)
        return zip(result.values("row"), result.values("s")).map { row, s in
            guard case .int(let row) = row, s == .string("\(row % 3)") else { return -1 }
            return Int(row)
        }
    }

    @Test("skip drops the first rows", arguments: [0, 1, 3, 7, 19, 20, 21, Int.max], Layout.allCases)
    func skip(count: Int, layout: Layout) throws {
        #expect(try run([.skip(count)], rows: 20, layout) == Array((0..<20).dropFirst(count)))
    }

    @Test("tail keeps the last rows", arguments: [0, 1, 3, 7, 19, 20, 21, Int.max], Layout.allCases)
    func tail(count: Int, layout: Layout) throws {
        #expect(try run([.tail(count)], rows: 20, layout) == Array((0..<20).suffix(count)))
        #expect(try run([.sort([SortKey(name("row").expression)]), .tail(count)], rows: 20, layout) == Array((0..<20).suffix(count)))
    }

    @Test("tail holds the last rows of many batches", arguments: [1, 65_535, 65_536, 65_537, 150_000])
    func tailOfMany(count: Int) throws {
        #expect(try run([.tail(count)], rows: 200_000) == Array((0..<200_000).suffix(count)))
    }

    @Test("skip and take cut a part out of the middle", arguments: Layout.allCases)
    func middle(layout: Layout) throws {
        #expect(try run([.skip(5), .take(4, by: [])], rows: 20, layout) == [5, 6, 7, 8])
    }

    @Test("sort, skip and take give a page of the sorted rows", arguments: [0, 1, 30, 59_999, Int.max])
    func page(skipped: Int) throws {
        let sort = Transform.sort([SortKey(name("row").expression, descending: true)])
        let rows = try run([sort, .skip(skipped), .take(7, by: [])], rows: 60_000, .dictionaries)
        #expect(rows == Array((0..<60_000).reversed().dropFirst(skipped).prefix(7)))
    }

    @Test("a negative number of rows is refused")
    func negative() {
        let schema = Schema([Field("row", .int64)])
        for transform in [Transform.skip(-1), .tail(-1), .sample(-1, seed: nil)] {
            #expect(throws: PlanError.negativeCount(-1)) { try Plan([transform], schema: schema) }
        }
    }

    @Test("sample keeps so many rows, in their order", arguments: [0, 1, 5, 19, 20, 21, Int.max], Layout.allCases)
    func sample(count: Int, layout: Layout) throws {
        for seed in [nil, 1, -7] as [Int64?] {
            let rows = try run([.sample(count, seed: seed)], rows: 20, layout)
            #expect(rows.count == min(count, 20))
            #expect(rows == Set(rows).sorted())
        }
    }

    @Test("the same seed chooses the same rows, however they are laid out; another seed others")
    func seeds() throws {
        let chosen = try run([.sample(6, seed: 42)], rows: 50)
        for layout in Layout.allCases { #expect(try run([.sample(6, seed: 42)], rows: 50, layout) == chosen) }
        #expect(try run([.sample(6, seed: 43)], rows: 50) != chosen)
        #expect(try run([.sort([SortKey(name("row").expression)]), .sample(6, seed: 42)], rows: 50) == chosen)
    }

    @Test("every row has the same chance")
    func uniform() throws {
        var chosen = Array(repeating: 0, count: 40)
        for seed in 0..<4_000 { for row in try run([.sample(10, seed: Int64(seed))], rows: 40) { chosen[row] += 1 } }
        // 1,000 are expected of each, with a standard deviation of 27.
        #expect(chosen.allSatisfy { (860...1_140).contains($0) }, "\(chosen)")
    }

    @Test("a small sample of many rows is what sorting all of their draws would choose")
    func pruned() throws {
        // With a sample of all rows but a few nothing is ever thrown away; one is part of the other.
        let some = try run([.sample(100, seed: 9)], rows: 300_000)
        let most = Set(try run([.sample(200_000, seed: 9)], rows: 300_000))
        #expect(some.count == 100 && most.count == 200_000)
        #expect(some == some.sorted())
        #expect(most.isSuperset(of: some))
        let thirds = [0..<100_000, 100_000..<200_000, 200_000..<300_000].map { part in some.count { part.contains($0) } }
        #expect(thirds.allSatisfy { $0 > 10 }, "\(thirds)")
    }
}
