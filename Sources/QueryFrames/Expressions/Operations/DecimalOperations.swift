// Decimals of columns: their arithmetic, comparison and conversions, row by row with the rules of `Decimal128`.

/// `+ - * / // %` of two decimals.
struct DecimalArithmetic: Operation {
    let spelling: BinaryOperator
    let left: Int
    let right: Int

    /// Digits after the point of the result.
    private var scale: Int { Decimal128.scale(of: spelling, left, right) }

    var type: DataType { .decimal(scale: scale) }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        var validity = operands.validity(count: count)
        if [.divide, .floorDivide, .remainder].contains(spelling), let some = Zeros.rows(operands[1], count: count, as: Int128.self) {
            validity = validity.map { Bitmap.and($0, some, count: count) } ?? some
        }
        let bits = validity?.values(as: UInt8.self)
        let a = Int128.source(operands[0]), b = Int128.source(operands[1])
        var failures: RowSet?
        let storage = Int128.storage(count) { row in
            if let bits, !Bitmap.get(bits, row) { return 0 }
            if let result = result(Int128.read(a, row), Int128.read(b, row)) { return result }
            if failures == nil { failures = RowSet(count: count) }
            failures?.insert(row)
            return 0
        }
        return Outcome(Column(type: type, count: count, validity: validity, storage: storage), failures: failures)
    }

    @inline(__always)
    private func result(_ a: Int128, _ b: Int128) -> Int128? {
        // Sums of one scale, by far the most frequent, need no more than a look at the result.
        if left == right, spelling == .add || spelling == .subtract {
            let (sum, overflow) = spelling == .add ? a.addingReportingOverflow(b) : a.subtractingReportingOverflow(b)
            return overflow || sum.magnitude >= Decimal128.limit ? nil : sum
        }
        return Decimal128(cell: a, scale: left).result(spelling, Decimal128(cell: b, scale: right))?.unscaled
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try ScalarOperators.apply(spelling, operands[0], operands[1])
    }
}

/// Comparison of decimals of different scales.
struct DecimalComparison: BinaryFunction {
    let left: Int
    let right: Int
    let orders: Orders

    func call(_ a: Int128, _ b: Int128, _ failed: inout Bool) -> Bool {
        orders.contains(order: Decimal128(cell: a, scale: left).order(Decimal128(cell: b, scale: right)))
    }
}

/// Comparison of a decimal with a float by their exact values.
struct DecimalFloatComparison: BinaryFunction {
    let scale: Int
    let orders: Orders

    func call(_ a: Int128, _ b: Double, _ failed: inout Bool) -> Bool {
        orders.contains(order: Decimal128(cell: a, scale: scale).order(b))
    }
}

/// `-x` of decimals.
struct DecimalNegation: UnaryFunction {
    func call(_ a: Int128, _ failed: inout Bool) -> Int128 { 0 &- a }
}

/// An int with digits after its point.
struct IntToDecimal: UnaryFunction {
    let scale: Int

    func call(_ a: Int64, _ failed: inout Bool) -> Int128 {
        if let value = Decimal128(a).rescaled(to: scale) { return value.unscaled }
        failed = true
        return 0
    }

    func error(_ operands: [Scalar]) -> EvaluationError {
        // The value that does not fit is told as the decimal that it would have been.
        if case .int(let value) = operands[0] { return .overflow(operator: "", left: .decimal(Decimal128(value)), right: .null, row: nil, mark: 0) }
        return .outOfRange(operator: "", row: nil, mark: 0)
    }
}

/// The same decimals with more digits after the point.
struct Rescaling: UnaryFunction {
    let from: Int
    let to: Int

    func call(_ a: Int128, _ failed: inout Bool) -> Int128 {
        if let value = Decimal128(cell: a, scale: from).rescaled(to: to) { return value.unscaled }
        failed = true
        return 0
    }

    func error(_ operands: [Scalar]) -> EvaluationError {
        .overflow(operator: "", left: operands[0], right: .null, row: nil, mark: 0)
    }
}

struct DecimalToFloat: UnaryFunction {
    let scale: Int

    func call(_ a: Int128, _ failed: inout Bool) -> Double { Decimal128(cell: a, scale: scale).float }
}
