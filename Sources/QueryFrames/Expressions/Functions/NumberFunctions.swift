// Functions of numbers. Roots and logarithms of what has none are NaN, as IEEE 754 has it.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Functions {
    static let numbers: [FunctionRow] = [
        FunctionRow("abs(x)", "The number or duration without its sign.", FunctionExample(.int(-3), gives: .int(3)), arity: 1...1) {
            (call) throws(PlanError) in
            if call.types[0] == .duration { return FunctionChoice(mapUnary(type: .duration, function: AbsoluteInteger()), .duration) }
            let type = try call.number(0)
            return call.choice(
                type, int: mapUnary(type: .int64, function: AbsoluteInteger()),
                float: mapUnary(type: .float64, function: FloatFunction<Absolute>()),
                decimal: { mapUnary(type: .decimal(scale: $0), function: AbsoluteDecimal()) })
        },
        FunctionRow(
            "round(x, n = 0)", "The number rounded to n decimals, halves away from zero; n may be negative.",
            FunctionExample(.float(2.567), .int(2), gives: .float(2.57)), arity: 1...2
        ) { (call) throws(PlanError) in
            let type = try call.number(0)
            if call.count == 1 {
                return call.choice(
                    type, int: Identity(type: .int64), float: mapUnary(type: .float64, function: FloatFunction<Rounded>()),
                    decimal: { mapUnary(type: .decimal(scale: 0), function: WholeDecimal(scale: $0, rounding: .nearest)) })
            }
            try call.int(1)
            return call.choice(
                type, int: mapBinary(type: .int64, function: RoundInteger()), float: mapBinary(type: .float64, function: RoundFloat()),
                decimal: { scale in
                    // With a number of decimals that is the same for all rows there are no more than that.
                    var kept = scale
                    if case .int(let digits) = call.constants[1] { kept = Int(min(max(digits, 0), Int64(scale))) }
                    return mapBinary(type: .decimal(scale: kept), function: RoundDecimal(scale: scale, kept: kept))
                })
        },
        whole("floor(x)", "The greatest whole number that is not above x.", .float(-1.5), gives: .float(-2), RoundedDown.self, .down),
        whole("ceil(x)", "The least whole number that is not below x.", .float(1.2), gives: .float(2), RoundedUp.self, .up),
        float("sqrt(x)", "The square root; NaN where x is negative.", .int(9), gives: .float(3), SquareRoot.self),
        float("ln(x)", "The natural logarithm; -Infinity for 0, NaN where x is negative.", .int(1), gives: .float(0), Logarithm.self),
        float("exp(x)", "e to the power of x.", .int(0), gives: .float(1), Exponential.self),
        FunctionRow(
            "power(x, y)", "x to the power of y, as a float.", FunctionExample(.int(2), .int(10), gives: .float(1024)), arity: 2...2
        ) { (call) throws(PlanError) in
            try call.number(0)
            try call.number(1)
            return FunctionChoice(mapBinary(type: .float64, function: Power()), .float64, .float64)
        },
        extreme("min_of", "The least of the values of one row; null where one is null.", gives: .int(1), takesGreater: false),
        extreme("max_of", "The greatest of the values of one row; null where one is null.", gives: .int(3), takesGreater: true),
    ]

    private static func float<F: FloatBody>(
        _ usage: String, _ summary: String, _ argument: Scalar, gives result: Scalar, _ body: F.Type
    ) -> FunctionRow {
        FunctionRow(usage, summary, FunctionExample(argument, gives: result), arity: 1...1) { (call) throws(PlanError) in
            try call.number(0)
            return FunctionChoice(mapUnary(type: .float64, function: FloatFunction<F>()), .float64)
        }
    }

    /// A function that leaves ints as they are.
    private static func whole<F: FloatBody>(
        _ usage: String, _ summary: String, _ argument: Scalar, gives result: Scalar, _ body: F.Type, _ rounding: DecimalRounding
    ) -> FunctionRow {
        FunctionRow(usage, summary, FunctionExample(argument, gives: result), arity: 1...1) { (call) throws(PlanError) in
            let type = try call.number(0)
            return call.choice(
                type, int: Identity(type: .int64), float: mapUnary(type: .float64, function: FloatFunction<F>()),
                decimal: { mapUnary(type: .decimal(scale: 0), function: WholeDecimal(scale: $0, rounding: rounding)) })
        }
    }

    private static func extreme(_ name: String, _ summary: String, gives result: Scalar, takesGreater: Bool) -> FunctionRow {
        let example = FunctionExample(.int(3), .int(1), .int(2), gives: result)
        return FunctionRow("\(name)(x, ...)", summary, example, arity: 1...FunctionRow.mostArguments) { (call) throws(PlanError) in
            let type = try call.common(Array(0..<call.count))
            guard type.isOrdered else { throw call.mismatch(0, expected: "a value that has an order") }
            let types = Array(repeating: type, count: call.count)
            return FunctionChoice(Extreme(type: type, takesGreater: takesGreater), all: types)
        }
    }
}

/// What is computed of one float.
protocol FloatBody: SendableMetatype {
    static func result(_ x: Double) -> Double
}

struct FloatFunction<Body: FloatBody>: UnaryFunction {
    @inline(__always)
    func call(_ a: Double, _ failed: inout Bool) -> Double { Body.result(a) }
}

enum Absolute: FloatBody { @inline(__always) static func result(_ x: Double) -> Double { x.magnitude } }
enum Rounded: FloatBody { @inline(__always) static func result(_ x: Double) -> Double { x.rounded(.toNearestOrAwayFromZero) } }
enum RoundedDown: FloatBody { @inline(__always) static func result(_ x: Double) -> Double { x.rounded(.down) } }
enum RoundedUp: FloatBody { @inline(__always) static func result(_ x: Double) -> Double { x.rounded(.up) } }
enum SquareRoot: FloatBody { @inline(__always) static func result(_ x: Double) -> Double { x.squareRoot() } }
enum Logarithm: FloatBody { @inline(__always) static func result(_ x: Double) -> Double { log(x) } }
enum Exponential: FloatBody { @inline(__always) static func result(_ x: Double) -> Double { exp(x) } }

struct Power: BinaryFunction {
    func call(_ a: Double, _ b: Double, _ failed: inout Bool) -> Double { pow(a, b) }
}

struct AbsoluteInteger: UnaryFunction {
    func call(_ a: Int64, _ failed: inout Bool) -> Int64 {
        failed = a == .min
        return a < 0 ? 0 &- a : a
    }

    func error(_ operands: [Scalar]) -> EvaluationError {
        .overflow(operator: "", left: operands[0], right: .null, row: nil, mark: 0)
    }
}

struct RoundFloat: BinaryFunction {
    func call(_ a: Double, _ b: Int64, _ failed: inout Bool) -> Double {
        // A float has no more than 324 decimals and 309 digits; past that there is nothing to round, or nothing left.
        if b > 323 || !a.isFinite { return a }
        if b < -308 { return 0.0 * a }
        let scale = RoundFloat.scale(b.magnitude)
        if b >= 0 {
            let scaled = a * scale
            // Where scaling leaves the range of floats, or the fraction is gone already, the number is as round as asked for.
            if !scaled.isFinite || scaled.magnitude >= 0x1p53 { return a }
            return scaled.rounded(.toNearestOrAwayFromZero) / scale
        }
        let rounded = (a / scale).rounded(.toNearestOrAwayFromZero) * scale
        return rounded.isFinite ? rounded : a
    }
}

extension RoundFloat {
    /// 10 to the power of `exponent`; up to 22 it is exact, and there is no need to compute it.
    @inline(__always)
    static func scale(_ exponent: UInt64) -> Double {
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1_000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        default: pow(10, Double(exponent))
        }
    }
}

struct RoundInteger: BinaryFunction {
    func call(_ a: Int64, _ b: Int64, _ failed: inout Bool) -> Int64 {
        if b >= 0 { return a }
        if b < -19 { return 0 }
        var scale: UInt64 = 1
        for _ in 0..<(0 &- b) { scale &*= 10 }
        // 10^19 fits 64 bits without a sign, and half of it is more than half of the ints.
        let rest = a.magnitude % scale
        let down = a.magnitude - rest
        let (magnitude, overflow) = rest >= scale - rest ? down.addingReportingOverflow(scale) : (down, false)
        let limit = a < 0 ? Int64.min.magnitude : Int64.max.magnitude
        if overflow || magnitude > limit {
            failed = true
            return 0
        }
        return a < 0 ? Int64(truncatingIfNeeded: 0 &- magnitude) : Int64(truncatingIfNeeded: magnitude)
    }

    func error(_ operands: [Scalar]) -> EvaluationError {
        .overflow(operator: "", left: operands[0], right: operands[1], row: nil, mark: 0)
    }
}
