// `join` of every kind, compared with two nested loops.
import Testing

@testable import QueryFrames

@Suite("Joins")
struct JoinTests {
    static let orders: [Data] = [
        .strings("customer", ["a", "b", nil, "a", "d", "b"]), .ints("id", [1, 2, 3, 4, 5, 6]), .floats("x", [1, 2, 3, 4, 5, .nan]),
    ]
    static let customers: [Data] = [.strings("customer", ["b", "a", nil, "z"]), .strings("city", ["Bonn", nil, "Rom", "Wien"]), .ints("id", [10, 20, 30, 40])]

    func join(
        _ kind: JoinKind, _ keys: [JoinKey] = [JoinKey("customer")], left: [Data] = orders, right: [Data] = customers, _ layout: Layout = .plain
    ) throws -> Frame {
        let left = frame(left, layout)
        return try Plan([.join(kind, frame(right, layout), on: keys)], schema: left.schema).run(over: left)
    }

    @Test("the shared column comes once, others of the same name get a suffix", arguments: Layout.allCases)
    func inner(layout: Layout) throws {
        let result = try join(.inner, layout)
        #expect(result.schema.names == ["customer", "id", "x", "city", "id_right"])
        #expect(result.values("id") == [.int(1), .int(2), .int(4), .int(6)])
        #expect(result.values("city") == [.null, .string("Bonn"), .null, .string("Bonn")])
        #expect(result.values("id_right") == [.int(20), .int(10), .int(20), .int(10)])
    }

    private func join(_ kind: JoinKind, _ layout: Layout) throws -> Frame { try join(kind, [JoinKey("customer")], layout) }

    @Test("left keeps the left rows, full those of both sides, and the shared column is filled from either", arguments: Layout.allCases)
    func outer(layout: Layout) throws {
        #expect(try join(.left, layout).values("id_right") == [.int(20), .int(10), .null, .int(20), .null, .int(10)])
        let full = try join(.full, layout)
        #expect(full.values("id") == [.int(1), .int(2), .int(3), .int(4), .int(5), .int(6), .null, .null])
        #expect(full.values("customer").suffix(3) == [.string("b"), .null, .string("z")])
        #expect(try join(.right, layout).values("city") == [.null, .string("Bonn"), .null, .string("Bonn"), .string("Rom"), .string("Wien")])
    }

    @Test("semi and anti are the left rows with and without a partner", arguments: Layout.allCases)
    func semi(layout: Layout) throws {
        #expect(try join(.semi, layout).values("id") == [.int(1), .int(2), .int(4), .int(6)])
        #expect(try join(.anti, layout).values("id") == [.int(3), .int(5)])
        #expect(try join(.anti, layout).schema.names == ["customer", "id", "x"])
    }

    @Test("cross gives all pairs, and none where a side is empty")
    func cross() throws {
        let result = try join(.cross, [])
        #expect(result.count == 24)
        #expect(result.values("id_right").prefix(5) == [.int(10), .int(20), .int(30), .int(40), .int(10)])
        #expect(try join(.cross, [], right: JoinTests.customers.map { Data($0.name, $0.type, []) }).count == 0)
    }

    @Test("an empty right side leaves nulls of the right types")
    func emptyRight() throws {
        let none = JoinTests.customers.map { Data($0.name, $0.type, []) }
        let result = try join(.left, right: none)
        #expect(result.values("city") == Array(repeating: .null, count: 6))
        #expect(result.schema.fields[4] == Field("id_right", .int64))
        #expect(try join(.inner, right: none).count == 0)
        #expect(try join(.full, left: JoinTests.orders.map { Data($0.name, $0.type, []) }).values("city").count == 4)
    }

    @Test("an int is a float exactly or not at all, and NaN equals itself")
    func numbers() throws {
        let left: [Data] = [.ints("n", [1, (1 << 53) + 1, .max])]
        let right: [Data] = [.floats("n", [1, 0x1p53, 0x1p63, 1.5, .nan]), .ints("r", [0, 1, 2, 3, 4])]
        #expect(try join(.inner, [JoinKey("n")], left: left, right: right).values("r") == [.int(0)])
        #expect(try join(.anti, [JoinKey("n")], left: right, right: left).values("r") == [.int(1), .int(2), .int(3), .int(4)])
        let floats: [Data] = [.floats("n", [.nan, -0.0, nil])]
        let others: [Data] = [.floats("n", [0.0, nil, .nan]), .ints("r", [0, 1, 2])]
        #expect(try join(.inner, [JoinKey("n")], left: floats, right: others).values("r") == [.int(2), .int(0)])
        #expect(throws: EvaluationError.inexact(operator: "join", value: .int((1 << 53) + 1), row: nil, mark: 0)) {
            try join(.full, [JoinKey("n")], left: left, right: right)
        }
    }

    @Test("what does not fit is said before a row is read")
    func errors() {
        #expect(throws: PlanError.joinTypes(left: "id", leftType: "int", right: "city", rightType: "string", mark: 2)) {
            try join(.inner, [JoinKey("id", equals: "city", leftMark: 1, rightMark: 2)])
        }
        #expect(throws: PlanError.unknownColumn(name: "town", columns: ["customer", "city", "id"], mark: 2)) {
            try join(.inner, [JoinKey("id", equals: "town", leftMark: 1, rightMark: 2)])
        }
        #expect(throws: PlanError.joinColumns(kind: .left, mark: 0)) { try join(.left, []) }
        #expect(throws: PlanError.joinColumns(kind: .cross, mark: 0)) { try join(.cross) }
        #expect(throws: PlanError.duplicateColumn(name: "id_right", mark: 0)) {
            try join(.inner, left: JoinTests.orders + [.ints("id_right", [1, 2, 3, 4, 5, 6])])
        }
    }

    @Test("few rows that make many come a batch at a time, and a take ends them")
    func bounded() throws {
        let ones: [Data] = [.ints("k", Array(repeating: 1, count: 1000)), .strings("s", Array(repeating: "a text of some length", count: 1000))]
        let left = frame(ones)
        let join = Transform.join(.inner, left, on: [JoinKey("k")])
        let all = try Plan([join], schema: left.schema).run(over: left)
        #expect(all.count == 1_000_000)
        #expect(all.batches.allSatisfy { $0.count <= RecordBatch.rows })
        #expect(try Plan([join, .take(5, by: [])], schema: left.schema).run(over: left).count == 5)
        let both = [join, .select([projection("k"), projection("s")]), join, .take(5, by: [])]
        #expect(try Plan(both, schema: left.schema).run(over: left).values("s_right") == Array(repeating: .string("a text of some length"), count: 5))
    }

    @Test("for any keys a join gives what two loops give", arguments: 1...60)
    func property(seed: Int) throws {
        var random = RandomExpressions(seed: UInt64(seed))
        let left = random.data(rows: random.pick([0, 1, 7, 40])), right = random.data(rows: random.pick([0, 1, 7, 40]))
        let kind = random.pick([JoinKind.inner, .left, .right, .full, .semi, .anti])
        let keys = (0..<random.pick([1, 1, 2])).map { _ in random.pick(left.map(\.name)) }
        let pairs = keys.map { JoinKey($0, equals: $0) }
        let layout = random.pick(Array(Layout.allCases))
        let result = try join(kind, pairs, left: left, right: right, layout)

        let a = frame(left).rows, b = frame(right).rows
        let places = keys.compactMap { key in left.firstIndex { $0.name == key } }
        var expected: [[Scalar]] = []
        var met: Set<Int> = []
        let none = { (data: [Data]) in Array(repeating: Scalar.null, count: data.count) }
        for row in a {
            let key = NaiveKey(places.map { row[$0] })
            let partners = b.indices.filter { other in !key.hasNull && NaiveKey(places.map { b[other][$0] }) == key }
            met.formUnion(partners)
            switch kind {
            case .semi: if !partners.isEmpty { expected.append(row) }
            case .anti: if partners.isEmpty { expected.append(row) }
            default:
                for partner in partners { expected.append(row + b[partner]) }
                if partners.isEmpty && (kind == .left || kind == .full) { expected.append(row + none(right)) }
            }
        }
        if kind == .right || kind == .full {
            for (place, row) in b.enumerated() where !met.contains(place) { expected.append(none(left) + row) }
        }
        let rows = result.rows
        #expect(rows.count == expected.count, "seed \(seed): \(kind) on \(keys), \(layout)")
        #expect(zip(rows, expected).allSatisfy { same($0, $1) }, "seed \(seed): \(kind) on \(keys), \(layout)")
    }
}
