// Operators one by one: what each gives for values chosen by hand, on columns and on single values alike.
import Testing

@testable import QueryFrames

@Suite("Operators")
struct OperatorTests {
    static let day: Int64 = 86_400_000_000

    /// left, operator, right, result
    static let cases: [(Scalar, BinaryOperator, Scalar, Scalar)] = [
        (.int(2), .add, .int(3), .int(5)),
        (.int(2), .add, .float(0.5), .float(2.5)),
        (.string("a"), .add, .string("é"), .string("aé")),
        (.date(19_844), .add, .duration(29 * day), .date(19_873)),
        (.duration(day), .add, .date(0), .date(1)),
        (.date(1), .subtract, .duration(day), .date(0)),
        (.timestamp(0, utc: true), .add, .duration(5), .timestamp(5, utc: true)),
        (.duration(5), .add, .timestamp(0, utc: false), .timestamp(5, utc: false)),
        (.duration(5), .add, .duration(-7), .duration(-2)),
        (.int(2), .subtract, .int(3), .int(-1)),
        (.date(10), .subtract, .date(3), .duration(7 * day)),
        (.timestamp(10, utc: false), .subtract, .timestamp(3, utc: true), .duration(7)),
        (.date(1), .subtract, .timestamp(5, utc: false), .duration(day - 5)),
        (.timestamp(5, utc: false), .subtract, .date(1), .duration(5 - day)),
        (.int(-4), .multiply, .int(3), .int(-12)),
        (.duration(day), .multiply, .int(3), .duration(3 * day)),
        (.int(3), .multiply, .duration(day), .duration(3 * day)),
        (.int(7), .divide, .int(2), .float(3.5)),
        (.int(6), .divide, .int(2), .float(3)),
        (.duration(day), .divide, .duration(day / 4), .float(4)),
        (.int(1), .divide, .int(0), .null),
        (.float(1), .divide, .float(-0.0), .null),
        (.int(7), .floorDivide, .int(2), .int(3)),
        (.int(-7), .floorDivide, .int(2), .int(-4)),
        (.int(7), .floorDivide, .int(-2), .int(-4)),
        (.float(-7), .floorDivide, .int(2), .float(-4)),
        (.duration(7), .floorDivide, .duration(2), .int(3)),
        (.int(1), .floorDivide, .int(0), .null),
        (.int(7), .remainder, .int(3), .int(1)),
        (.int(-7), .remainder, .int(3), .int(2)),
        (.int(7), .remainder, .int(-3), .int(-2)),
        (.float(-7.5), .remainder, .int(2), .float(0.5)),
        (.duration(7), .remainder, .duration(4), .duration(3)),
        (.int(.min), .remainder, .int(-1), .int(0)),
        (.float(1), .remainder, .float(0), .null),
        (.int(1), .equal, .float(1), .bool(true)),
        (.int((1 << 53) + 1), .equal, .float(0x1p53), .bool(false)),
        (.int((1 << 53) + 1), .greater, .float(0x1p53), .bool(true)),
        (.int(.max), .less, .float(0x1p63), .bool(true)),
        (.int(.min), .equal, .float(-0x1p63), .bool(true)),
        (.int(1), .less, .float(.nan), .bool(true)),
        (.float(.infinity), .less, .float(.nan), .bool(true)),
        (.float(.nan), .equal, .float(.nan), .bool(true)),
        (.float(.nan), .notEqual, .float(1), .bool(true)),
        (.float(-0.0), .equal, .float(0), .bool(true)),
        (.float(-0.0), .less, .float(0), .bool(false)),
        (.float(2.5), .greaterOrEqual, .int(2), .bool(true)),
        (.bool(false), .less, .bool(true), .bool(true)),
        (.string("Z"), .less, .string("a"), .bool(true)),
        (.string("a"), .less, .string("é"), .bool(true)),
        (.string("é"), .equal, .string("e\u{301}"), .bool(false)),
        (.string(""), .less, .string("\0"), .bool(true)),
        (.string("ab"), .lessOrEqual, .string("ab"), .bool(true)),
        (.date(1), .equal, .timestamp(day, utc: false), .bool(true)),
        (.timestamp(day + 1, utc: true), .greater, .date(1), .bool(true)),
        (.date(.max), .greater, .timestamp(.max, utc: false), .bool(true)),
        (.timestamp(3, utc: true), .notEqual, .timestamp(3, utc: false), .bool(false)),
        (.date(19_844), .equal, .string("2024-05-01"), .bool(true)),
        (.string("2024-05-02"), .greater, .date(19_844), .bool(true)),
        (.timestamp(19_844 * day, utc: false), .equal, .string("2024-05-01"), .bool(true)),
        (.timestamp(19_844 * day + 3_600_000_000, utc: true), .equal, .string("2024-05-01T01:00:00Z"), .bool(true)),
        (.duration(1), .less, .duration(2), .bool(true)),
        (.null, .coalesce, .int(2), .int(2)),
        (.int(1), .coalesce, .float(2.5), .float(1)),
        (.string("month"), .like, .string("mo%"), .bool(true)),
        (.string("month"), .like, .string("%th"), .bool(true)),
        (.string("month"), .like, .string("%nt%"), .bool(true)),
        (.string("month"), .like, .string("month"), .bool(true)),
        (.string("month"), .like, .string("mont"), .bool(false)),
        (.string("month"), .like, .string("Month"), .bool(false)),
        (.string("aa"), .like, .string("a%a%a"), .bool(false)),
        (.string("abcbd"), .like, .string("a%b%d"), .bool(true)),
        (.string("été"), .like, .string("_t_"), .bool(true)),
        (.string("été"), .like, .string("___"), .bool(true)),
        (.string("été"), .like, .string("____"), .bool(false)),
        (.string("xéy"), .like, .string("%_y"), .bool(true)),
        (.string("a.b"), .like, .string("a_b"), .bool(true)),
        (.string(""), .like, .string("%"), .bool(true)),
        (.string(""), .like, .string(""), .bool(true)),
        (.string(""), .like, .string("_"), .bool(false)),
    ]

    @Test("each gives its result on single values", arguments: cases.indices)
    func scalars(index: Int) throws {
        let (left, op, right, result) = OperatorTests.cases[index]
        #expect(same(try ScalarOperators.apply(op, left, right), result), "\(left.literal) \(op.rawValue) \(right.literal)")
    }

    @Test("each gives its result on columns, on a column and a constant, and on constants", arguments: cases.indices)
    func columns(index: Int) throws {
        let (left, op, right, result) = OperatorTests.cases[index]
        let data = frame([Data("a", left.type ?? .null, [left, left]), Data("b", right.type ?? .null, [right, right])])
        let text = "\(left.literal) \(op.rawValue) \(right.literal)"
        #expect(same(try evaluate(binary(value(left), op, value(right)), data), [result, result]), "\(text)")
        // Only a constant string is read as a date.
        let isRead = left.type != right.type && (left.type == .string || right.type == .string)
        if !isRead || left.type != .string {
            #expect(same(try evaluate(binary(name("a"), op, value(right)), data), [result, result]), "\(text)")
        }
        if !isRead || right.type != .string {
            #expect(same(try evaluate(binary(value(left), op, name("b")), data), [result, result]), "\(text)")
        }
        if !isRead {
            #expect(same(try evaluate(binary(name("a"), op, name("b")), data), [result, result]), "\(text)")
        }
    }

    @Test("no pair of extreme values traps in any operator")
    func extremes() {
        let values: [Scalar] = [
            .null, .int(0), .int(-1), .int(.max), .int(.min), .float(.nan), .float(-.infinity), .float(-0.0), .string(""), .bool(true),
            .date(.max), .date(.min), .timestamp(.max, utc: true), .timestamp(.min, utc: false), .duration(.min), .duration(.max),
            .list([.null]),
        ]
        var given = 0
        for a in values {
            for op in UnaryOperator.allCases where (try? ScalarOperators.apply(op, a)) != nil { given += 1 }
            for b in values {
                for op in BinaryOperator.allCases {
                    if (try? ScalarOperators.apply(op, a, b)) != nil { given += 1 }
                    let plan = try? Plan(
                        [.select([Projection(name: "r", expression: binary(value(a), op, value(b)).expression)])], schema: Schema([]))
                    _ = try? plan?.run(over: Frame(schema: Schema([]), batches: [RecordBatch(count: 2, columns: [])]))
                }
            }
        }
        #expect(given > 500)
    }

    @Test("and, or and not are three-valued")
    func logic() throws {
        let bools: [Bool?] = [true, false, nil]
        let data = frame([.bools("a", bools.flatMap { [$0, $0, $0] }), .bools("b", bools + bools + bools)], .slices)
        let t = Scalar.bool(true), f = Scalar.bool(false), n = Scalar.null
        #expect(try evaluate(binary(name("a"), .and, name("b")), data) == [t, f, n, f, f, f, n, f, n])
        #expect(try evaluate(binary(name("a"), .or, name("b")), data) == [t, t, t, t, f, n, t, n, n])
        #expect(try evaluate(unary(.not, name("b")), data) == [f, t, n, f, t, n, f, t, n])
        #expect(try evaluate(binary(name("b"), .and, value(.null)), data).prefix(3) == [n, f, n])
        #expect(try evaluate(binary(value(.null), .or, name("b")), data).prefix(3) == [t, n, n])
    }

    @Test("is null and is not null know nulls of every type, and are never null")
    func nullTests() throws {
        let data = frame([.ints("a", [1, nil]), Data("n", .null, [.null, .null]), .strings("s", ["", nil])])
        for (column, isNull) in [("a", [false, true]), ("n", [true, true]), ("s", [false, true])] {
            #expect(try evaluate(unary(.isNull, name(column)), data) == isNull.map { .bool($0) })
            #expect(try evaluate(unary(.isNotNull, name(column)), data) == isNull.map { .bool(!$0) })
        }
    }

    @Test("an operator with a null gives null, of the type that the other side has it give")
    func nulls() throws {
        let fields = [Field("i", .int64), Field("d", .date)]
        func type(_ sample: Sample) throws -> DataType? {
            try Plan([.select([Projection(name: "r", expression: sample.expression)])], schema: Schema(fields)).schema?.fields[0].type
        }
        #expect(try type(binary(name("i"), .add, value(.null))) == .int64)
        #expect(try type(binary(value(.null), .divide, name("i"))) == .float64)
        #expect(try type(binary(name("d"), .add, value(.null))) == .date)
        #expect(try type(binary(value(.null), .less, name("d"))) == .bool)
        #expect(try type(binary(value(.null), .add, value(.null))) == .null)
        #expect(try evaluate(binary(name("i"), .add, value(.null)), frame([.ints("i", [1, 2]), .dates("d", [1, 2])])) == [.null, .null])
    }

    @Test("in follows SQL: not found is null where the list or the value has a null, and an empty list holds nothing")
    func membership() throws {
        let data = frame([.ints("a", [1, 2, nil]), .ints("b", [2, 2, 2])])
        let t = Scalar.bool(true), f = Scalar.bool(false), n = Scalar.null
        #expect(try evaluate(binary(name("a"), .in, list(value(.int(1)), value(.float(3)))), data) == [t, f, n])
        #expect(try evaluate(binary(name("a"), .in, list(value(.int(1)), value(.null))), data) == [t, n, n])
        #expect(try evaluate(binary(name("a"), .in, list()), data) == [f, f, f])
        #expect(try evaluate(binary(name("a"), .in, list(name("b"), value(.int(7)))), data) == [f, t, n])
        #expect(try evaluate(binary(name("a"), .in, list(unary(.negate, value(.int(-2))))), data) == [f, t, n])
        #expect(try evaluate(binary(name("a"), .in, name("wanted")), data, ["wanted": .list([.int(2)])]) == [f, t, n])
        #expect(try evaluate(unary(.not, binary(name("a"), .in, list(value(.int(1))))), data) == [f, t, n])
        let words = frame([.strings("s", ["EU", "US", nil, ""])], .dictionaries)
        #expect(try evaluate(binary(name("s"), .in, list(value(.string("EU")), value(.string("")))), words) == [t, f, n, t])
        let days = frame([.dates("d", [19_844, 19_845])])
        let wanted = list(value(.string("2024-05-02")), value(.timestamp(19_844 * Self.day, utc: true)))
        #expect(try evaluate(binary(name("d"), .in, wanted), days) == [t, t])
        let floats = frame([.floats("x", [.nan, -0.0, 2])])
        #expect(try evaluate(binary(name("x"), .in, list(value(.float(.nan)), value(.int(0)))), floats) == [t, t, f])
    }

    @Test("an operand that stands in two places of the list is evaluated once, as between needs it")
    func shared() throws {
        let nodes: [Expression.Node] = [
            .init(.name("a")), .init(.literal(.int(2))), .init(.literal(.int(3))),
            .init(.binary(.greaterOrEqual, 0, 1)), .init(.binary(.lessOrEqual, 0, 2)), .init(.binary(.and, 3, 4)),
        ]
        let plan = try Plan([.where(Expression(nodes: nodes))], schema: Schema([Field("a", .int64)]))
        #expect(try plan.run(over: frame([.ints("a", [1, 2, 3, 4])])).values(0) == [.int(2), .int(3)])
    }

    @Test("an expression of a hundred thousand operators is checked and evaluated")
    func deep() throws {
        var nodes: [Expression.Node] = [.init(.name("a"))]
        for _ in 0..<100_000 {
            nodes.append(.init(.literal(.int(1))))
            nodes.append(.init(.binary(.add, nodes.count == 2 ? 0 : nodes.count - 2, nodes.count - 1)))
        }
        let plan = try Plan([.select([Projection(name: "r", expression: Expression(nodes: nodes))])], schema: Schema([Field("a", .int64)]))
        #expect(try plan.run(over: frame([.ints("a", [5])])).values(0) == [.int(100_005)])
    }
}
