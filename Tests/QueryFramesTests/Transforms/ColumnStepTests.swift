// Steps that rename, drop, convert and turn columns.
import Testing

@testable import QueryFrames

@Suite("Steps on columns")
struct ColumnStepTests {
    private func run(_ transforms: [Transform], _ layout: Layout = .plain) throws -> Frame {
        let data = frame(PlanTests.orders, layout)
        return try Plan(transforms, schema: data.schema).run(over: data)
    }

    private func fault(_ transform: Transform) -> PlanError? {
        do throws(PlanError) {
            _ = try Plan([transform], schema: frame(PlanTests.orders).schema)
            return nil
        } catch {
            return error
        }
    }

    @Test("rename changes names and nothing else")
    func rename() throws {
        let result = try run([.rename([(ColumnName("country"), ColumnName("region"))])])
        #expect(result.schema.names == ["country", "revenue", "rate", "paid", "day", "nothing"])
        #expect(result.values("country") == PlanTests.orders[0].values)
    }

    @Test("two columns may swap their names")
    func swap() throws {
        let result = try run([.rename([(ColumnName("rate"), ColumnName("revenue")), (ColumnName("revenue"), ColumnName("rate"))])])
        #expect(result.schema.names.prefix(3) == ["region", "rate", "revenue"])
        #expect(result.values("rate") == PlanTests.orders[1].values)
    }

    @Test("rename refuses a column that is not there, one named twice, and a name that is taken")
    func renameFaults() {
        let names = PlanTests.orders.map(\.name)
        #expect(fault(.rename([(ColumnName("a"), ColumnName("revnue", mark: 3))])) == .unknownColumn(name: "revnue", columns: names, mark: 3))
        #expect(
            fault(.rename([(ColumnName("a"), ColumnName("day")), (ColumnName("b"), ColumnName("day", mark: 4))]))
                == .repeatedColumn(name: "day", mark: 4))
        #expect(fault(.rename([(ColumnName("day", mark: 2), ColumnName("rate"))])) == .duplicateColumn(name: "day", mark: 2))
        #expect(
            fault(.rename([(ColumnName("a", mark: 1), ColumnName("rate")), (ColumnName("a", mark: 2), ColumnName("day"))]))
                == .duplicateColumn(name: "a", mark: 1))
    }

    @Test("drop leaves the other columns in their order", arguments: Layout.allCases)
    func drop(layout: Layout) throws {
        let result = try run([.drop([ColumnName("paid"), ColumnName("region")])], layout)
        #expect(result.schema.names == ["revenue", "rate", "day", "nothing"])
        #expect(result.values("day") == PlanTests.orders[4].values)
    }

    @Test("dropping all columns leaves rows")
    func dropAll() throws {
        let result = try run([.drop(PlanTests.orders.map { ColumnName($0.name) })])
        #expect(result.schema.fields.isEmpty)
        #expect(result.count == 8)
    }

    @Test("drop refuses a column that is not there, and one named twice")
    func dropFaults() {
        #expect(fault(.drop([ColumnName("x", mark: 3)])) == .unknownColumn(name: "x", columns: PlanTests.orders.map(\.name), mark: 3))
        #expect(fault(.drop([ColumnName("day"), ColumnName("day", mark: 5)])) == .repeatedColumn(name: "day", mark: 5))
    }

    @Test("dropped columns are not read")
    func dropUsed() throws {
        let plan = try Plan([.drop([ColumnName("region"), ColumnName("nothing")])], schema: frame(PlanTests.orders).schema)
        #expect(plan.usedColumns == [1, 2, 3, 4])
    }

    @Test("cast converts in place, as the function of the type's name does", arguments: Layout.allCases)
    func cast(layout: Layout) throws {
        let result = try run([.cast([(ColumnName("revenue"), ColumnName("string")), (ColumnName("day"), ColumnName("timestamp"))])], layout)
        #expect(result.schema.fields[1] == Field("revenue", .string))
        #expect(result.schema.fields[4] == Field("day", .timestamp(utc: false)))
        #expect(result.values("revenue").prefix(4) == [.string("1200"), .string("900"), .string("3000"), .null])
        #expect(result.values("day").prefix(1) == [.timestamp(19_844 * 86_400_000_000, utc: false)])
    }

    @Test("cast refuses an unknown type, and a type that the column's values cannot have")
    func castFaults() {
        #expect(
            fault(.cast([(ColumnName("day"), ColumnName("strng", mark: 4))]))
                == .unknownType(name: "strng", types: Functions.types, mark: 4))
        #expect(
            fault(.cast([(ColumnName("day", mark: 3), ColumnName("int"))]))
                == .argumentType(function: "int", index: 0, expected: "number, string or bool", found: "date", mark: 3))
        #expect(
            fault(.cast([(ColumnName("day"), ColumnName("string")), (ColumnName("day", mark: 7), ColumnName("date"))]))
                == .repeatedColumn(name: "day", mark: 7))
    }

    @Test("a cast that would change a value is an error with the row")
    func castValue() {
        #expect(throws: EvaluationError.conversion(function: "int", value: .float(0.5), row: 1, mark: 6)) {
            _ = try run([.cast([(ColumnName("rate", mark: 6), ColumnName("int"))])])
        }
    }

    @Test("unpivot makes a row of each value, row after row, nulls included", arguments: Layout.allCases)
    func unpivot(layout: Layout) throws {
        let data = frame([
            .strings("id", ["a", nil, "c"]), .ints("jan", [1, nil, 3]), .bools("ok", [true, nil, false]), .floats("feb", [0.5, 2, nil]),
        ], layout)
        let plan = try Plan(
            [.unpivot([ColumnName("feb"), ColumnName("jan")], name: ColumnName("month"), value: ColumnName("x"))], schema: data.schema)
        let result = try plan.run(over: data)
        #expect(result.schema == Schema([Field("id", .string), Field("ok", .bool), Field("month", .string), Field("x", .float64)]))
        #expect(result.values("id") == [.string("a"), .string("a"), .null, .null, .string("c"), .string("c")])
        #expect(result.values("ok") == [.bool(true), .bool(true), .null, .null, .bool(false), .bool(false)])
        #expect(result.values("month") == (0..<3).flatMap { _ in [Scalar.string("feb"), .string("jan")] })
        #expect(result.values("x") == [.float(0.5), .float(1), .float(2), .null, .null, .float(3)])
    }

    @Test("unpivot of strings, bools and nulls", arguments: Layout.allCases)
    func unpivotOthers(layout: Layout) throws {
        let data = frame([.strings("a", ["x", nil]), .strings("b", ["", "yy"]), Data("n", .null, [.null, .null]), .bools("t", [true, nil])], layout)
        let strings = try Plan([.unpivot(["a", "n", "b"].map { ColumnName($0) }, name: ColumnName("k"), value: ColumnName("v"))], schema: data.schema)
        let result = try strings.run(over: data)
        #expect(result.values("v") == [.string("x"), .null, .string(""), .null, .null, .string("yy")])
        #expect(result.values("t") == [.bool(true), .bool(true), .bool(true), .null, .null, .null])
        let bools = try Plan([.unpivot(["t", "n"].map { ColumnName($0) }, name: ColumnName("k"), value: ColumnName("v"))], schema: data.schema)
        #expect(try bools.run(over: data).values("v") == [.bool(true), .null, .null, .null])
    }

    @Test("what was unpivoted can be filtered, sorted and cut")
    func unpivotThen() throws {
        let result = try run([
            .unpivot([ColumnName("revenue"), ColumnName("rate")], name: ColumnName("k"), value: ColumnName("v")),
            .where(binary(name("k"), .equal, value(.string("revenue"))).expression), .sort([SortKey(name("v").expression)]), .take(3, by: []),
        ], .batches)
        #expect(result.values("v") == [.float(900), .float(1000), .float(1001)])
        #expect(result.values("region") == [.string("US"), .string("EU"), .string("US")])
    }

    @Test("unpivot refuses columns of different types, and names that are taken")
    func unpivotFaults() {
        func unpivot(_ columns: [String], _ name: String, _ value: String) -> PlanError? {
            fault(.unpivot(
                columns.enumerated().map { ColumnName($0.element, mark: Int32($0.offset)) }, name: ColumnName(name, mark: 8),
                value: ColumnName(value, mark: 9)))
        }
        #expect(unpivot(["revenue", "region"], "k", "v") == .mixedColumns(first: "int", other: "string", mark: 1))
        #expect(unpivot(["revenue", "rate"], "region", "v") == .duplicateColumn(name: "region", mark: 8))
        #expect(unpivot(["revenue", "rate"], "k", "k") == .duplicateColumn(name: "k", mark: 9))
        #expect(unpivot(["revenue", "rate"], "rate", "revenue") == nil)
        #expect(unpivot(["rate", "rate"], "k", "v") == .repeatedColumn(name: "rate", mark: 1))
    }
}
