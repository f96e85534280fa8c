// `summarize`: each aggregate by itself, groups and their order, and what is computed of aggregates.
import Testing

@testable import QueryFrames

@Suite("Summaries")
struct SummarizeTests {
    static let sales: [Data] = [
        .strings("region", ["EU", "US", nil, "EU", "UK", "US", "EU", nil]),
        .ints("n", [3, nil, 5, 1, nil, 7, 2, 5]),
        .floats("x", [1.5, 0.5, nil, -0.0, nil, 2.5, 0.0, .nan]),
        .strings("name", ["b", "a long name of many bytes", nil, "a", nil, "a long name of many bytez", "c", ""]),
        .bools("paid", [true, false, nil, false, nil, true, true, false]),
        .dates("day", [10, 20, nil, 5, nil, 30, 10, 40]),
    ]

    func run(_ projections: [Projection], by groups: [Projection] = [], _ layout: Layout = .plain) throws -> Frame {
        let data = frame(SummarizeTests.sales, layout)
        return try Plan([.summarize(projections, by: groups)], schema: data.schema).run(over: data)
    }

    /// The values of `sample` by region.
    func values(_ sample: Sample, _ layout: Layout) throws -> [Scalar] {
        try run([projection("result", sample)], by: [projection("region")], layout).values("result")
    }

    @Test("groups come in order of first appearance, null being one; columns in the order in which they are written", arguments: Layout.allCases)
    func groups(layout: Layout) throws {
        let result = try run([projection("rows", call("count"))], by: [projection("region")], layout)
        #expect(result.schema == Schema([Field("rows", .int64), Field("region", .string)]))
        #expect(result.values("region") == [.string("EU"), .string("US"), .null, .string("UK")])
        #expect(result.values("rows") == [.int(3), .int(2), .int(2), .int(1)])
    }

    @Test("counts of rows, of values and of different values", arguments: Layout.allCases)
    func counts(layout: Layout) throws {
        #expect(try values(call("count", name("n")), layout) == [.int(3), .int(1), .int(2), .int(0)])
        #expect(try values(call("count_distinct", name("n")), layout) == [.int(3), .int(1), .int(1), .int(0)])
        #expect(try values(call("count_distinct", name("x")), layout) == [.int(2), .int(2), .int(1), .int(0)])
        #expect(try values(call("count_distinct", name("name")), layout) == [.int(3), .int(2), .int(1), .int(0)])
    }

    @Test("sums and means pass over nulls, and are null where there is nothing else", arguments: Layout.allCases)
    func sums(layout: Layout) throws {
        #expect(try values(call("sum", name("n")), layout) == [.int(6), .int(7), .int(10), .null])
        #expect(try values(call("avg", name("n")), layout) == [.float(2), .float(7), .float(5), .null])
        #expect(same(try values(call("sum", name("x")), layout), [.float(1.5), .float(3), .float(.nan), .null]))
        #expect(same(try values(call("avg", name("x")), layout), [.float(0.5), .float(1.5), .float(.nan), .null]))
    }

    @Test("least and greatest of every type, NaN being the greatest float", arguments: Layout.allCases)
    func extremes(layout: Layout) throws {
        #expect(try values(call("min", name("n")), layout) == [.int(1), .int(7), .int(5), .null])
        #expect(try values(call("max", name("n")), layout) == [.int(3), .int(7), .int(5), .null])
        #expect(same(try values(call("max", name("x")), layout), [.float(1.5), .float(2.5), .float(.nan), .null]))
        let long = "a long name of many byte"
        #expect(try values(call("min", name("name")), layout) == [.string("a"), .string(long + "s"), .string(""), .null])
        #expect(try values(call("max", name("name")), layout) == [.string("c"), .string(long + "z"), .string(""), .null])
        #expect(try values(call("min", name("paid")), layout) == [.bool(false), .bool(false), .bool(false), .null])
        #expect(try values(call("max", name("paid")), layout) == [.bool(true), .bool(true), .bool(false), .null])
        #expect(try values(call("min", name("day")), layout) == [.date(5), .date(20), .date(40), .null])
        #expect(try values(call("max", name("day")), layout) == [.date(10), .date(30), .date(40), .null])
    }

    @Test("first and last are those of the rows, null or not", arguments: Layout.allCases)
    func edges(layout: Layout) throws {
        #expect(try values(call("first", name("n")), layout) == [.int(3), .null, .int(5), .null])
        #expect(try values(call("last", name("n")), layout) == [.int(2), .int(7), .int(5), .null])
        #expect(try values(call("first", name("name")), layout)[0...1] == [.string("b"), .string("a long name of many bytes")])
        #expect(try values(call("last", name("name")), layout) == [.string("c"), .string("a long name of many bytez"), .string(""), .null])
    }

    @Test("medians, quantiles and the spread of a sample", arguments: Layout.allCases)
    func spread(layout: Layout) throws {
        #expect(try values(call("median", name("n")), layout) == [.float(2), .float(7), .float(5), .null])
        #expect(try values(call("quantile", name("n"), value(.float(0.25))), layout) == [.float(1.5), .float(7), .float(5), .null])
        #expect(try values(call("quantile", name("n"), value(.int(1))), layout) == [.float(3), .float(7), .float(5), .null])
        #expect(try values(call("variance", name("n")), layout) == [.float(1), .null, .float(0), .null])
        #expect(try values(call("stddev", name("n")), layout) == [.float(1), .null, .float(0), .null])
    }

    @Test("an expression may put aggregates, keys and variables together")
    func combined() throws {
        let mean = binary(call("sum", name("n")), .divide, call("count"))
        let text = binary(name("region"), .add, value(.string("!")))
        let data = frame(SummarizeTests.sales)
        let plan = try Plan(
            [.summarize([projection("mean", mean), projection("text", text), projection("k", name("limit"))], by: [projection("region")])],
            schema: data.schema, variables: ["limit": .int(9)])
        let result = try plan.run(over: data)
        #expect(result.values("mean") == [.float(2), .float(3.5), .float(5), .null])
        #expect(result.values("text") == [.string("EU!"), .string("US!"), .null, .string("UK!")])
        #expect(result.values("k") == Array(repeating: .int(9), count: 4))
    }

    @Test("groups can be computed, and several keys make one group together", arguments: Layout.allCases)
    func computedGroups(layout: Layout) throws {
        let big = binary(name("n"), .greater, value(.int(2)))
        let result = try run([projection("rows", call("count"))], by: [projection("big", big), projection("paid")], layout)
        #expect(result.values("big") == [.bool(true), .null, .bool(true), .bool(false), .null, .bool(false), .bool(true)])
        #expect(result.values("paid") == [.bool(true), .bool(false), .null, .bool(false), .null, .bool(true), .bool(false)])
        #expect(result.values("rows") == [.int(2), .int(1), .int(1), .int(1), .int(1), .int(1), .int(1)])
    }

    @Test("without groups there is one row, also of no rows; with them there is none")
    func noRows() throws {
        let empty = frame(SummarizeTests.sales.map { Data($0.name, $0.type, []) })
        let projections = [
            projection("rows", call("count")), projection("n", call("sum", name("n"))), projection("first", call("first", name("name"))),
            projection("least", call("min", name("name"))), projection("middle", call("median", name("n"))),
        ]
        let all = try Plan([.summarize(projections, by: [])], schema: empty.schema).run(over: empty)
        #expect(all.rows == [[.int(0), .null, .null, .null, .null]])
        #expect(try Plan([.summarize(projections, by: [projection("region")])], schema: empty.schema).run(over: empty).count == 0)
    }

    @Test("a sum of ints that passes 64 bits on its way is exact; one that stays there makes decimals of all")
    func exactSums() throws {
        let up = frame([.ints("n", [.max, .max, 5, .min, .min])])
        let sum = Transform.summarize([projection("total", call("sum", name("n"))), projection("mean", call("avg", name("n")))], by: [])
        #expect(try Plan([sum], schema: up.schema).run(over: up).rows == [[.int(3), .float(3.0 / 5)]])
        let over = frame([.ints("n", [.max, 1])])
        let total = Transform.summarize([projection("total", call("sum", name("n")))], by: [])
        let decimals = try Plan([total, .derive([projection("twice", binary(name("total"), .multiply, value(.int(2))))])], schema: over.schema)
            .run(over: over)
        #expect(decimals.schema.fields.map(\.type) == [.decimal(scale: 0), .decimal(scale: 0)])
        let expected: Int128 = 1 << 63
        #expect(decimals.rows == [[expected, 2 * expected].map { .decimal(Decimal128(unscaled: $0, scale: 0)) }])
        // What comes after has to take a decimal, or the sum is an error as before.
        let later = Transform.derive([projection("later", call("date_add", value(.date(0)), name("total"), value(.string("day"))))])
        #expect(throws: EvaluationError.overflow(operator: "sum", left: .int(.min), right: .null, row: nil, mark: 2)) {
            try Plan([total, later], schema: over.schema).run(over: over)
        }
        let mean = try Plan([.summarize([projection("mean", call("avg", name("n")))], by: [])], schema: over.schema).run(over: over)
        #expect(mean.rows == [[.float(0x1p62)]])
    }

    @Test("durations have sums and means")
    func durations() throws {
        let data = frame([Data("d", .duration, [.duration(3), .null, .duration(4)])])
        let result = try Plan(
            [.summarize([projection("sum", call("sum", name("d"))), projection("mean", call("avg", name("d")))], by: [])], schema: data.schema)
            .run(over: data)
        #expect(result.rows == [[.duration(7), .duration(4)]])
    }

    @Test("what does not fit is said before a row is read")
    func errors() throws {
        func error(_ sample: Sample, by groups: [Projection] = []) -> PlanError? {
            do throws(PlanError) {
                _ = try Plan([.summarize([projection("r", sample)], by: groups)], schema: frame(SummarizeTests.sales).schema)
                return nil
            } catch { return error }
        }
        #expect(error(call("sum", name("name"))) == .argumentType(function: "sum", index: 0, expected: "number or duration", found: "string", mark: 1))
        #expect(error(call("sum", call("max", name("n")))) == .aggregateNested(name: "max", mark: 2))
        #expect(error(name("n"), by: [projection("region")]) == .columnNotGrouped(name: "n", keys: ["region"], mark: 1))
        #expect(error(call("count"), by: [projection("r")]) == .duplicateColumn(name: "r", mark: 0))
        #expect(error(call("count"), by: [projection("k", call("sum", name("n")))]) == .aggregateMisplaced(name: "sum", mark: 2))
        #expect(planError(call("sum", name("n")), [Field("n", .int64)]) == .aggregateMisplaced(name: "sum", mark: 2))
        guard case .argumentValue = error(call("quantile", name("n"), value(.float(1.5)))) else { Issue.record("no error"); return }
        guard case .argumentVaries = error(call("quantile", name("n"), name("x"))) else { Issue.record("no error"); return }
    }

    @Test("only the columns that are read are asked for")
    func usedColumns() throws {
        let schema = frame(SummarizeTests.sales).schema
        let plan = try Plan([.summarize([projection("r", call("max", name("x")))], by: [projection("region")])], schema: schema)
        #expect(plan.usedColumns == [0, 2])
    }
}
