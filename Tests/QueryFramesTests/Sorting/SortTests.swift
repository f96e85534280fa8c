// Sorts against a plain stable sort of row numbers, over every type, order and layout.
import Testing

@testable import QueryFrames

@Suite("Sort")
struct SortTests {
    /// The row numbers of `data` in the order of the keys, by insertion of scalars compared one by one.
    static func expected(_ data: [Data], _ keys: [(name: String, descending: Bool, nullsFirst: Bool)]) -> [Int] {
        let columns = keys.map { key in data.first { $0.name == key.name }?.values ?? [] }
        func comes(_ a: Int, _ b: Int) -> Bool {
            for (key, values) in zip(keys, columns) {
                switch (values[a] == .null, values[b] == .null) {
                case (true, true): continue
                case (true, false): return key.nullsFirst
                case (false, true): return !key.nullsFirst
                case (false, false): break
                }
                if (try? ScalarOperators.apply(.less, values[a], values[b])) == .bool(true) { return !key.descending }
                if (try? ScalarOperators.apply(.less, values[b], values[a])) == .bool(true) { return key.descending }
            }
            return false
        }
        var rows = Array(data[0].values.indices)
        // The standard library's sort is stable in fact; the row number makes it so by right.
        rows.sort { comes($0, $1) || (!comes($1, $0) && $0 < $1) }
        return rows
    }

    static func sorted(_ data: [Data], _ layout: Layout, _ keys: [(name: String, descending: Bool, nullsFirst: Bool)]) throws -> [Scalar] {
        let numbered = data + [.ints("row", data[0].values.indices.map { Int64($0) })]
        let sort = Transform.sort(keys.map { SortKey(name($0.name).expression, descending: $0.descending, nullsFirst: $0.nullsFirst) })
        let frame = frame(numbered, layout)
        let result = try Plan([sort], schema: frame.schema).run(over: frame)
        for (index, column) in data.enumerated() {
            let rows = result.values("row")
            for (value, row) in zip(result.values(index), rows) {
                guard case .int(let row) = row, same(value, column.values[Int(row)]) else {
                    Issue.record("\(column.name) was not gathered with its row")
                    return []
                }
            }
        }
        return result.values("row")
    }

    @Test("any keys, in any order, sort as a plain stable sort does", arguments: [UInt64](1...40))
    func random(seed: UInt64) throws {
        var random = RandomExpressions(seed: seed)
        let data = random.data(rows: random.pick([1, 2, 15, 17, 60, 300, 900]))
        let keys = (0..<random.pick([1, 1, 2, 3])).map { _ in
            (name: random.pick(data.map(\.name)), descending: random.chance(50), nullsFirst: random.chance(30))
        }
        let expected = SortTests.expected(data, keys).map { Scalar.int(Int64($0)) }
        for layout in Layout.allCases {
            #expect(try SortTests.sorted(data, layout, keys) == expected, "seed \(seed), \(layout), \(keys)")
        }
    }

    @Test("nulls come last unless said, also in descending order, and NaN is the greatest number")
    func nulls() throws {
        let data: [Data] = [.floats("x", [nil, 1, .nan, -.infinity, nil, .infinity, -0.0, 0.0])]
        func rows(_ descending: Bool, _ nullsFirst: Bool) throws -> [Scalar] {
            try SortTests.sorted(data, .plain, [("x", descending, nullsFirst)])
        }
        func ints(_ values: Int64...) -> [Scalar] { values.map { .int($0) } }
        #expect(try rows(false, false) == ints(3, 6, 7, 1, 5, 2, 0, 4))
        #expect(try rows(true, false) == ints(2, 5, 1, 6, 7, 3, 0, 4))
        #expect(try rows(false, true) == ints(0, 4, 3, 6, 7, 1, 5, 2))
        #expect(try rows(true, true) == ints(0, 4, 2, 5, 1, 6, 7, 3))
    }

    @Test("strings sort by code point, however long what they share", arguments: Layout.allCases)
    func strings(layout: Layout) throws {
        let prefix = String(repeating: "https://example.com/", count: 5)
        var texts: [String] = ["", "\0", "\0\0", "a", "a\0", "abcdefg", "abcdefgh", "abcdefg\0", "é", "e\u{301}", "日本", "😀"]
        texts += (0..<40).map { prefix + "\($0 % 20)" } + (0..<20).map { String(prefix.prefix($0 * 3)) }
        var random = SeededNumbers(seed: 3)
        texts.shuffle(using: &random)
        let data: [Data] = [.strings("s", texts)]
        for descending in [false, true] {
            let keys = [(name: "s", descending: descending, nullsFirst: false)]
            #expect(try SortTests.sorted(data, layout, keys) == SortTests.expected(data, keys).map { .int(Int64($0)) })
        }
    }

    @Test("strings that differ in one byte alone sort by it, wherever it stands", arguments: 0..<24)
    func oneByte(place: Int) throws {
        var random = SeededNumbers(seed: UInt64(place))
        let texts = (0..<120).map { _ in
            String(repeating: "x", count: place) + String(Int.random(in: 0...4, using: &random)) + String(repeating: "y", count: 30 - place)
        }
        let data: [Data] = [.strings("s", texts)]
        for descending in [false, true] {
            let keys = [(name: "s", descending: descending, nullsFirst: false)]
            #expect(try SortTests.sorted(data, .plain, keys) == SortTests.expected(data, keys).map { .int(Int64($0)) })
        }
    }

    @Test("many rows: ints of the whole range, few distinct values, floats around an outlier, sorted and reversed")
    func large() throws {
        var random = SeededNumbers(seed: 11)
        let count = 5_000
        let columns: [Data] = [
            Data("whole", .int64, (0..<count).map { _ in .int(.random(in: .min ... .max, using: &random)) }),
            Data("few", .int64, (0..<count).map { _ in .int(.random(in: 0...3, using: &random)) }),
            Data("outlier", .float64, (0..<count).map { $0 == 9 ? .float(1e300) : .float(.random(in: 0...1e-300, using: &random)) }),
            Data("up", .int64, (0..<count).map { .int(Int64($0) / 3) }),
            Data("down", .date, (0..<count).map { .date(Int32(count - $0)) }),
            Data("text", .string, (0..<count).map { _ in .string("key \(Int.random(in: 0...900, using: &random)) of many") }),
        ]
        for keys in [["whole"], ["few", "whole"], ["outlier"], ["up"], ["down"], ["text", "few"], ["few", "text", "down"]] {
            let keys = keys.map { (name: $0, descending: false, nullsFirst: false) }
            #expect(try SortTests.sorted(columns, .plain, keys) == SortTests.expected(columns, keys).map { .int(Int64($0)) })
        }
    }

    @Test("a key may be an expression, and no keys leave the order as it is")
    func expressions() throws {
        let data = frame([.ints("a", [1, -3, 2])])
        let byMagnitude = Transform.sort([SortKey(call("abs", name("a")).expression, descending: true)])
        #expect(try Plan([byMagnitude], schema: data.schema).run(over: data).values(0) == [.int(-3), .int(2), .int(1)])
        #expect(try Plan([.sort([])], schema: data.schema).run(over: data).values(0) == [.int(1), .int(-3), .int(2)])
    }

    @Test("sort and take give the first rows of the whole order, stably, though most rows are thrown away on the way")
    func top() throws {
        var random = SeededNumbers(seed: 5)
        let schema = Schema([Field("a", .int64), Field("s", .string), Field("row", .int64)])
        var all: [(Int64?, Int64)] = []
        let batches = (0..<7).map { batch -> RecordBatch in
            let values = (0..<60_000).map { _ -> Int64? in
                Int.random(in: 0..<50, using: &random) == 0 ? nil : .random(in: 0...5_000, using: &random)
            }
            let rows = (0..<60_000).map { Int64(batch * 60_000 + $0) }
            all += zip(values, rows)
            return RecordBatch(count: 60_000, columns: [
                column(.int64, values.map { $0.map { .int($0) } ?? .null }), column(.string, values.map { .string("\($0 ?? 0)") }),
                column(.int64, rows.map { .int($0) }),
            ])
        }
        let frame = Frame(schema: schema, batches: batches)
        for (descending, nullsFirst) in [(false, false), (true, false), (true, true)] {
            let ordered = all.sorted { a, b in
                switch (a.0, b.0) {
                case (nil, nil): a.1 < b.1
                case (nil, _): nullsFirst
                case (_, nil): !nullsFirst
                case (let x?, let y?): x == y ? a.1 < b.1 : descending ? x > y : x < y
                }
            }
            for count in [100, 70_000] {
                let sort = Transform.sort([SortKey(name("a").expression, descending: descending, nullsFirst: nullsFirst)])
                let result = try Plan([sort, .take(count, by: [])], schema: schema).run(over: frame)
                #expect(result.values("row") == ordered.prefix(count).map { .int($0.1) }, "\(count), \(descending), \(nullsFirst)")
            }
        }
    }
}
