// Errors of rows: the first row that fails is told, counted over all batches, and only if its value is needed.
import Testing

@testable import QueryFrames

@Suite("Errors of rows")
struct EvaluationErrorTests {
    @Test("an overflow tells the row, counted from 1 over all batches", arguments: Layout.allCases)
    func overflow(layout: Layout) {
        let data = frame([.ints("a", [1, nil, 3, 4, .max, 6, .max]), .ints("b", [1, 1, 1, 1, 1, 1, 1])], layout)
        #expect(evaluationError(binary(name("a"), .add, name("b")), data)
            == .overflow(operator: "+", left: .int(.max), right: .int(1), row: 5, mark: 3))
        #expect(evaluationError(binary(name("a"), .multiply, value(.int(4))), data)
            == .overflow(operator: "*", left: .int(.max), right: .int(4), row: 5, mark: 3))
    }

    @Test("each operator of ints sees its overflow", arguments: [
        (Int64.max, BinaryOperator.add, Int64(1)), (.min, .add, -1), (.min, .subtract, 1), (.max, .subtract, -1), (.max, .multiply, 2),
        (.min, .multiply, -1), (.min, .floorDivide, -1),
    ])
    func operators(a: Int64, op: BinaryOperator, b: Int64) {
        let expected = EvaluationError.overflow(operator: op.rawValue, left: .int(a), right: .int(b), row: 1, mark: 3)
        let data = frame([.ints("a", [a]), .ints("b", [b])])
        #expect(evaluationError(binary(name("a"), op, name("b")), data) == expected)
        #expect(evaluationError(binary(name("a"), op, value(.int(b))), data) == expected)
        #expect(throws: expected.located(op.rawValue, row: nil, mark: 0)) { try ScalarOperators.apply(op, .int(a), .int(b)) }
    }

    @Test("what lies in a null slot cannot overflow")
    func nullSlots() throws {
        let values = column(.int64, [.int(.max), .int(1)])
        guard case .fixed(let buffer) = values.storage else { return }
        let firstIsNull = MutableBuffer(capacity: 1, zeroed: true)
        firstIsNull.values(as: UInt8.self)[0] = 0b10
        let masked = Column(type: .int64, count: 2, validity: firstIsNull.freeze(byteCount: 1), storage: .fixed(buffer))
        let data = Frame(schema: Schema([Field("a", .int64)]), columns: [masked])
        #expect(try evaluate(binary(name("a"), .add, value(.int(1))), data) == [.null, .int(2)])
    }

    @Test("the negation of the least int overflows, and that of a string column's conversion tells the conversion")
    func nested() {
        #expect(evaluationError(unary(.negate, name("a")), frame([.ints("a", [.min])]))
            == .overflow(operator: "-", left: .int(.min), right: .null, row: 1, mark: 2))
        let strings = frame([.strings("s", ["1", "x", "y"])], .dictionaries)
        #expect(evaluationError(unary(.negate, call("int", name("s"))), strings)
            == .conversion(function: "int", value: .string("x"), row: 2, mark: 2))
    }

    @Test("dates leave neither their years nor their whole days")
    func dates() {
        let data = frame([.dates("d", [0, 2_932_896])])
        let day = value(.duration(86_400_000_000))
        #expect(evaluationError(binary(name("d"), .add, day), data) == .outOfRange(operator: "+", row: 2, mark: 3))
        #expect(evaluationError(binary(name("d"), .subtract, value(.duration(5))), data)
            == .partialDay(operator: "-", duration: .duration(5), row: 1, mark: 3))
    }

    @Test("a value that is not taken cannot fail: if, case, coalesce, ??, and, or")
    func lazy() throws {
        let data = frame([.strings("s", ["1", "x", nil]), .bools("ok", [true, false, false]), .ints("i", [nil, 5, 5])])
        let converted = call("int", name("s"))
        #expect(try evaluate(call("if", name("ok"), converted, value(.int(0))), data) == [.int(1), .int(0), .int(0)])
        #expect(try evaluate(call("case", name("ok"), converted, value(.int(0))), data) == [.int(1), .int(0), .int(0)])
        #expect(try evaluate(call("coalesce", name("i"), converted), data) == [.int(1), .int(5), .int(5)])
        #expect(try evaluate(binary(name("i"), .coalesce, converted), data) == [.int(1), .int(5), .int(5)])
        let isOne = binary(converted, .equal, value(.int(1)))
        #expect(try evaluate(binary(name("ok"), .and, isOne), data) == [.bool(true), .bool(false), .bool(false)])
        #expect(try evaluate(binary(unary(.not, name("ok")), .or, isOne), data) == [.bool(true), .bool(true), .bool(true)])
        #expect(evaluationError(binary(isOne, .and, name("ok")), data)
            == .conversion(function: "int", value: .string("x"), row: 2, mark: 2))
        #expect(evaluationError(call("if", name("ok"), value(.int(0)), converted), data)
            == .conversion(function: "int", value: .string("x"), row: 2, mark: 4))
    }

    @Test("a value of a dictionary that no row uses cannot fail")
    func unusedValues() throws {
        let data = frame([.strings("s", ["12", "7"])], .dictionaries)
        #expect(try evaluate(call("int", name("s")), data) == [.int(12), .int(7)])
    }

    @Test("rows that an earlier step dropped cannot fail, and rows are counted at the step")
    func afterFilter() throws {
        let data = frame([.strings("s", ["x", "1", "y", "2"]), .bools("ok", [false, true, false, true])])
        let whereOK = Transform.where(name("ok").expression)
        let converted = Projection(name: "n", expression: call("int", name("s")).expression)
        #expect(try Plan([whereOK, .select([converted])], schema: data.schema).run(over: data).values(0) == [.int(1), .int(2)])
        let whereNot = Transform.where(unary(.not, name("ok")).expression)
        let plan = try Plan([whereNot, .derive([converted])], schema: data.schema)
        #expect(throws: EvaluationError.conversion(function: "int", value: .string("x"), row: 1, mark: 2)) { try plan.run(over: data) }
    }
}
