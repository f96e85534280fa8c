// Columns made of values: by hand, and against dictionaries.
import Testing

@testable import QueryFrames

@Suite("Pivots")
struct PivotTests {
    static let sales: [Data] = [
        .strings("region", ["EU", "US", "EU", nil, "EU"]),
        .strings("month", ["feb", "jan", "jan", nil, "feb"]),
        .ints("n", [1, 2, nil, 4, 8]),
    ]

    private func pivot(_ expression: Sample, by: [String] = ["region"], of column: String = "month") -> Transform {
        .pivot(ColumnName(column, mark: 90), expression.expression, by: by.map { ColumnName($0, mark: 91) })
    }

    private func run(_ transforms: [Transform], _ layout: Layout = .plain) throws -> Frame {
        let data = frame(PivotTests.sales, layout)
        return try Plan(transforms, schema: data.schema).run(over: data)
    }

    @Test("rows and columns come in order of first appearance, and a cell without rows is the aggregate of none", arguments: Layout.allCases)
    func cells(layout: Layout) throws {
        let sums = try run([pivot(call("sum", name("n")))], layout)
        #expect(sums.schema == Schema([Field("region", .string), Field("feb", .int64), Field("jan", .int64), Field("null", .int64)]))
        #expect(sums.rows == [
            [.string("EU"), .int(9), .null, .null], [.string("US"), .null, .int(2), .null], [.null, .null, .null, .int(4)],
        ])
        let counts = try run([pivot(binary(call("count"), .multiply, value(.int(10))))], layout)
        #expect(counts.rows == [
            [.string("EU"), .int(20), .int(10), .int(0)], [.string("US"), .int(0), .int(10), .int(0)], [.null, .int(0), .int(0), .int(10)],
        ])
    }

    @Test("steps after it see its columns, and are checked when they are there")
    func rest() throws {
        let total = binary(binary(name("feb"), .coalesce, value(.int(0))), .add, binary(name("jan"), .coalesce, value(.int(0))))
        let steps = [pivot(call("sum", name("n"))), .derive([projection("total", total)]), .sort([SortKey(name("total").expression)]), .take(2, by: [])]
        let result = try run(steps)
        #expect(result.schema.names == ["region", "feb", "jan", "null", "total"])
        #expect(result.values("total") == [.int(0), .int(2)])
        #expect(try Plan(steps, schema: frame(PivotTests.sales).schema).schema == nil)
        #expect(
            throws: EvaluationError.plan(.unknownColumn(name: "fbe", columns: ["region", "feb", "jan", "null"], mark: 1))
        ) { try run([pivot(call("sum", name("n"))), .where(name("fbe").expression)]) }
    }

    @Test("a warning of a step after it comes with the run")
    func warning() throws {
        let data = frame(PivotTests.sales)
        let plan = try Plan([pivot(call("count")), .select([projection("feb")])], schema: data.schema, variables: ["feb": .int(1)])
        var warnings: [PlanWarning] = []
        _ = try plan.run(over: data, warn: { warnings.append($0) })
        #expect(plan.warnings.isEmpty)
        #expect(warnings == [.columnHidesVariable(name: "feb", mark: 1)])
    }

    @Test("a pivot may follow a pivot")
    func twice() throws {
        let result = try run([pivot(call("count")), pivot(call("sum", name("jan")), by: ["null"], of: "feb")])
        #expect(result.schema.names == ["null", "2", "0"])
        #expect(result.rows == [[.int(0), .int(1), .int(1)], [.int(1), .null, .int(0)]])
    }

    @Test("a name that is taken gets a number, and one of a value that is empty the number of its column")
    func names() throws {
        let data = frame([.strings("k", ["null", nil, "", "g", "k", "null"]), .ints("g", [1, 1, 1, 1, 1, 1])])
        let result = try Plan([.pivot(ColumnName("k"), call("count").expression, by: [ColumnName("g")])], schema: data.schema).run(over: data)
        #expect(result.schema.names == ["g", "null", "null_2", "column_4", "g_2", "k"])
        #expect(result.rows == [[.int(1), .int(2), .int(1), .int(1), .int(1), .int(1)]])
    }

    @Test("equal floats are one column, whatever their bits")
    func floats() throws {
        let data = frame([.floats("f", [0.0, -0.0, .nan, -.nan, 2]), .ints("g", [1, 1, 1, 1, 1])])
        let result = try Plan([.pivot(ColumnName("f"), call("count").expression, by: [ColumnName("g")])], schema: data.schema).run(over: data)
        #expect(result.schema.names == ["g", "0.0", "NaN", "2.0"])
        #expect(result.rows == [[.int(1), .int(2), .int(2), .int(1)]])
    }

    @Test("without rows there are the columns of the rows alone")
    func empty() throws {
        let data = Frame(schema: frame(PivotTests.sales).schema, batches: [])
        let result = try Plan([pivot(call("sum", name("n")), by: ["region", "n"])], schema: data.schema).run(over: data)
        #expect(result.schema == Schema([Field("region", .string), Field("n", .int64)]))
        #expect(result.count == 0)
    }

    @Test("what is wrong with it is known before a row is read")
    func faults() {
        let schema = frame(PivotTests.sales).schema
        func fault(_ transform: Transform) -> PlanError? {
            do throws(PlanError) {
                _ = try Plan([transform], schema: schema)
                return nil
            } catch {
                return error
            }
        }
        #expect(fault(pivot(call("sum", name("n")), of: "mnth")) == .unknownColumn(name: "mnth", columns: schema.names, mark: 90))
        #expect(fault(pivot(call("sum", name("n")), by: ["regio"])) == .unknownColumn(name: "regio", columns: schema.names, mark: 91))
        #expect(fault(pivot(call("sum", name("n")), by: ["month"])) == .repeatedColumn(name: "month", mark: 90))
        #expect(fault(pivot(name("n"))) == .columnNotGrouped(name: "n", keys: [], mark: 1))
        #expect(
            fault(pivot(call("sum", name("month")))) == .argumentType(
                function: "sum", index: 0, expected: "number or duration", found: "string", mark: 1))
    }

    @Test("more values than there may be columns are an error")
    func tooMany() throws {
        let most = PivotStep.mostColumns
        func counted(_ values: Int) throws -> Frame {
            let data = frame([.ints("k", (0..<values).map { Int64($0) }), .ints("g", Array(repeating: 1, count: values))])
            return try Plan([.pivot(ColumnName("k", mark: 7), call("count").expression, by: [ColumnName("g")])], schema: data.schema).run(over: data)
        }
        #expect(try counted(most).schema.fields.count == most + 1)
        #expect(throws: EvaluationError.tooManyColumns(of: "k", limit: most, mark: 7)) { try counted(most + 1) }
    }

    @Test("for any columns it gives what dictionaries give", arguments: 1...40)
    func agree(seed: Int) throws {
        var random = RandomExpressions(seed: UInt64(seed))
        let data = random.data(rows: random.pick([0, 1, 7, 60, 200]))
        let column = random.pick(data), key = random.pick(data), source = random.pick(data)
        if key.name == column.name { return }
        let layout = random.pick(Array(Layout.allCases))
        let frame = frame(data, layout)
        var keys: [Scalar] = [], values: [Scalar] = []
        var cells: [NaiveKey: [Scalar]] = [:], seenKeys: Set<NaiveKey> = [], seenValues: Set<NaiveKey> = []
        for row in source.values.indices {
            if seenKeys.insert(NaiveKey([key.values[row]])).inserted { keys.append(key.values[row]) }
            if seenValues.insert(NaiveKey([column.values[row]])).inserted { values.append(column.values[row]) }
            cells[NaiveKey([key.values[row], column.values[row]]), default: []].append(source.values[row])
        }
        for (aggregate, expected) in SummarizePropertyTests.aggregates(of: source.type) {
            let sample = aggregate == "rows" ? call("count") : call(aggregate, name(source.name))
            let plan = try Plan(
                [.pivot(ColumnName(column.name), sample.expression, by: [ColumnName(key.name)])], schema: frame.schema)
            let place: Comment = "seed \(seed): \(column.name) = \(aggregate)(\(source.name)) by \(key.name), \(layout)"
            let wanted = keys.map { key in values.map { expected(cells[NaiveKey([key, $0])] ?? []) } }
            if wanted.contains(where: { $0.contains(nil) }) {
                #expect(throws: EvaluationError.self, place) { try plan.run(over: frame) }
                continue
            }
            let result = try plan.run(over: frame)
            #expect(result.schema.names == ColumnNames([key.name] + values.map(\.text)).names, place)
            #expect(same(result.values(0), keys), place)
            for (index, row) in result.rows.enumerated() { #expect(same(Array(row.dropFirst()), wanted[index].compactMap { $0 }), place) }
        }
    }
}
