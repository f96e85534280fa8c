// `== != < <= > >=` of columns. Floats compare in the order of all floats, as DuckDB and PostgreSQL have it: NaN equals
// itself and is greater than any other, -0.0 equals 0.0. Sorts use the same order.
/// Fixed-width values in their order.
protocol OrderedValue: BitwiseCopyable, Sendable {
    static func isLess(_ a: Self, _ b: Self) -> Bool
    static func isEqual(_ a: Self, _ b: Self) -> Bool
}

extension Int64: OrderedValue {
    @inline(__always) static func isLess(_ a: Int64, _ b: Int64) -> Bool { a < b }
    @inline(__always) static func isEqual(_ a: Int64, _ b: Int64) -> Bool { a == b }
}

extension Int32: OrderedValue {
    @inline(__always) static func isLess(_ a: Int32, _ b: Int32) -> Bool { a < b }
    @inline(__always) static func isEqual(_ a: Int32, _ b: Int32) -> Bool { a == b }
}

extension Int128: OrderedValue {
    @inline(__always) static func isLess(_ a: Int128, _ b: Int128) -> Bool { a < b }
    @inline(__always) static func isEqual(_ a: Int128, _ b: Int128) -> Bool { a == b }
}

extension Double: OrderedValue {
    @inline(__always) static func isLess(_ a: Double, _ b: Double) -> Bool { Numbers.isLess(a, b) }
    @inline(__always) static func isEqual(_ a: Double, _ b: Double) -> Bool { a == b || (a != a && b != b) }
}

/// Comparison of two operands of one fixed-width type.
struct FixedComparison<Value: OrderedValue>: OperationBody {
    let spelling: BinaryOperator

    var type: DataType { .bool }

    private struct Less: PairKernel {
        typealias Element = Value

        func run<L: Values, R: Values>(_ left: L, _ right: R, _ count: Int) -> Buffer where L.Value == Value, R.Value == Value {
            Bitmap.rows(count) { Value.isLess(left[$0], right[$0]) }
        }
    }

    private struct NotLess: PairKernel {
        typealias Element = Value

        func run<L: Values, R: Values>(_ left: L, _ right: R, _ count: Int) -> Buffer where L.Value == Value, R.Value == Value {
            Bitmap.rows(count) { !Value.isLess(left[$0], right[$0]) }
        }
    }

    private struct Equal: PairKernel {
        typealias Element = Value

        func run<L: Values, R: Values>(_ left: L, _ right: R, _ count: Int) -> Buffer where L.Value == Value, R.Value == Value {
            Bitmap.rows(count) { Value.isEqual(left[$0], right[$0]) }
        }
    }

    private struct NotEqual: PairKernel {
        typealias Element = Value

        func run<L: Values, R: Values>(_ left: L, _ right: R, _ count: Int) -> Buffer where L.Value == Value, R.Value == Value {
            Bitmap.rows(count) { !Value.isEqual(left[$0], right[$0]) }
        }
    }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let left = operands[0], right = operands[1]
        let bits: Buffer
        switch spelling {
        case .less: bits = Less()(left, right, count)
        case .greater: bits = Less()(right, left, count)
        case .greaterOrEqual: bits = NotLess()(left, right, count)
        case .lessOrEqual: bits = NotLess()(right, left, count)
        case .notEqual: bits = NotEqual()(left, right, count)
        default: bits = Equal()(left, right, count)
        }
        return Outcome(Column(type: .bool, count: count, validity: operands.validity(count: count), storage: .bits(bits)))
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try ScalarOperators.apply(spelling, operands[0], operands[1])
    }
}

/// Comparison of strings, by code point.
struct TextComparison: Operation {
    let spelling: BinaryOperator

    var type: DataType { .bool }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let left = Text.source(operands[0]), right = Text.source(operands[1])
        let bits: Buffer
        switch (spelling, operands[1].isConstant) {
        case (.equal, true):
            let wanted = right[0]
            bits = ShortText(wanted)?.rows(operands[0].column) ?? Bitmap.rows(count) { left[$0] == wanted }
        case (.equal, false): bits = Bitmap.rows(count) { left[$0] == right[$0] }
        case (.notEqual, _): bits = Bitmap.rows(count) { !(left[$0] == right[$0]) }
        default:
            let orders = spelling.orders
            bits = Bitmap.rows(count) { orders.contains(order: Text.order(left[$0], right[$0])) }
        }
        return Outcome(Column(type: .bool, count: count, validity: operands.validity(count: count), storage: .bits(bits)))
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try ScalarOperators.apply(spelling, operands[0], operands[1])
    }
}

/// Comparison of an int with a float by their exact values.
struct MixedComparison: BinaryFunction {
    let orders: Orders

    func call(_ a: Int64, _ b: Double, _ failed: inout Bool) -> Bool { orders.contains(order: Numbers.order(a, b)) }
}

/// Comparison of bools: false comes before true.
struct BoolComparison: BinaryFunction {
    let orders: Orders

    func call(_ a: Bool, _ b: Bool, _ failed: inout Bool) -> Bool { orders.contains(order: (a ? 1 : 0) &- (b ? 1 : 0)) }
}
