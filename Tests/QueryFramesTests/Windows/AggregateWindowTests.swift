// Aggregates as windows: by hand, and against a slow way of computing them.
import Testing

@testable import QueryFrames

@Suite("Aggregates as windows")
struct AggregateWindowTests {
    private func derived(_ sample: Sample, _ layout: Layout = .plain) throws -> [Scalar] {
        let data = frame(WindowTests.sales, layout)
        return try Plan([.derive([Projection(name: "w", expression: sample.expression)])], schema: data.schema).run(over: data).values("w")
    }

    @Test("every row gets the aggregate of its whole group, with a sort or without", arguments: Layout.allCases)
    func wholeGroup(layout: Layout) throws {
        let sums: [Scalar] = [.int(120), .int(50), .int(120), .int(110), .int(50), .int(120), .int(110), .int(120)]
        #expect(try derived(window("sum", name("n"), by: [name("region")]), layout) == sums)
        #expect(try derived(window("sum", name("n"), by: [name("region")], sort: [down("month")]), layout) == sums)
        #expect(try derived(window("count"), layout) == Array(repeating: .int(8), count: 8))
        #expect(try derived(window("median", name("n")), layout) == Array(repeating: .float(45), count: 8))
        #expect(try derived(window("max", name("name")), layout) == Array(repeating: .string("h"), count: 8))
        #expect(try derived(window("quantile", name("n"), value(.float(0)), sort: [up("n")]), layout) == Array(repeating: .float(10), count: 8))
        #expect(try derived(window("sum", value(.null)), layout) == Array(repeating: .null, count: 8))
    }

    @Test("first and last go by the order of the window", arguments: Layout.allCases)
    func edges(layout: Layout) throws {
        let strings: ([String?]) -> [Scalar] = { $0.map { $0.map { .string($0) } ?? .null } }
        #expect(try derived(window("first", name("name"), by: [name("region")]), layout) == strings(["a", "b", "a", "d", "b", "a", "d", "a"]))
        #expect(
            try derived(window("first", name("name"), by: [name("region")], sort: [up("month")]), layout)
                == strings([nil, "b", nil, "", "b", nil, "", nil]))
        #expect(
            try derived(window("last", name("name"), by: [name("region")], sort: [up("month")]), layout)
                == strings(["h", "e", "h", "d", "e", "h", "d", "h"]))
    }

    @Test("an aggregate is part of an expression, and may look at another window")
    func nested() throws {
        let share = binary(name("n"), .divide, window("sum", name("n"), by: [name("region")]))
        #expect(try derived(share).prefix(3) == [.float(10.0 / 120), .null, .float(0.25)])
        #expect(try derived(window("max", window("row_number", by: [name("region")]))) == Array(repeating: .int(4), count: 8))
    }

    @Test("a sum of ints that 64 bits cannot hold is a decimal")
    func wide() throws {
        let data = frame([.ints("n", [1, .max])])
        let sum = Scalar.decimal(Decimal128(unscaled: 1 << 63, scale: 0))
        #expect(try evaluate(window("sum", name("n")), data) == [sum, sum])
    }

    @Test("an aggregate of a type that it does not take, or of too many arguments, is refused; so is a window in a window's misplaced step")
    func refused() {
        let schema = frame(WindowTests.sales).schema
        #expect(
            planError(window("sum", name("name")), schema.fields)
                == .argumentType(function: "sum", index: 0, expected: "number or duration", found: "string", mark: 1))
        #expect(
            planError(window("sum"), schema.fields)
                == .argumentCount(function: "sum", usage: "sum(x)", found: 0, mark: 1))
        #expect(throws: PlanError.windowMisplaced(function: "sum", mark: 2)) {
            try Plan([.where(binary(window("sum", name("n")), .greater, value(.int(1))).expression)], schema: schema)
        }
    }

    @Test("for any column, key and order they are what summaries of the same groups are", arguments: 1...40)
    func agree(seed: Int) throws {
        var random = RandomExpressions(seed: UInt64(seed))
        let data = random.data(rows: random.pick([0, 1, 7, 60, 200]))
        let key: Data? = random.chance(70) ? random.pick(data) : nil
        let source = random.pick(data), isBackwards = random.chance(50)
        let layout = random.pick(Array(Layout.allCases))
        let count = source.values.count
        let frame = frame(data + [.ints("place", (0..<count).map { Int64($0) })], layout)
        var members: [NaiveKey: [Scalar]] = [:]
        let keys = (0..<count).map { row in NaiveKey(key.map { [$0.values[row]] } ?? []) }
        for row in isBackwards ? Array((0..<count).reversed()) : Array(0..<count) { members[keys[row], default: []].append(source.values[row]) }
        for (aggregate, expected) in SummarizePropertyTests.aggregates(of: source.type) {
            let by = key.map { [name($0.name)] } ?? [], sort = isBackwards ? [down("place")] : []
            let sample = aggregate == "rows" ? window("count", by: by, sort: sort) : window(aggregate, name(source.name), by: by, sort: sort)
            let place: Comment = "seed \(seed): \(aggregate)(\(source.name)) by \(key?.name ?? "nothing"), backwards \(isBackwards), \(layout)"
            let wanted = keys.map { members[$0].flatMap(expected) }
            if wanted.contains(nil) {
                #expect(throws: EvaluationError.self, place) { try evaluate(sample, frame) }
            } else {
                // One sum that 64 bits cannot hold makes all of them decimals.
                let isWide = wanted.contains { if case .decimal = $0 { true } else { false } }
                let values = wanted.compactMap { (value: Scalar?) -> Scalar? in
                    if isWide, case .int(let sum)? = value { .decimal(Decimal128(sum)) } else { value }
                }
                #expect(same(try evaluate(sample, frame), values), place)
            }
        }
    }
}
