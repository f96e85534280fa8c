// Arithmetic on single values. Ints must fit 64 bits; a zero divisor gives null.

extension ScalarOperators {
    static func arithmetic(_ op: BinaryOperator, _ a: Scalar, _ b: Scalar, _ mark: Int32) throws(EvaluationError) -> Scalar {
        switch (a, b) {
        case (.int(let x), .int(let y)):
            if op == .divide { return divide(Double(x), Double(y)) }
            return try ints(op, x, y, a, b, mark).map { .int($0) } ?? .null
        case (.float(let x), .float(let y)): return floats(op, x, y)
        case (.int(let x), .float(let y)): return floats(op, Double(x), y)
        case (.float(let x), .int(let y)): return floats(op, x, Double(y))
        case (.decimal(let x), .decimal(let y)): return try decimals(op, x, y, mark)
        case (.int(let x), .decimal(let y)): return try decimals(op, Decimal128(x), y, mark)
        case (.decimal(let x), .int(let y)): return try decimals(op, x, Decimal128(y), mark)
        case (.decimal(let x), .float(let y)): return floats(op, x.float, y)
        case (.float(let x), .decimal(let y)): return floats(op, x, y.float)
        case (.string(let x), .string(let y)) where op == .add:
            if x.utf8.count + y.utf8.count > TextSink.rowLimit { throw .limit(operator: op.rawValue, row: nil, mark: mark) }
            return .string(x + y)
        case (.list(let x), .list(let y)) where op == .add:
            if x.count + y.count > ListRows.elementLimit { throw .limit(operator: op.rawValue, row: nil, mark: mark) }
            return .list(x + y)
        case (.null, _), (_, .null):
            guard let left = a.type, let right = b.type, Operators.binary(op, left, right) != nil else { throw mismatch(op, a, b, mark) }
            return .null
        default: return try times(op, a, b, mark)
        }
    }

    /// The result, nil for a zero divisor.
    private static func ints(
        _ op: BinaryOperator, _ x: Int64, _ y: Int64, _ a: Scalar, _ b: Scalar, _ mark: Int32
    ) throws(EvaluationError) -> Int64? {
        let result: Int64, overflow: Bool
        switch op {
        case .add: (result, overflow) = x.addingReportingOverflow(y)
        case .subtract: (result, overflow) = x.subtractingReportingOverflow(y)
        case .multiply: (result, overflow) = x.multipliedReportingOverflow(by: y)
        case .floorDivide:
            if y == 0 { return nil }
            guard let quotient = Numbers.floorDivide(x, y) else {
                throw .overflow(operator: op.rawValue, left: a, right: b, row: nil, mark: mark)
            }
            return quotient
        case .remainder: return y == 0 ? nil : Numbers.remainder(x, y)
        default: throw mismatch(op, a, b, mark)
        }
        if overflow { throw .overflow(operator: op.rawValue, left: a, right: b, row: nil, mark: mark) }
        return result
    }

    private static func decimals(_ op: BinaryOperator, _ x: Decimal128, _ y: Decimal128, _ mark: Int32) throws(EvaluationError) -> Scalar {
        if y.unscaled == 0, op == .divide || op == .floorDivide || op == .remainder { return .null }
        if let result = x.result(op, y) { return .decimal(result) }
        throw .overflow(operator: op.rawValue, left: .decimal(x), right: .decimal(y), row: nil, mark: mark)
    }

    private static func divide(_ x: Double, _ y: Double) -> Scalar { y == 0 ? .null : .float(x / y) }

    private static func floats(_ op: BinaryOperator, _ x: Double, _ y: Double) -> Scalar {
        switch op {
        case .add: .float(x + y)
        case .subtract: .float(x - y)
        case .multiply: .float(x * y)
        case .floorDivide: y == 0 ? .null : .float(Numbers.floorDivide(x, y))
        case .remainder: y == 0 ? .null : .float(Numbers.remainder(x, y))
        default: divide(x, y)
        }
    }

    /// Dates, timestamps and durations.
    private static func times(_ op: BinaryOperator, _ a: Scalar, _ b: Scalar, _ mark: Int32) throws(EvaluationError) -> Scalar {
        func shifted(_ days: Int32, _ duration: Int64) throws(EvaluationError) -> Scalar {
            var failed = false
            let shift = DateShift(spelling: op)
            let result = shift.call(days, duration, &failed)
            if failed { throw shift.error([.date(days), .duration(duration)]).located(op.rawValue, row: nil, mark: mark) }
            return .date(result)
        }
        func shifted(_ micros: Int64, _ duration: Int64, utc: Bool) throws(EvaluationError) -> Scalar {
            var failed = false
            let result = TimestampShift(spelling: op).call(micros, duration, &failed)
            if failed { throw .outOfRange(operator: op.rawValue, row: nil, mark: mark) }
            return .timestamp(result, utc: utc)
        }
        func difference(_ days: Int32, _ micros: Int64, dateIsLeft: Bool) throws(EvaluationError) -> Scalar {
            var failed = false
            let result = MidnightDifference(dateIsLeft: dateIsLeft).call(days, micros, &failed)
            if failed { throw .overflow(operator: op.rawValue, left: a, right: b, row: nil, mark: mark) }
            return .duration(result)
        }
        switch (op, a, b) {
        case (.add, .date(let x), .duration(let y)), (.subtract, .date(let x), .duration(let y)): return try shifted(x, y)
        case (.add, .duration(let y), .date(let x)): return try shifted(x, y)
        case (.add, .timestamp(let x, let utc), .duration(let y)), (.subtract, .timestamp(let x, let utc), .duration(let y)):
            return try shifted(x, y, utc: utc)
        case (.add, .duration(let y), .timestamp(let x, let utc)): return try shifted(x, y, utc: utc)
        case (.subtract, .date(let x), .date(let y)):
            guard let micros = TimeArithmetic.duration(fromDay: y, to: x) else {
                throw .overflow(operator: op.rawValue, left: a, right: b, row: nil, mark: mark)
            }
            return .duration(micros)
        case (.subtract, .timestamp(let x, _), .timestamp(let y, _)):
            return try ints(op, x, y, a, b, mark).map { .duration($0) } ?? .null
        case (.subtract, .date(let x), .timestamp(let y, _)): return try difference(x, y, dateIsLeft: true)
        case (.subtract, .timestamp(let x, _), .date(let y)): return try difference(y, x, dateIsLeft: false)
        case (.divide, .duration(let x), .duration(let y)): return divide(Double(x), Double(y))
        case (.multiply, .duration(let x), .int(let y)), (.multiply, .int(let x), .duration(let y)):
            return try ints(op, x, y, a, b, mark).map { .duration($0) } ?? .null
        case (.floorDivide, .duration(let x), .duration(let y)): return try ints(op, x, y, a, b, mark).map { .int($0) } ?? .null
        case (.add, .duration(let x), .duration(let y)), (.subtract, .duration(let x), .duration(let y)),
            (.remainder, .duration(let x), .duration(let y)):
            return try ints(op, x, y, a, b, mark).map { .duration($0) } ?? .null
        default: throw mismatch(op, a, b, mark)
        }
    }
}
