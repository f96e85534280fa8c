// `//` and `%` of columns of ints, and divisors that are zero, for which every division gives null.

/// `//` and `%` of ints; `//` overflows for the least int and -1 alone.
struct IntegerDivision: Operation {
    let type: DataType
    let spelling: BinaryOperator

    private struct Quotient: PairKernel {
        typealias Element = Int64

        func run<L: Values, R: Values>(_ left: L, _ right: R, _ count: Int) -> (Column.Storage, Bool)
        where L.Value == Int64, R.Value == Int64 {
            var overflow = false
            let storage = Int64.storage(count) { row in
                let divisor = right[row]
                if divisor == 0 { return 0 }
                if let quotient = Numbers.floorDivide(left[row], divisor) { return quotient }
                overflow = true
                return 0
            }
            return (storage, overflow)
        }
    }

    private struct Remainder: PairKernel {
        typealias Element = Int64

        func run<L: Values, R: Values>(_ left: L, _ right: R, _ count: Int) -> Column.Storage
        where L.Value == Int64, R.Value == Int64 {
            Int64.storage(count) { right[$0] == 0 ? 0 : Numbers.remainder(left[$0], right[$0]) }
        }
    }

    private struct Failures: PairKernel {
        typealias Element = Int64

        func run<L: Values, R: Values>(_ left: L, _ right: R, _ count: Int) -> RowSet where L.Value == Int64, R.Value == Int64 {
            RowSet(count: count) { left[$0] == .min && right[$0] == -1 }
        }
    }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        var validity = operands.validity(count: count)
        if let zeros = Zeros.rows(operands[1], count: count, as: Int64.self) {
            validity = validity.map { Bitmap.and($0, zeros, count: count) } ?? zeros
        }
        if spelling == .remainder {
            let storage = Remainder()(operands[0], operands[1], count)
            return Outcome(Column(type: type, count: count, validity: validity, storage: storage))
        }
        let (storage, overflow) = Quotient()(operands[0], operands[1], count)
        let column = Column(type: type, count: count, validity: validity, storage: storage)
        guard overflow else { return Outcome(column) }
        let failed = Failures()(operands[0], operands[1], count)
        let needed = RowSet(count: count) { failed.contains($0) && !column.isNull($0) }
        return Outcome(column, failures: needed.first == nil ? nil : needed)
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try ScalarOperators.apply(spelling, operands[0], operands[1])
    }
}

/// Divisors that are zero.
enum Zeros {
    /// The rows whose divisor is not zero, as a bitmap; nil where none is zero.
    static func rows<T: BitwiseCopyable & Numeric>(_ divisor: Operand, count: Int, as type: T.Type) -> Buffer? {
        let values = divisor.column.fixed(as: T.self)
        if divisor.isConstant {
            if values[0] != 0 { return nil }
            return MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true).freeze(byteCount: Bitmap.byteCount(count))
        }
        var found = false
        for row in 0..<count where values[row] == 0 {
            found = true
            break
        }
        return found ? Bitmap.rows(count) { values[$0] != 0 } : nil
    }
}

/// `-x` of ints and durations.
struct IntegerNegation: UnaryFunction {
    func call(_ a: Int64, _ failed: inout Bool) -> Int64 {
        failed = a == .min
        return 0 &- a
    }

    func error(_ operands: [Scalar]) -> EvaluationError {
        .overflow(operator: "", left: operands[0], right: .null, row: nil, mark: 0)
    }
}

/// `-x` of floats.
struct FloatNegation: UnaryFunction {
    func call(_ a: Double, _ failed: inout Bool) -> Double { -a }
}
