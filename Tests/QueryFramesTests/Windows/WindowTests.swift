// Windows in derive and select: each by hand, and all against a slow way of computing them.
import Testing

@testable import QueryFrames

@Suite("Windows")
struct WindowTests {
    static let sales: [Data] = [
        .strings("region", ["EU", "US", "EU", nil, "US", "EU", nil, "EU"]),
        .ints("month", [3, 1, 1, 2, 1, 2, 1, nil]),
        .ints("n", [10, nil, 30, 40, 50, nil, 70, 80]),
        .floats("x", [0.5, 1, nil, 2, .infinity, 4, -1, 0.25]),
        .strings("name", ["a", "b", nil, "d", "e", "f", "", "h"]),
    ]

    private func derived(_ sample: Sample, _ layout: Layout = .plain) throws -> [Scalar] {
        let data = frame(WindowTests.sales, layout)
        let plan = try Plan([.derive([Projection(name: "w", expression: sample.expression)])], schema: data.schema)
        let result = try plan.run(over: data)
        #expect(result.schema.names == WindowTests.sales.map(\.name) + ["w"])
        for column in WindowTests.sales { #expect(same(result.values(column.name), column.values)) }
        return result.values("w")
    }

    private func ints(_ values: [Int64?]) -> [Scalar] { values.map { $0.map { .int($0) } ?? .null } }

    @Test("row_number counts the rows of a group in the order of the sort; null is a group, and comes last", arguments: Layout.allCases)
    func rowNumber(layout: Layout) throws {
        #expect(try derived(window("row_number"), layout) == ints([1, 2, 3, 4, 5, 6, 7, 8]))
        #expect(try derived(window("row_number", by: [name("region")]), layout) == ints([1, 1, 2, 1, 2, 3, 2, 4]))
        #expect(try derived(window("row_number", sort: [up("month")]), layout) == ints([7, 1, 2, 5, 3, 6, 4, 8]))
        #expect(try derived(window("row_number", by: [name("region")], sort: [down("month")]), layout) == ints([1, 1, 3, 1, 2, 2, 2, 4]))
        #expect(
            try derived(window("row_number", by: [name("region")], sort: [(name("month"), true, true)]), layout) == ints([2, 1, 4, 1, 2, 3, 2, 1]))
    }

    @Test("rank gives one rank to rows that the sort does not tell apart, and leaves out the next", arguments: Layout.allCases)
    func rank(layout: Layout) throws {
        #expect(try derived(window("rank", sort: [up("month")]), layout) == ints([7, 1, 1, 5, 1, 5, 1, 8]))
        #expect(try derived(window("rank", by: [name("region")], sort: [up("month")]), layout) == ints([3, 1, 1, 2, 1, 2, 1, 4]))
        #expect(try derived(window("rank", by: [name("region")]), layout) == ints([1, 1, 1, 1, 1, 1, 1, 1]))
    }

    @Test("lag and lead look at other rows of the group, for every type", arguments: Layout.allCases)
    func offsets(layout: Layout) throws {
        #expect(try derived(window("lag", name("n")), layout) == ints([nil, 10, nil, 30, 40, 50, nil, 70]))
        #expect(try derived(window("lead", name("n"), value(.int(2)), by: [name("region")]), layout) == ints([nil, nil, 80, nil, nil, nil, nil, nil]))
        #expect(
            try derived(window("lag", name("name"), by: [name("region")], sort: [up("month")]), layout)
                == [.string("f"), .null, .null, .string(""), .string("b"), .null, .null, .string("a")])
        #expect(try derived(window("lag", name("n"), value(.int(-1))), layout) == (try derived(window("lead", name("n")), layout)))
        #expect(try derived(window("lag", name("n"), value(.int(0))), layout) == WindowTests.sales[2].values)
        for far in [Int64.max, .min, 8] {
            #expect(try derived(window("lag", name("n"), value(.int(far))), layout) == ints(Array(repeating: nil, count: 8)))
            #expect(try derived(window("lead", name("n"), value(.int(far))), layout) == ints(Array(repeating: nil, count: 8)))
        }
    }

    @Test("cumsum adds up; nulls add nothing, and there is no sum before the first value", arguments: Layout.allCases)
    func sums(layout: Layout) throws {
        #expect(try derived(window("cumsum", name("n")), layout) == ints([10, 10, 40, 80, 130, 130, 200, 280]))
        #expect(
            try derived(window("cumsum", name("n"), by: [name("region")], sort: [up("month")]), layout) == ints([40, nil, 30, 110, 50, 30, 70, 120]))
        #expect(
            try derived(window("cumsum", name("x"), by: [name("region")]), layout)
                == [0.5, 1, 0.5, 2, .infinity, 4.5, 1, 4.75].map { .float($0) })
        #expect(try derived(window("cumsum", value(.null)), layout) == Array(repeating: .null, count: 8))
    }

    @Test("a sum that does not fit is an error with its row")
    func overflow() {
        let data = frame([.ints("n", [1, .max, 5])])
        #expect(evaluationError(window("cumsum", name("n")), data) == .overflow(operator: "+", left: .int(1), right: .int(.max), row: 2, mark: 2))
    }

    @Test("moving_avg averages what there is, and an infinity that left the window is gone", arguments: Layout.allCases)
    func averages(layout: Layout) throws {
        #expect(
            try derived(window("moving_avg", name("n"), value(.int(3))), layout)
                == [10, 10, 20, 35, 40, 45, 60, 75].map { .float($0) })
        #expect(
            try derived(window("moving_avg", name("x"), value(.int(2))), layout)
                == [0.5, 0.75, 1, 2, .infinity, .infinity, 1.5, -0.375].map { .float($0) })
        #expect(
            try derived(window("moving_avg", name("n"), value(.int(1))), layout)
                == WindowTests.sales[2].values.map { if case .int(let n) = $0 { .float(Double(n)) } else { .null } })
        #expect(try derived(window("moving_avg", name("n"), value(.int(.max)), by: [name("region")]), layout).prefix(3) == [.float(10), .null, .float(20)])
    }

    @Test("a window is part of an expression, and may look at the result of another")
    func nested() throws {
        let change = binary(name("n"), .subtract, window("lag", name("n"), sort: [up("n")]))
        #expect(try derived(change) == ints([nil, nil, 20, 10, 10, nil, 20, 10]))
        let second = window("lag", window("row_number", by: [name("region")]), sort: [(window("row_number"), true, false)])
        #expect(try derived(second) == ints([1, 2, 1, 2, 3, 2, 4, nil]))
    }

    @Test("select with windows gives just its columns, and later steps see them")
    func select() throws {
        let data = frame(WindowTests.sales, .batches)
        let plan = try Plan([
            .select([
                Projection(name: "month", expression: name("month").expression),
                Projection(name: "n", expression: window("row_number", sort: [up("month")]).expression),
                Projection(name: "before", expression: window("lag", name("name"), sort: [up("month")]).expression),
            ]),
            .where(binary(name("n"), .lessOrEqual, value(.int(3))).expression), .sort([SortKey(name("n").expression)]),
        ], schema: data.schema)
        #expect(plan.usedColumns == [1, 4])
        let result = try plan.run(over: data)
        #expect(result.schema == Schema([Field("month", .int64), Field("n", .int64), Field("before", .string)]))
        #expect(result.values("n") == ints([1, 2, 3]))
        #expect(result.values("before") == [.null, .string("b"), .null])
    }

    @Test("derive replaces a column by a window over itself")
    func replace() throws {
        let data = frame(WindowTests.sales)
        let plan = try Plan([
            .derive([
                Projection(name: "n", expression: window("cumsum", name("n")).expression),
                Projection(name: "n", expression: window("lag", name("n")).expression),
            ]),
            .drop([ColumnName("x")]),
        ], schema: data.schema)
        let result = try plan.run(over: data)
        #expect(result.schema.names == ["region", "month", "n", "name"])
        #expect(result.values("n") == ints([nil, 10, 10, 40, 80, 130, 130, 200]))
    }

    @Test("a window stands in derive and select alone")
    func misplaced() {
        let schema = frame(WindowTests.sales).schema
        let condition = binary(window("row_number"), .less, value(.int(3))).expression
        #expect(throws: PlanError.windowMisplaced(function: "row_number", mark: 1)) { try Plan([.where(condition)], schema: schema) }
        #expect(throws: PlanError.windowMisplaced(function: "row_number", mark: 1)) {
            try Plan([.sort([SortKey(window("row_number").expression)])], schema: schema)
        }
    }

    @Test("a frame without rows has windows without rows")
    func empty() throws {
        let data = Frame(schema: frame(WindowTests.sales).schema, batches: [])
        let plan = try Plan([.derive([Projection(name: "w", expression: window("moving_avg", name("n"), value(.int(2))).expression)])], schema: data.schema)
        let result = try plan.run(over: data)
        #expect(result.count == 0)
        #expect(result.schema.fields.last == Field("w", .float64))
    }

    @Test("windows over many batches are what a slow way of computing them gives", arguments: [UInt64](1...12))
    func slowly(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let count = Int.random(in: 1...300, using: &random)
        let nulls = Int.random(in: 0...40, using: &random)
        func values(_ make: () -> Scalar) -> [Scalar] { (0..<count).map { _ in Int.random(in: 0..<100, using: &random) < nulls ? .null : make() } }
        let data = [
            Data("g", .string, values { .string(["a", "b", "long enough to matter", ""].randomElement(using: &random) ?? "") }),
            Data("k", .int64, values { .int(Int64.random(in: 0...9, using: &random)) }),
            Data("v", .int64, values { .int(Int64.random(in: -1_000...1_000, using: &random)) }),
        ]
        let back = Int64.random(in: -3...3, using: &random), size = Int.random(in: 1...9, using: &random)
        let isSorted = Bool.random(using: &random), isGrouped = Bool.random(using: &random)

        var groups: [(key: Scalar, rows: [Int])] = []
        for row in 0..<count {
            let key = isGrouped ? data[0].values[row] : .null
            if let at = groups.firstIndex(where: { $0.key == key }) { groups[at].rows.append(row) } else { groups.append((key, [row])) }
        }
        func key(_ row: Int) -> Int64 { if case .int(let key) = data[1].values[row] { -key } else { 1 } }
        var expected: [String: [Scalar]] = [:]
        let names = ["row_number", "rank", "lag", "cumsum", "moving_avg"]
        for name in names { expected[name] = Array(repeating: .null, count: count) }
        for (_, rows) in groups {
            let rows = isSorted ? rows.enumerated().sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }.map(\.element) : rows
            for (place, row) in rows.enumerated() {
                expected["row_number"]?[row] = .int(Int64(place + 1))
                let first = isSorted ? rows.firstIndex { key($0) == key(row) } ?? 0 : 0
                expected["rank"]?[row] = .int(Int64(first + 1))
                let from = place - Int(back)
                if rows.indices.contains(from) { expected["lag"]?[row] = data[2].values[rows[from]] }
                func known(_ part: ArraySlice<Int>) -> [Int64] { part.compactMap { if case .int(let v) = data[2].values[$0] { v } else { nil } } }
                let all = known(rows[...place]), some = known(rows[max(0, place - size + 1)...place])
                if !all.isEmpty { expected["cumsum"]?[row] = .int(all.reduce(0, +)) }
                if !some.isEmpty { expected["moving_avg"]?[row] = .float(Double(some.reduce(0, +)) / Double(some.count)) }
            }
        }
        let by = isGrouped ? [name("g")] : [], sort = isSorted ? [down("k")] : []
        let windows = [
            window("row_number", by: by, sort: sort), window("rank", by: by, sort: sort), window("lag", name("v"), value(.int(back)), by: by, sort: sort),
            window("cumsum", name("v"), by: by, sort: sort), window("moving_avg", name("v"), value(.int(Int64(size))), by: by, sort: sort),
        ]
        let transform = Transform.select(zip(names, windows).map { Projection(name: $0, expression: $1.expression) })
        for layout in Layout.allCases {
            let frame = frame(data, layout)
            let result = try Plan([transform], schema: frame.schema).run(over: frame)
            for name in names { #expect(result.values(name) == expected[name], "seed \(seed), \(layout), \(name)") }
        }
    }
}
