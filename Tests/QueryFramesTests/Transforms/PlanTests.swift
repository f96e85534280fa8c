// Transforms by themselves and one after the other, over every layout of a frame.
import Testing

@testable import QueryFrames

@Suite("Plans")
struct PlanTests {
    static let orders: [Data] = [
        .strings("region", ["EU", "US", nil, "EU", "UK", "US", "EU", "UK"]),
        .ints("revenue", [1200, 900, 3000, nil, 1500, 1001, 1000, 2000]),
        .floats("rate", [0.5, nil, 1, 2, 0.25, 0.1, 4, -1]),
        .bools("paid", [true, true, false, nil, true, false, true, true]),
        .dates("day", [19_844, 19_845, nil, 19_846, 19_847, 19_848, 19_849, 19_850]),
        Data("nothing", .null, Array(repeating: .null, count: 8)),
    ]

    func run(_ transforms: [Transform], _ layout: Layout = .plain) throws -> Frame {
        let data = frame(PlanTests.orders, layout)
        return try Plan(transforms, schema: data.schema).run(over: data)
    }

    @Test("where keeps the rows for which the condition is true, whole and in order", arguments: Layout.allCases)
    func filter(layout: Layout) throws {
        let result = try run([.where(binary(name("revenue"), .greater, value(.int(1000))).expression)], layout)
        #expect(result.values("revenue") == [.int(1200), .int(3000), .int(1500), .int(1001), .int(2000)])
        #expect(result.values("region") == [.string("EU"), .null, .string("UK"), .string("US"), .string("UK")])
        #expect(result.values("rate") == [.float(0.5), .float(1), .float(0.25), .float(0.1), .float(-1)])
        #expect(result.values("paid") == [.bool(true), .bool(false), .bool(true), .bool(false), .bool(true)])
        #expect(result.values("day") == [.date(19_844), .null, .date(19_847), .date(19_848), .date(19_850)])
        #expect(result.values("nothing") == Array(repeating: .null, count: 5))
        #expect(result.schema == frame(PlanTests.orders).schema)
    }

    @Test("where drops rows whose condition is null, and a condition of the type null drops all")
    func nullConditions() throws {
        #expect(try run([.where(name("paid").expression)]).count == 5)
        #expect(try run([.where(unary(.not, name("paid")).expression)]).count == 2)
        #expect(try run([.where(name("nothing").expression)]).count == 0)
        #expect(try run([.where(value(.null).expression)]).count == 0)
        #expect(try run([.where(value(.bool(true)).expression)]).count == 8)
    }

    @Test("dictionaries stay dictionaries through a filter")
    func dictionaries() throws {
        let result = try run([.where(binary(name("region"), .equal, value(.string("EU"))).expression)], .dictionaries)
        #expect(result.values("region") == Array(repeating: .string("EU"), count: 3))
        for batch in result.batches {
            guard case .dictionary = batch.columns[0].storage else { Issue.record("the dictionary was lost"); return }
        }
    }

    @Test("a constant string column is a dictionary of one value, also after a filter")
    func constantColumn() throws {
        let result = try run([
            .derive([Projection(name: "k", expression: value(.string("constant")).expression)]), .where(name("paid").expression),
        ])
        guard case .dictionary(_, let values) = result.batches[0].columns[6].storage else { Issue.record("no dictionary"); return }
        #expect(values.count == 1)
        #expect(result.values("k") == Array(repeating: .string("constant"), count: 5))
    }

    @Test("select makes a frame of just these columns, in this order", arguments: Layout.allCases)
    func select(layout: Layout) throws {
        let result = try run([
            .select([
                Projection(name: "net", expression: binary(name("revenue"), .multiply, value(.float(0.5))).expression),
                Projection(name: "region", expression: name("region").expression),
            ])
        ], layout)
        #expect(result.schema == Schema([Field("net", .float64), Field("region", .string)]))
        #expect(result.values("net") == [.float(600), .float(450), .float(1500), .null, .float(750), .float(500.5), .float(500), .float(1000)])
        #expect(result.values("region") == PlanTests.orders[0].values)
    }

    @Test("select of nothing leaves rows without columns")
    func selectNothing() throws {
        let result = try run([.select([])])
        #expect(result.schema.fields.isEmpty)
        #expect(result.count == 8)
    }

    @Test("derive adds columns, replaces one of the same name in place, and sees the columns before it")
    func derive() throws {
        let result = try run([
            .derive([
                Projection(name: "double", expression: binary(name("revenue"), .add, name("revenue")).expression),
                Projection(name: "revenue", expression: binary(name("double"), .divide, value(.int(4))).expression),
                Projection(name: "double", expression: binary(name("revenue"), .equal, value(.float(600))).expression),
            ])
        ])
        #expect(result.schema.names == ["region", "revenue", "rate", "paid", "day", "nothing", "double"])
        #expect(result.schema.fields[1].type == .float64)
        #expect(result.values("revenue").prefix(2) == [.float(600), .float(450)])
        #expect(result.values("double").prefix(4) == [.bool(true), .bool(false), .bool(false), .null])
    }

    @Test("take keeps the first rows", arguments: [0, 1, 3, 7, 8, 9, Int.max], Layout.allCases)
    func take(count: Int, layout: Layout) throws {
        let result = try run([.take(count, by: [])], layout)
        #expect(result.values("revenue") == Array(PlanTests.orders[1].values.prefix(count)))
    }

    @Test("take by keeps the first rows of each group, in their order; null is a group", arguments: Layout.allCases)
    func takeBy(layout: Layout) throws {
        let one = try run([.take(1, by: [name("region").expression])], layout)
        #expect(one.values("revenue") == [.int(1200), .int(900), .int(3000), .int(1500)])
        let two = try run([.take(2, by: [name("region").expression, name("paid").expression])], layout)
        #expect(two.values("revenue") == [.int(1200), .int(900), .int(3000), .null, .int(1500), .int(1001), .int(1000), .int(2000)])
        let cheap = try run([.take(1, by: [binary(name("revenue"), .less, value(.int(1100))).expression])], layout)
        #expect(cheap.values("revenue") == [.int(1200), .int(900), .null])
        #expect(try run([.take(0, by: [name("region").expression])], layout).count == 0)
    }

    @Test("take by puts equal floats in one group: both zeros, all NaNs")
    func takeByFloats() throws {
        let data = frame([.floats("x", [0.0, -0.0, .nan, -.nan, 1]), .ints("row", [1, 2, 3, 4, 5])])
        let plan = try Plan([.take(1, by: [name("x").expression])], schema: data.schema)
        #expect(try plan.run(over: data).values("row") == [.int(1), .int(3), .int(5)])
    }

    @Test("the pipeline of the language page runs", arguments: Layout.allCases)
    func pipeline(layout: Layout) throws {
        let result = try run([
            .where(binary(
                binary(name("revenue"), .greater, value(.int(1000))), .and,
                binary(name("region"), .in, list(value(.string("EU")), value(.string("UK"))))).expression),
            .select([
                Projection(name: "region", expression: name("region").expression),
                Projection(name: "revenue", expression: name("revenue").expression),
                Projection(name: "net", expression: binary(name("revenue"), .multiply, value(.float(0.81))).expression),
            ]),
            .sort([SortKey(name("net").expression, descending: true)]),
            .take(2, by: []),
        ], layout)
        #expect(result.values("region") == [.string("UK"), .string("UK")])
        #expect(result.values("revenue") == [.int(2000), .int(1500)])
        #expect(result.values("net") == [.float(1620), .float(1215)])
    }

    @Test("every transform takes a frame without rows, and gives its schema")
    func empty() throws {
        let data = Frame(schema: frame(PlanTests.orders).schema, batches: [])
        let plan = try Plan([
            .where(binary(name("revenue"), .greater, value(.int(1))).expression),
            .derive([Projection(name: "x", expression: call("upper", name("region")).expression)]),
            .sort([SortKey(name("x").expression)]), .take(3, by: [name("x").expression]), .take(2, by: []),
            .select([Projection(name: "y", expression: binary(name("x"), .add, value(.string("!"))).expression)]),
        ], schema: data.schema)
        let result = try plan.run(over: data)
        #expect(result.count == 0)
        #expect(result.schema == Schema([Field("y", .string)]))
    }

    @Test("no transforms change nothing")
    func none() throws {
        #expect(try run([]).values("region") == PlanTests.orders[0].values)
    }

    @Test("the plan tells which columns it reads, and others may hold nulls")
    func usedColumns() throws {
        let schema = frame(PlanTests.orders).schema
        let transforms: [Transform] = [
            .where(name("paid").expression), .sort([SortKey(name("day").expression)]),
            .select([Projection(name: "r", expression: name("revenue").expression)]),
        ]
        let plan = try Plan(transforms, schema: schema)
        #expect(plan.usedColumns == [1, 3, 4])
        #expect(try Plan([.take(1, by: [])], schema: schema).usedColumns == Array(0..<6))
        #expect(try plan.run(over: frame(PlanTests.orders)).values("r") == [.int(1200), .int(900), .int(1500), .int(1000), .int(2000)])
    }
}
