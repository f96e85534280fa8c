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
        switch (a, b) {
        case (.json(let text), let other) where other.type?.isReadFromJSON ?? false: return read(Scalar(json: text), op, other, mark)
        case (let other, .json(let text)) where other.type?.isReadFromJSON ?? false: return read(Scalar(json: text), op.swapped, other, mark)
        case (.json(let x), .json(let y)) where op == .equal || op == .notEqual: return .bool(x.utf8.elementsEqual(y.utf8) == (op == .equal))
        case (.list(let x), .list(let y)) where op == .equal || op == .notEqual:
            return .bool(try areEqual(x, y, mark, as: spelling ?? op) == (op == .equal))
        default: break
        }
        guard let order = try order(a, b, mark) else { throw mismatch(spelling ?? op, a, b, mark) }
        return .bool(op.orders.contains(order: order))
    }

    /// What JSON says compared with a value of a column or script; null where it is of another kind.
    private static func read(_ json: Scalar, _ op: BinaryOperator, _ other: Scalar, _ mark: Int32) -> Scalar {
        guard json != .null, let order = try? order(json, other, mark) else { return .null }
        return .bool(op.orders.contains(order: order))
    }

    /// Whether lists hold the same; inside of them null is the same as null. Lists are nested no deeper than scripts let them be.
    private static func areEqual(_ x: [Scalar], _ y: [Scalar], _ mark: Int32, as op: BinaryOperator) throws(EvaluationError) -> Bool {
        guard x.count == y.count else { return false }
        for (index, (a, b)) in zip(x, y).enumerated() {
            if index % 1024 == 1023, Cancellation.stopsHere { throw .cancelled }
            if a == .null && b == .null { continue }
            if a == .null || b == .null { return false }
            if try compare(.equal, a, b, mark, as: op) != .bool(true) { return false }
        }
        return true
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
        case (.binary(let x), .binary(let y)): return x.elementsEqual(y) ? 0 : x.lexicographicallyPrecedes(y) ? -1 : 1
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
