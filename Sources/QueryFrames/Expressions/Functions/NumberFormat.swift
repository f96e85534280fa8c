// `format`: a number with so many decimals, and whatever stands between its thousands.

extension Functions {
    static let format = FunctionRow(
        "format(x, decimals = 0, thousands = \"\")",
        "The number with that many decimals (0 to 100), rounded as round does it, and thousands, such as \",\", between groups of three digits.",
        FunctionExample(.float(1_234_567.891), .int(2), .string(","), gives: .string("1,234,567.89")), arity: 1...3
    ) { (call) throws(PlanError) in
        let type = try call.number(0)
        var decimals = 0
        if call.count > 1 {
            try call.int(1)
            let given = try call.constant(1)
            if given == .null { return FunctionChoice(NullOperation(type: .string), type) }
            guard case .int(let value) = given, (0...100).contains(value) else {
                throw .argumentValue(
                    function: call.function, index: 1, expected: "a number of decimals from 0 to 100", found: given, mark: call.marks[1])
            }
            decimals = Int(value)
        }
        var thousands = ""
        if call.count > 2 {
            try call.string(2)
            guard case .string(let text) = try call.constant(2) else { return FunctionChoice(NullOperation(type: .string), type) }
            thousands = text
        }
        let format = NumberFormat(decimals: decimals, thousands: thousands)
        return switch type {
        case .int64: FunctionChoice(mapText(function: Formatted(format: format)), type)
        case .decimal(let scale): FunctionChoice(mapText(function: Formatted(format: DecimalNumberFormat(scale: scale, format: format))), type)
        case .float64: FunctionChoice(mapText(function: Formatted(format: FloatNumberFormat(format: format))), type)
        default: FunctionChoice(NullOperation(type: .string), type)
        }
    }
}

/// The form of a number; ints as they are, floats by `FloatNumberFormat`.
struct NumberFormat: TextFormat {
    let decimals: Int
    let thousands: String

    func append(_ value: Int64, to buffer: TextBuffer) {
        append(whole: value.magnitude, isNegative: value < 0, to: buffer)
        if decimals > 0 { buffer.append(UInt8(ascii: ".")) }
        for _ in 0..<decimals { buffer.append(UInt8(ascii: "0")) }
    }

    /// Appends a whole number.
    func append(whole: UInt64, isNegative: Bool, to buffer: TextBuffer) {
        if isNegative { buffer.append(UInt8(ascii: "-")) }
        if thousands.isEmpty { return buffer.appendDigits(whole) }
        var unit: UInt64 = 1
        while whole / unit >= 1_000 { unit *= 1_000 }
        buffer.appendDigits(whole / unit)
        while unit > 1 {
            unit /= 1_000
            buffer.append(thousands)
            buffer.appendDigits(whole / unit % 1_000, width: 3)
        }
    }

    /// Appends a number of the digits `digits`, the decimal point of which stands before the one at `point`; zeros fill what is
    /// missing, and digits past the decimals are left out.
    func append(_ digits: [UInt8], point: Int, isNegative: Bool, to buffer: TextBuffer) {
        let zero = UInt8(ascii: "0")
        func digit(_ index: Int) -> UInt8 { digits.indices.contains(index) ? digits[index] : zero }
        let whole = max(point, 1)
        // What rounds to zero has no sign.
        let isZero = !digits.prefix(max(0, point + decimals)).contains { $0 != zero }
        if isNegative && !isZero { buffer.append(UInt8(ascii: "-")) }
        for index in 0..<whole {
            buffer.append(digit(point - whole + index))
            let left = whole - index - 1
            if left > 0, left % 3 == 0 { buffer.append(thousands) }
        }
        if decimals > 0 { buffer.append(UInt8(ascii: ".")) }
        for index in 0..<decimals { buffer.append(digit(point + index)) }
    }
}

struct FloatNumberFormat: TextFormat {
    let format: NumberFormat

    func append(_ value: Double, to buffer: TextBuffer) {
        var failed = false
        let rounded = RoundFloat().call(value, Int64(format.decimals), &failed)
        guard rounded.isFinite else {
            buffer.appendFloat(rounded)
            return
        }
        // A decimal of at most 15 digits that is nearest to a float is its shortest form.
        if format.decimals <= 6 {
            let scale = RoundFloat.scale(UInt64(format.decimals))
            let scaled = (rounded.magnitude * scale).rounded()
            if scaled < 1e15, scaled / scale == rounded.magnitude {
                let unit = UInt64(scale), number = UInt64(scaled)
                format.append(whole: number / unit, isNegative: rounded < 0, to: buffer)
                if format.decimals > 0 {
                    buffer.append(UInt8(ascii: "."))
                    buffer.appendDigits(number % unit, width: format.decimals)
                }
                return
            }
        }
        // The digits of the shortest form are those that a person sees; `1.5e-07` has the digits 15 and its point 6 before them.
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0, isNegativeExponent = false, isExponent = false
        for byte in rounded.magnitude.description.utf8 {
            switch byte {
            case UInt8(ascii: "."): point = digits.count
            case UInt8(ascii: "e"): isExponent = true
            case UInt8(ascii: "-"): isNegativeExponent = true
            case UInt8(ascii: "+"): break
            default:
                if isExponent { exponent = exponent * 10 + Int(byte - UInt8(ascii: "0")) } else { digits.append(byte) }
            }
        }
        var place = (point ?? digits.count) + (isNegativeExponent ? -exponent : exponent)
        // Rounding leaves no digits past the decimals, but where the float had none to give it left the float as it was.
        let kept = place + format.decimals
        if kept >= 0, kept < digits.count, digits[kept] >= UInt8(ascii: "5") {
            digits.removeSubrange(kept...)
            var index = kept - 1
            while index >= 0, digits[index] == UInt8(ascii: "9") {
                digits[index] = UInt8(ascii: "0")
                index -= 1
            }
            if index >= 0 {
                digits[index] += 1
            } else {
                digits.insert(UInt8(ascii: "1"), at: 0)
                place += 1
            }
        }
        format.append(digits, point: place, isNegative: rounded.sign == .minus, to: buffer)
    }
}
