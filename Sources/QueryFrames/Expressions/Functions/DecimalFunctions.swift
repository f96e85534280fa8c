// What functions of numbers do with decimals, and `decimal`, which makes them.

extension Functions {
    /// Digits after the point of a column of decimals that is made of strings or floats, unless it is said.
    static let decimalDigits = 18

    static let decimal = FunctionRow(
        "decimal(x, n = 18)",
        "The exact decimal that an int, a string or a float (as print writes it) says. With n it is rounded to n digits after the point, "
            + "halves away from zero; without, more than 18 are an error, but in a single value, which has as many as it needs.",
        FunctionExample(.string("12.50"), gives: .decimal(Decimal128(unscaled: 1_250, scale: 2))), arity: 1...2
    ) { (call) throws(PlanError) in
        let type = call.types[0]
        var digits: Int?
        if call.count > 1 {
            try call.int(1)
            guard case .int(let value) = try call.constant(1), (0...Int64(Decimal128.maximumDigits)).contains(value) else {
                throw .argumentValue(
                    function: call.function, index: 1, expected: "a number of digits from 0 to 38", found: call.constants[1] ?? .null,
                    mark: call.marks[1])
            }
            digits = Int(value)
        }
        let own: Int? = switch call.constants[0] {
        case .string(let text): Decimal128(text)?.scale
        case .float(let value): Decimal128(shortestOf: value)?.scale
        case .json(let text): JSONToDecimal.number(in: text)?.scale
        default: type.decimalScale
        }
        let isRounded = digits != nil
        let scale = digits ?? own ?? decimalDigits
        let result = DataType.decimal(scale: scale)
        switch type {
        case .null: return FunctionChoice(NullOperation(type: result), type)
        case .int64: return FunctionChoice(mapUnary(type: result, function: IntToDecimal(scale: scale)), type)
        case .decimal(let from): return FunctionChoice(mapUnary(type: result, function: DecimalToDecimal(from: from, to: scale)), type)
        case .float64: return FunctionChoice(mapUnary(type: result, function: FloatToDecimal(scale: scale, isRounded: isRounded)), type)
        case .string: return FunctionChoice(mapUnary(type: result, function: TextToDecimal(scale: scale, isRounded: isRounded)), type)
        case .json: return FunctionChoice(mapUnary(type: result, function: JSONToDecimal(scale: scale, isRounded: isRounded)), type)
        default: throw call.mismatch(0, expected: "number or string")
        }
    }
}

extension Decimal128 {
    /// The number with `scale` digits after the point, which are all or, where it may be rounded, as many as there can be.
    fileprivate func fitted(_ scale: Int, isRounded: Bool) -> Int128? {
        (isRounded && scale < self.scale ? rounded(to: scale, scale: scale) : rescaled(to: scale))?.unscaled
    }
}

struct TextToDecimal: PartialConversion {
    typealias A = Text
    typealias Output = Int128

    let scale: Int
    let isRounded: Bool

    static var placeholder: Int128 { 0 }
    func convert(_ a: Text) -> Int128? { Decimal128(a.bytes)?.fitted(scale, isRounded: isRounded) }
}

struct JSONToDecimal: PartialConversion {
    typealias A = Text
    typealias Output = Int128

    let scale: Int
    let isRounded: Bool

    static var placeholder: Int128 { 0 }
    func convert(_ a: Text) -> Int128? { JSONToDecimal.number(in: String(decoding: a.bytes, as: UTF8.self))?.fitted(scale, isRounded: isRounded) }

    /// The number that JSON text is, or the string in it says.
    static func number(in text: String) -> Decimal128? {
        if case .string(let inner) = Scalar(json: text) { Decimal128(inner) } else { Decimal128(text) }
    }
}

struct FloatToDecimal: PartialConversion {
    typealias A = Double
    typealias Output = Int128

    let scale: Int
    let isRounded: Bool

    static var placeholder: Int128 { 0 }
    func convert(_ a: Double) -> Int128? { Decimal128(shortestOf: a)?.fitted(scale, isRounded: isRounded) }
}

struct DecimalToDecimal: PartialConversion {
    typealias A = Int128
    typealias Output = Int128

    let from: Int
    let to: Int

    static var placeholder: Int128 { 0 }
    func convert(_ a: Int128) -> Int128? { Decimal128(cell: a, scale: from).fitted(to, isRounded: true) }
}

struct DecimalToInt: PartialConversion {
    typealias A = Int128
    typealias Output = Int64

    let scale: Int

    static var placeholder: Int64 { 0 }
    func convert(_ a: Int128) -> Int64? { Decimal128(cell: a, scale: scale).int }
}

struct DecimalToBool: UnaryFunction {
    func call(_ a: Int128, _ failed: inout Bool) -> Bool { a != 0 }
}

struct DecimalFormat: TextFormat {
    let scale: Int

    func append(_ value: Int128, to buffer: TextBuffer) { buffer.appendDecimal(value, scale: scale) }
}

struct AbsoluteDecimal: UnaryFunction {
    func call(_ a: Int128, _ failed: inout Bool) -> Int128 { a < 0 ? 0 &- a : a }
}

/// A whole number near a decimal.
struct WholeDecimal: UnaryFunction {
    let scale: Int
    let rounding: DecimalRounding

    func call(_ a: Int128, _ failed: inout Bool) -> Int128 {
        if let value = Decimal128(cell: a, scale: scale).rounded(rounding, to: 0, scale: 0) { return value.unscaled }
        failed = true
        return 0
    }

    func error(_ operands: [Scalar]) -> EvaluationError {
        .overflow(operator: "", left: operands[0], right: .null, row: nil, mark: 0)
    }
}

/// `round(x, n)` of decimals that have `scale` digits after the point, and then `kept`.
struct RoundDecimal: BinaryFunction {
    let scale: Int
    let kept: Int

    func call(_ a: Int128, _ b: Int64, _ failed: inout Bool) -> Int128 {
        let digits = Int(min(max(b, -64), Int64(kept)))
        if let value = Decimal128(cell: a, scale: scale).rounded(to: digits, scale: kept) { return value.unscaled }
        failed = true
        return 0
    }

    func error(_ operands: [Scalar]) -> EvaluationError {
        .overflow(operator: "", left: operands[0], right: operands[1], row: nil, mark: 0)
    }
}

/// Equal decimals have the same digits, whatever their scales.
struct HashOfDecimal: UnaryFunction {
    let scale: Int

    func call(_ a: Int128, _ failed: inout Bool) -> Int64 {
        let value = Decimal128(cell: a, scale: scale).shortest
        let buffer = TextBuffer()
        buffer.appendDecimal(value.unscaled, scale: value.scale)
        return buffer.withBytes { XXH64.of($0) }
    }
}

/// `format` of decimals.
struct DecimalNumberFormat: TextFormat {
    let scale: Int
    let format: NumberFormat

    func append(_ value: Int128, to buffer: TextBuffer) {
        let number = Decimal128(cell: value, scale: scale)
        // A number of 38 digits can have one more when it is rounded up to a power of ten.
        let left = max(0, scale - format.decimals)
        var magnitude = number.unscaled.magnitude
        if left > 0, left <= Decimal128.maximumDigits {
            let unit = Decimal128.powers[left]
            let (down, rest) = magnitude.quotientAndRemainder(dividingBy: unit)
            magnitude = rest >= unit - rest ? down + 1 : down
        }
        let digits = Array(String(magnitude).utf8)
        format.append(digits, point: digits.count - (scale - left), isNegative: number.unscaled < 0, to: buffer)
    }
}
