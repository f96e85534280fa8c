// Decimal text to the nearest double: exact arithmetic for up to 19 digits, the standard library's parser elsewhere.

extension TextParsing {
    /// `1.5`, `.5`, `-1e-3`, `NaN`, `Infinity` and so on, correctly rounded; nil where it is no number, or too large.
    public static func float(_ text: UnsafeRawBufferPointer) -> Double? {
        guard let start = text.baseAddress, !text.isEmpty else { return nil }
        let bytes = start.assumingMemoryBound(to: UInt8.self)
        let end = text.count
        var at = 0
        let negative = bytes[0] == UInt8(ascii: "-")
        if negative || bytes[0] == UInt8(ascii: "+") { at = 1 }

        var mantissa: UInt64 = 0
        var digits = 0  // of the mantissa, from the first that is not zero; past 19 they no longer fit
        var scale = 0
        let wholeStart = at
        while at < end, case let digit = bytes[at] &- 0x30, digit <= 9 {
            if digits < 19 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                if mantissa != 0 { digits &+= 1 }
            } else {
                digits = 20
            }
            at &+= 1
        }
        var written = at - wholeStart
        if at < end, bytes[at] == UInt8(ascii: ".") {
            at &+= 1
            let fractionStart = at
            while at < end, case let digit = bytes[at] &- 0x30, digit <= 9 {
                if digits < 19 {
                    mantissa = mantissa &* 10 &+ UInt64(digit)
                    if mantissa != 0 { digits &+= 1 }
                    scale &-= 1
                } else {
                    digits = 20
                }
                at &+= 1
            }
            written += at - fractionStart
        }
        guard written > 0 else { return special(text) }
        if at < end, bytes[at] | 0x20 == UInt8(ascii: "e") {
            guard let exponent = exponent(bytes + at + 1, end - at - 1) else { return nil }
            scale += exponent
            at = end
        }
        guard at == end else { return nil }
        if mantissa == 0 { return negative ? -0.0 : 0.0 }
        if digits <= 19, scale >= -27, scale <= 27 {
            let value = nearestFloat(mantissa, timesTenTo: scale)
            return negative ? -value : value
        }
        // The parser of the standard library knows no locale, but takes a String.
        guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    /// The double nearest to `mantissa * 10^scale`; `scale` is -27 to 27, where 5^|scale| fits 64 bits.
    public static func nearestFloat(_ mantissa: UInt64, timesTenTo scale: Int) -> Double {
        if mantissa < 1 << 53, scale >= -22, scale <= 22 {
            // Both numbers are exact, so one rounding is the correct one.
            let exact = Double(mantissa)
            return powersOfTen.withUnsafeBufferPointer { scale < 0 ? exact / $0[-scale] : exact * $0[scale] }
        }
        let power = powersOfFive.withUnsafeBufferPointer { $0[abs(scale)] }
        let zeros = mantissa.leadingZeroBitCount
        if scale >= 0 {
            let (high, low) = mantissa.multipliedFullWidth(by: power)
            if high == 0 { return Double(sign: .plus, exponent: scale, significand: Double(low)) }
            let shift = UInt64(high.leadingZeroBitCount)
            let top = shift == 0 ? high : high << shift | low >> (64 - shift)
            return rounded(top, more: low << shift != 0, exponent: 64 - Int(shift) + scale)
        }
        // The quotient of two numbers whose top bit is set has 64 bits once the dividend is the smaller.
        let divisorZeros = power.leadingZeroBitCount
        let divisor = power << UInt64(divisorZeros), dividend = mantissa << UInt64(zeros)
        let halved = dividend >= divisor
        let (quotient, remainder) = divisor.dividingFullWidth(halved ? (dividend >> 1, dividend << 63) : (dividend, 0))
        return rounded(quotient, more: remainder != 0, exponent: divisorZeros - zeros - (halved ? 63 : 64) + scale)
    }

    /// The double nearest to `top * 2^exponent`, of which `more` says that it is a little more; `top` has 64 bits.
    @inline(__always)
    private static func rounded(_ top: UInt64, more: Bool, exponent: Int) -> Double {
        let rest = top & 0x7ff
        var significand = top >> 11
        if rest > 0x400 || (rest == 0x400 && (more || significand & 1 == 1)) { significand += 1 }
        return Double(sign: .plus, exponent: exponent + 11, significand: Double(significand))
    }

    /// The digits after `e`, cut to what already means zero or infinity.
    private static func exponent(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
        var at = 0
        let negative = count > 0 && bytes[0] == UInt8(ascii: "-")
        if negative || (count > 0 && bytes[0] == UInt8(ascii: "+")) { at = 1 }
        guard at < count else { return nil }
        var value = 0
        while at < count {
            let digit = bytes[at] &- 0x30
            guard digit <= 9 else { return nil }
            if value < 1_000_000 { value = value &* 10 &+ Int(digit) }
            at &+= 1
        }
        return negative ? -value : value
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    private static let powersOfFive: [UInt64] = (0...27).map { count in (0..<count).reduce(1) { power, _ in power * 5 } }

    private static func special(_ text: UnsafeRawBufferPointer) -> Double? {
        if text.elementsEqual("NaN".utf8) { return .nan }
        if text.elementsEqual("Infinity".utf8) { return .infinity }
        if text.elementsEqual("-Infinity".utf8) { return -.infinity }
        return nil
    }
}
