// Decimals from text, and to and from ints and floats; what has no exact form has none here, but for the float nearest to a
// decimal.

extension Decimal128 {
    /// What `12.50`, `-1e3` or `.5` says, with the digits as they are written; nil where the text is no number or one of more than
    /// 38 digits.
    public init?(_ text: UnsafeRawBufferPointer) {
        var at = 0
        let end = text.count
        let isNegative = end > 0 && text[0] == UInt8(ascii: "-")
        if isNegative || (end > 0 && text[0] == UInt8(ascii: "+")) { at = 1 }
        var magnitude: UInt128 = 0
        var scale = 0, digits = 0, isFraction = false
        while at < end {
            let byte = text[at]
            if byte == UInt8(ascii: "."), !isFraction {
                isFraction = true
            } else if byte &- 0x30 <= 9 {
                // Past 38 digits only zeros of a fraction make no difference.
                if magnitude >= Decimal128.limit / 10 {
                    guard isFraction, byte == UInt8(ascii: "0") else { return nil }
                } else {
                    magnitude = magnitude * 10 + UInt128(byte &- 0x30)
                    if isFraction { scale += 1 }
                }
                digits += 1
            } else {
                break
            }
            at += 1
        }
        guard digits > 0 else { return nil }
        if at < end {
            guard text[at] | 0x20 == UInt8(ascii: "e"), let exponent = Decimal128.exponent(text, at + 1) else { return nil }
            scale -= exponent
        }
        while scale > Decimal128.maximumDigits, magnitude % 10 == 0, magnitude != 0 {
            magnitude /= 10
            scale -= 1
        }
        if magnitude == 0 { scale = min(max(scale, 0), Decimal128.maximumDigits) }
        guard scale <= Decimal128.maximumDigits, scale >= -Decimal128.maximumDigits else { return nil }
        if scale < 0 {
            let (value, overflow) = magnitude.multipliedReportingOverflow(by: Decimal128.powers[-scale])
            if overflow { return nil }
            magnitude = value
            scale = 0
        }
        self.init(magnitude, isNegative: isNegative, scale: scale)
    }

    /// The same for a string.
    public init?(_ text: String) {
        var text = text
        guard let value = text.withUTF8({ Decimal128(UnsafeRawBufferPointer($0)) }) else { return nil }
        self = value
    }

    /// The digits after `e`, no more than anyone needs.
    private static func exponent(_ text: UnsafeRawBufferPointer, _ start: Int) -> Int? {
        var at = start
        let isNegative = at < text.count && text[at] == UInt8(ascii: "-")
        if isNegative || (at < text.count && text[at] == UInt8(ascii: "+")) { at += 1 }
        guard at < text.count else { return nil }
        var value = 0
        while at < text.count {
            guard text[at] &- 0x30 <= 9 else { return nil }
            value = min(value * 10 + Int(text[at] &- 0x30), 1_000_000)
            at += 1
        }
        return isNegative ? -value : value
    }

    /// The digits of a float's shortest form: 0.81 for the float that is written so. Nil for NaN, infinities and what has too many.
    init?(shortestOf value: Double) {
        guard value.isFinite else { return nil }
        self.init(value.description)
        self = shortest
    }

    /// The float as exactly what it is, with `scale` digits after the point; nil where it is no such number.
    init?(exactly value: Double, scale: Int) {
        guard value.magnitude < 0x1p127 else { return nil }
        let whole = value.magnitude.rounded(.towardZero)
        let fraction = value.magnitude - whole
        var (magnitude, overflow) = UInt128(whole).multipliedReportingOverflow(by: Decimal128.powers[scale])
        if overflow { return nil }
        if fraction > 0 {
            // An odd number of halves of halves: fraction = odd / 2^twos = odd * 5^twos / 10^twos.
            let twos = -fraction.exponent + fraction.significandWidth
            guard twos <= scale else { return nil }
            var digits = UInt128(fraction * Double(sign: .plus, exponent: twos, significand: 1))
            for _ in 0..<twos { digits *= 5 }
            // Less than 1 as a whole, so the product has no more digits than the scale.
            let (sum, carry) = magnitude.addingReportingOverflow(digits * Decimal128.powers[scale - twos])
            if carry { return nil }
            magnitude = sum
        }
        self.init(magnitude, isNegative: value < 0, scale: scale)
    }

    /// The number as an int, where it is one of 64 bits.
    var int: Int64? {
        let (whole, rest) = unscaled.quotientAndRemainder(dividingBy: Int128(Decimal128.powers[scale]))
        return rest == 0 ? Int64(exactly: whole) : nil
    }

    /// The float nearest to the number.
    public var float: Double {
        if scale <= 22, unscaled.magnitude < 1 << 53 {
            // Both numbers are exact, so one rounding is the correct one.
            return Double(Int64(truncatingIfNeeded: unscaled)) / Decimal128.floatPowers[scale]
        }
        let buffer = TextBuffer()
        buffer.appendDecimal(unscaled, scale: scale)
        return buffer.withBytes { TextParsing.float($0) } ?? 0
    }

    private static let floatPowers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// -1, 0 or 1 by the exact values; NaN is greater than any number.
    func order(_ other: Double) -> Int {
        if !(other < 0x1p127) { return -1 }
        if other <= -0x1p127 { return 1 }
        let unit = Decimal128.powers[scale]
        let (whole, rest) = unscaled.quotientAndRemainder(dividingBy: Int128(unit))
        let otherWhole = other.rounded(.towardZero)
        let order = Numbers.order(whole, Int128(otherWhole))
        if order != 0 { return order }
        // The wholes are the same; of the fractions, one binary digit after the other is compared.
        let otherRest = other - otherWhole
        if rest.signum() != (otherRest > 0 ? 1 : otherRest < 0 ? -1 : 0) { return rest == 0 ? (otherRest < 0 ? 1 : -1) : rest < 0 ? -1 : 1 }
        let sign = rest < 0 ? -1 : 1
        var a = rest.magnitude, b = otherRest.magnitude
        while a != 0 || b != 0 {
            a *= 2
            b *= 2
            let isOne = a >= unit, isOtherOne = b >= 1
            if isOne != isOtherOne { return isOne ? sign : -sign }
            if isOne {
                a -= unit
                b -= 1
            }
        }
        return 0
    }
}
