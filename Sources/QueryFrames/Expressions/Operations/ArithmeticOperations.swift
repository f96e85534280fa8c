// `+ - *` of columns of ints (durations are ints here), and `+ - * / // %` of columns of floats.

/// An operator of ints that can overflow.
protocol OverflowingOperator: SendableMetatype {
    static var spelling: BinaryOperator { get }
    static func wrapped(_ a: Int64, _ b: Int64) -> Int64
    /// Negative where `result`, which is `wrapped(a, b)`, is not the true result; without a branch.
    static func overflow(_ a: Int64, _ b: Int64, _ result: Int64) -> Int64
}

enum Addition: OverflowingOperator {
    static var spelling: BinaryOperator { .add }
    @inline(__always) static func wrapped(_ a: Int64, _ b: Int64) -> Int64 { a &+ b }
    @inline(__always) static func overflow(_ a: Int64, _ b: Int64, _ result: Int64) -> Int64 { (a ^ result) & (b ^ result) }
}

enum Subtraction: OverflowingOperator {
    static var spelling: BinaryOperator { .subtract }
    @inline(__always) static func wrapped(_ a: Int64, _ b: Int64) -> Int64 { a &- b }
    @inline(__always) static func overflow(_ a: Int64, _ b: Int64, _ result: Int64) -> Int64 { (a ^ b) & (a ^ result) }
}

enum Multiplication: OverflowingOperator {
    static var spelling: BinaryOperator { .multiply }
    @inline(__always) static func wrapped(_ a: Int64, _ b: Int64) -> Int64 { a &* b }
    @inline(__always) static func overflow(_ a: Int64, _ b: Int64, _ result: Int64) -> Int64 {
        a.multipliedReportingOverflow(by: b).overflow ? -1 : 0
    }
}

/// `+ - *` of ints: every row is computed, and only if any overflowed are the rows looked for.
struct IntegerArithmetic<Operator: OverflowingOperator>: OperationBody {
    let type: DataType

    private struct Kernel: PairKernel {
        typealias Element = Int64

        func run<L: Values, R: Values>(_ left: L, _ right: R, _ count: Int) -> (values: Buffer, overflow: Bool)
        where L.Value == Int64, R.Value == Int64 {
            let out = MutableBuffer(capacity: count &* 8)
            let values = out.values(as: Int64.self)
            var overflow: Int64 = 0
            var row = 0
            while row < count {
                let a = left[row], b = right[row]
                let result = Operator.wrapped(a, b)
                values[row] = result
                overflow |= Operator.overflow(a, b, result)
                row &+= 1
            }
            return (out.freeze(byteCount: count &* 8), overflow < 0)
        }
    }

    private struct Failures: PairKernel {
        typealias Element = Int64

        func run<L: Values, R: Values>(_ left: L, _ right: R, _ count: Int) -> RowSet where L.Value == Int64, R.Value == Int64 {
            RowSet(count: count) { Operator.overflow(left[$0], right[$0], Operator.wrapped(left[$0], right[$0])) < 0 }
        }
    }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let (values, overflow) = Kernel()(operands[0], operands[1], count)
        let validity = operands.validity(count: count)
        let column = Column(type: type, count: count, validity: validity, storage: .fixed(values))
        guard overflow else { return Outcome(column) }
        let failed = Failures()(operands[0], operands[1], count)
        let needed = RowSet(count: count) { failed.contains($0) && !column.isNull($0) }
        return Outcome(column, failures: needed.first == nil ? nil : needed)
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try ScalarOperators.apply(Operator.spelling, operands[0], operands[1])
    }
}

/// An operator of floats.
protocol FloatOperator: SendableMetatype {
    static var spelling: BinaryOperator { get }
    /// Whether a zero on the right makes null.
    static var isDivision: Bool { get }
    static func result(_ a: Double, _ b: Double) -> Double
}

enum FloatAddition: FloatOperator {
    static var spelling: BinaryOperator { .add }
    static var isDivision: Bool { false }
    @inline(__always) static func result(_ a: Double, _ b: Double) -> Double { a + b }
}

enum FloatSubtraction: FloatOperator {
    static var spelling: BinaryOperator { .subtract }
    static var isDivision: Bool { false }
    @inline(__always) static func result(_ a: Double, _ b: Double) -> Double { a - b }
}

enum FloatMultiplication: FloatOperator {
    static var spelling: BinaryOperator { .multiply }
    static var isDivision: Bool { false }
    @inline(__always) static func result(_ a: Double, _ b: Double) -> Double { a * b }
}

enum FloatDivision: FloatOperator {
    static var spelling: BinaryOperator { .divide }
    static var isDivision: Bool { true }
    @inline(__always) static func result(_ a: Double, _ b: Double) -> Double { a / b }
}

enum FloatFloorDivision: FloatOperator {
    static var spelling: BinaryOperator { .floorDivide }
    static var isDivision: Bool { true }
    @inline(__always) static func result(_ a: Double, _ b: Double) -> Double { Numbers.floorDivide(a, b) }
}

enum FloatRemainder: FloatOperator {
    static var spelling: BinaryOperator { .remainder }
    static var isDivision: Bool { true }
    @inline(__always) static func result(_ a: Double, _ b: Double) -> Double { Numbers.remainder(a, b) }
}

/// `+ - * / // %` of floats.
struct FloatArithmetic<Operator: FloatOperator>: OperationBody {
    var type: DataType { .float64 }

    private struct Kernel: PairKernel {
        typealias Element = Double

        func run<L: Values, R: Values>(_ left: L, _ right: R, _ count: Int) -> Buffer where L.Value == Double, R.Value == Double {
            let out = MutableBuffer(capacity: count &* 8)
            let values = out.values(as: Double.self)
            var row = 0
            while row < count {
                values[row] = Operator.result(left[row], right[row])
                row &+= 1
            }
            return out.freeze(byteCount: count &* 8)
        }
    }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        var validity = operands.validity(count: count)
        if Operator.isDivision, case .some(let zeros) = Zeros.rows(operands[1], count: count, as: Double.self) {
            validity = validity.map { Bitmap.and($0, zeros, count: count) } ?? zeros
        }
        let values = Kernel()(operands[0], operands[1], count)
        return Outcome(Column(type: .float64, count: count, validity: validity, storage: .fixed(values)))
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try ScalarOperators.apply(Operator.spelling, operands[0], operands[1])
    }
}
