// Comparison of single values, in the same order as columns: text by code point, NaN greatest, a date as its midnight.

extension ScalarOperators {
    /// `a op b`; `spelling` is what an error says where the comparison serves another operator.
    static func compare(
        _ op: BinaryOperator, _ a: Scalar, _ b: Scalar, _ mark: Int32, as spelling: BinaryOperator? = nil
    ) throws(EvaluationError) -> Scalar {
        if a == .null || b == .null {
            if a.type == nil || b.type == nil { throw mismatch(spelling ?? op, a, b, mark) }
            return .null
        }
        guard let order = try order(a, b, mark) else { throw mismatch(spelling ?? op, a, b, mark) }
        return .bool(op.orders.contains(order: order))
    }

    /// Negative, zero or positive; nil where the types do not compare.
    private static func order(_ a: Scalar, _ b: Scalar, _ mark: Int32) throws(EvaluationError) -> Int? {
        switch (a, b) {
        case (.int(let x), .int(let y)): return Numbers.order(x, y)
        case (.float(let x), .float(let y)): return Numbers.order(x, y)
        case (.int(let x), .float(let y)): return Numbers.order(x, y)
        case (.float(let x), .int(let y)): return -Numbers.order(y, x)
        case (.decimal(let x), .decimal(let y)): return x.order(y)
        case (.decimal(let x), .int(let y)): return x.order(Decimal128(y))
        case (.int(let x), .decimal(let y)): return Decimal128(x).order(y)
        case (.decimal(let x), .float(let y)): return x.order(y)
        case (.float(let x), .decimal(let y)): return -y.order(x)
        case (.bool(let x), .bool(let y)): return (x ? 1 : 0) - (y ? 1 : 0)
        case (.string(var x), .string(var y)): return x.withText { x in y.withText { y in Text.order(x, y) } }
        case (.date(let x), .date(let y)): return Numbers.order(x, y)
        case (.duration(let x), .duration(let y)): return Numbers.order(x, y)
        case (.timestamp(let x, _), .timestamp(let y, _)): return Numbers.order(x, y)
        case (.date(let x), .timestamp(let y, _)): return TimeArithmetic.order(x, y)
        case (.timestamp(let x, _), .date(let y)): return -TimeArithmetic.order(y, x)
        case (.date, .string(let text)), (.timestamp, .string(let text)), (.decimal, .string(let text)):
            return try order(a, try read(text, as: a.type ?? .null, mark), mark)
        case (.string(let text), .date), (.string(let text), .timestamp), (.string(let text), .decimal):
            return try order(try read(text, as: b.type ?? .null, mark), b, mark)
        default: return nil
        }
    }

    private static func read(_ text: String, as type: DataType, _ mark: Int32) throws(EvaluationError) -> Scalar {
        guard let value = Scalar(reading: text, as: type) else { throw .plan(.literal(text: text, as: type.name, mark: mark)) }
        return value
    }
}
