// What is wrong with an expression is found before any row is touched, with the mark of the node it is about.
import Testing

@testable import QueryFrames

@Suite("Checking")
struct CheckingTests {
    static let fields = [Field("i", .int64), Field("s", .string), Field("d", .date), Field("t", .timestamp(utc: true)), Field("b", .bool)]

    static let cases: [(Sample, PlanError)] = [
        (binary(name("i"), .add, name("x")), .unknownColumn(name: "x", columns: ["i", "s", "d", "t", "b"], mark: 2, isValue: true)),
        (variable("x"), .unknownVariable(name: "x", mark: 1)),
        (variable("i"), .unknownVariable(name: "i", mark: 1)),
        (call("lenght", name("s")), .unknownFunction(name: "lenght", mark: 2)),
        (binary(name("i"), .add, name("s")), .operatorTypes(operator: "+", operands: ["int", "string"], mark: 3)),
        (binary(name("i"), .less, name("s")), .operatorTypes(operator: "<", operands: ["int", "string"], mark: 3)),
        (binary(name("s"), .equal, name("d")), .operatorTypes(operator: "==", operands: ["string", "date"], mark: 3)),
        (binary(name("d"), .add, name("d")), .operatorTypes(operator: "+", operands: ["date", "date"], mark: 3)),
        (binary(name("i"), .like, name("s")), .operatorTypes(operator: "like", operands: ["int", "string"], mark: 3)),
        (binary(name("i"), .in, list(value(.string("1")))), .operatorTypes(operator: "in", operands: ["int", "string"], mark: 4)),
        (binary(name("i"), .in, name("i")), .operatorTypes(operator: "in", operands: ["int", "int"], mark: 3)),
        (binary(name("i"), .coalesce, name("s")), .operatorTypes(operator: "??", operands: ["int", "string"], mark: 3)),
        (unary(.negate, name("s")), .operatorTypes(operator: "-", operands: ["string"], mark: 2)),
        (call("upper", name("i")), .argumentType(function: "upper", index: 0, expected: "string", found: "int", mark: 1)),
        (call("year", name("s")), .argumentType(function: "year", index: 0, expected: "date or timestamp", found: "string", mark: 1)),
        (call("round", name("i"), name("s")), .argumentType(function: "round", index: 1, expected: "int", found: "string", mark: 2)),
        (call("if", name("b"), name("i"), name("s")), .argumentType(function: "if", index: 2, expected: "int", found: "string", mark: 3)),
        (call("substr", name("s")), .argumentCount(function: "substr", usage: "substr(s, start, count = to the end)", found: 1, mark: 2)),
        (call("case", name("b"), name("i"), name("b"), name("i")),
            .argumentCount(function: "case", usage: "case(condition, value, ..., otherwise)", found: 4, mark: 5)),
        (call("date_add", name("d"), name("i"), value(.string("fortnight"))),
            .argumentValue(function: "date_add", index: 2, expected: "year, quarter, month, week, day", found: .string("fortnight"), mark: 3)),
        (call("date_add", name("d"), name("i"), value(.string("hour"))),
            .argumentValue(function: "date_add", index: 2, expected: "year, quarter, month, week, day", found: .string("hour"), mark: 3)),
        (call("bin", name("t"), value(.duration(0))),
            .argumentValue(function: "bin", index: 1, expected: "a duration above zero", found: .duration(0), mark: 2)),
        (call("bin", name("d"), value(.duration(1))),
            .argumentValue(function: "bin", index: 1, expected: "a duration of whole days", found: .duration(1), mark: 2)),
        (call("date_add", name("d"), name("i"), name("s")), .argumentVaries(function: "date_add", index: 2, mark: 3)),
        (call("format_date", name("d"), value(.string("%Y-%Q"))), .format(text: "%Y-%Q", part: "%Q", mark: 2)),
        (call("format_date", name("d"), value(.string("%"))), .format(text: "%", part: "%", mark: 2)),
        (call("parse_date", name("s"), value(.string("%d.%m.%H"))), .format(text: "%d.%m.%H", part: "%H", mark: 2)),
        (call("parse_date", name("s"), value(.string("%d.%m."))),
            .argumentValue(
                function: "parse_date", index: 1, expected: "a day, a month and a year such as %d.%m.%Y", found: .string("%d.%m."), mark: 2)),
        (call("format", name("i"), value(.int(101))),
            .argumentValue(function: "format", index: 1, expected: "a number of decimals from 0 to 100", found: .int(101), mark: 2)),
        (call("format", name("i"), name("i")), .argumentVaries(function: "format", index: 1, mark: 2)),
        (binary(name("s"), .matches, value(.string("(a"))), .pattern(text: "(a", reason: "missing ): (a", mark: 2)),
        (binary(name("i"), .matches, value(.string("a"))), .operatorTypes(operator: "matches", operands: ["int", "string"], mark: 3)),
        (call("lag", name("i")), .windowWithoutOver(function: "lag", mark: 2)),
        (window("upper", name("s")), .notAWindow(function: "upper", mark: 2)),
        (window("lagg", name("s")), .unknownFunction(name: "lagg", mark: 2)),
        (window("lag", name("s"), name("i")), .argumentVaries(function: "lag", index: 1, mark: 2)),
        (window("lag", name("s"), name("s")), .argumentType(function: "lag", index: 1, expected: "int", found: "string", mark: 2)),
        (window("rank", name("s")), .argumentCount(function: "rank", usage: "rank()", found: 1, mark: 2)),
        (window("cumsum", name("s")), .argumentType(function: "cumsum", index: 0, expected: "number or duration", found: "string", mark: 1)),
        (window("moving_avg", name("i"), value(.int(0))),
            .argumentValue(function: "moving_avg", index: 1, expected: "a number of rows above zero", found: .int(0), mark: 2)),
        (window("rank", by: [name("x")]), .unknownColumn(name: "x", columns: fields.map(\.name), mark: 1, isValue: true)),
        (binary(name("i"), .and, name("b")), .conditionType(found: "int", mark: 3)),
        (unary(.not, name("i")), .conditionType(found: "int", mark: 2)),
        (call("if", name("i"), name("i"), name("i")), .conditionType(found: "int", mark: 1)),
        (binary(name("d"), .less, value(.string("May"))), .literal(text: "May", as: "date", mark: 2)),
        (binary(value(.string("2024-13-01")), .equal, name("t")), .literal(text: "2024-13-01", as: "timestamp", mark: 1)),
        (binary(name("d"), .in, list(value(.string("2024-05-01")), value(.string("x")))), .literal(text: "x", as: "date", mark: 5)),
        (list(name("i"), name("s")), .mixedColumns(first: "int", other: "string", mark: 3)),
        (binary(name("i"), .add, list(name("i"))), .operatorTypes(operator: "+", operands: ["int", "list"], mark: 4)),
        (binary(list(name("i")), .less, list(name("i"))), .operatorTypes(operator: "<", operands: ["list", "list"], mark: 5)),
        (member(name("i"), "x"), .operatorTypes(operator: ".x", operands: ["int"], mark: 2)),
        (index(list(name("i")), name("s")), .operatorTypes(operator: "[]", operands: ["list", "string"], mark: 4)),
        (name("mixed"), .mixedColumns(first: "string", other: "int", mark: 1)),
        (call("max_of", list(name("i"))), .argumentType(function: "max_of", index: 0, expected: "a value that has an order", found: "list", mark: 3)),
    ]

    @Test("each mistake is told with its facts and its mark", arguments: cases.indices)
    func mistakes(index: Int) {
        let (sample, error) = CheckingTests.cases[index]
        #expect(planError(sample, CheckingTests.fields, ["mixed": .list([.string("a"), .int(1)])]) == error, "\(sample.text)")
    }

    @Test("a condition has to be a bool")
    func conditions() {
        let schema = Schema(CheckingTests.fields)
        #expect(throws: PlanError.conditionType(found: "string", mark: 1)) { try Plan([.where(name("s").expression)], schema: schema) }
    }

    @Test("two columns of a select cannot bear one name")
    func duplicates() {
        let select = Transform.select([
            Projection(name: "x", expression: name("i").expression), Projection(name: "x", expression: name("s").expression, mark: 7),
        ])
        #expect(throws: PlanError.duplicateColumn(name: "x", mark: 7)) { try Plan([select], schema: Schema(CheckingTests.fields)) }
    }

    @Test("take wants no negative number")
    func negative() {
        #expect(throws: PlanError.negativeCount(-1)) { try Plan([.take(-1, by: [])], schema: Schema(CheckingTests.fields)) }
    }

    @Test("the columns of an error are those of the schema at that step")
    func laterSteps() {
        let select = Transform.select([Projection(name: "only", expression: name("i").expression)])
        #expect(throws: PlanError.unknownColumn(name: "s", columns: ["only"], mark: 1)) {
            try Plan([select, .sort([SortKey(name("s").expression)])], schema: Schema(CheckingTests.fields))
        }
    }

    @Test("a name is the column, with a warning where a variable bears it too; $name is the variable")
    func names() throws {
        let transforms: [Transform] = [.where(binary(name("i"), .equal, variable("i")).expression)]
        let plan = try Plan(transforms, schema: Schema(CheckingTests.fields), variables: ["i": .int(2)])
        #expect(plan.warnings == [.columnHidesVariable(name: "i", mark: 1)])
        let data = frame([
            .ints("i", [1, 2]), .strings("s", ["a", "b"]), .dates("d", [0, 0]), Data("t", .timestamp(utc: true), [.null, .null]),
            .bools("b", [true, nil]),
        ])
        #expect(try plan.run(over: data).values("s") == [.string("b")])
    }

    @Test("a constant that cannot be computed is an error only where there are rows")
    func constants() throws {
        let sample = binary(value(.int(.max)), .add, value(.int(1)))
        #expect(try evaluate(sample, frame([.ints("i", [])])) == [])
        #expect(evaluationError(sample, frame([.ints("i", [1])]))
            == .overflow(operator: "+", left: .int(.max), right: .int(1), row: 1, mark: 3))
    }
}
