// `union`: columns by name, types that fit, and nothing lost.
import Testing

@testable import QueryFrames

@Suite("Unions")
struct UnionTests {
    func union(_ left: [Data], _ right: [Data], then rest: [Transform] = [], _ layout: Layout = .plain) throws -> Frame {
        let first = frame(left, layout)
        return try Plan([.union(frame(right, layout))] + rest, schema: first.schema).run(over: first)
    }

    @Test("columns go by name, duplicates stay, and what a side lacks is null", arguments: Layout.allCases)
    func names(layout: Layout) throws {
        let result = try union(
            [.strings("s", ["a", nil]), .ints("n", [1, 2])], [.dates("d", [3, nil, 5]), .strings("s", ["a", "b", nil])], layout)
        #expect(result.schema == Schema([Field("s", .string), Field("n", .int64), Field("d", .date)]))
        #expect(result.rows == [
            [.string("a"), .int(1), .null], [.null, .int(2), .null],
            [.string("a"), .null, .date(3)], [.string("b"), .null, .null], [.null, .null, .date(5)],
        ])
    }

    private func union(_ left: [Data], _ right: [Data], _ layout: Layout) throws -> Frame { try union(left, right, then: [], layout) }

    @Test("ints and floats make floats where they can, also of a column that nobody reads")
    func numbers() throws {
        #expect(try union([.ints("n", [1, nil])], [.floats("n", [0.5])]).values("n") == [.float(1), .null, .float(0.5)])
        #expect(try union([.floats("n", [0.5])], [.ints("n", [1 << 60])]).values("n") == [.float(0.5), .float(0x1p60)])
        let inexact = EvaluationError.inexact(operator: "union", value: .int(.max), row: 2, mark: 0)
        #expect(throws: inexact) { try union([.floats("n", [0.5])], [.ints("n", [.max])]) }
        #expect(throws: inexact) {
            try union([.ints("n", [1, .max]), .ints("k", [1, 2])], [.floats("n", [1])], then: [.select([projection("k")])])
        }
    }

    @Test("a column of nulls takes any type, other types do not mix")
    func types() throws {
        let nulls = [Data("n", .null, [.null])]
        #expect(try union(nulls, [.strings("n", ["a"])]).rows == [[.null], [.string("a")]])
        #expect(try union([.strings("n", ["a"])], nulls).rows == [[.string("a")], [.null]])
        #expect(throws: PlanError.unionTypes(name: "n", left: "string", right: "int", mark: 0)) {
            try union([.strings("n", ["a"])], [.ints("n", [1])])
        }
    }

    @Test("later steps see the rows of both, and a take stops in either")
    func steps() throws {
        let left: [Data] = [.ints("n", [3, 1])], right: [Data] = [.ints("n", [2, 3])]
        #expect(try union(left, right, then: [.sort([SortKey(name("n").expression)])]).rows == [[.int(1)], [.int(2)], [.int(3)], [.int(3)]])
        #expect(try union(left, right, then: [.take(3, by: [])]).rows == [[.int(3)], [.int(1)], [.int(2)]])
        #expect(try union(left, right, then: [.distinct([])]).rows == [[.int(3)], [.int(1)], [.int(2)]])
    }
}
