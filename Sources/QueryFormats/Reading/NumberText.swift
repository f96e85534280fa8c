// Text as a number, if writing the number gives the same value back: zip codes and phone numbers are no numbers.
import QueryFrames

/// What the text of a bare value is, taken as a number.
enum NumberText: Equatable {
    case int(Int64)
    case float(Double)
    /// An integer that 64 bits cannot hold, of up to 38 digits.
    case decimal(Int128)
    /// A number that no type can hold.
    case tooLarge
    /// No number: also `007` and `+1`, whose zeros and sign would be lost.
    case none

    init(_ text: UnsafeRawBufferPointer) {
        self = .none
        var at = 0
        let end = text.count
        let negative = end > 0 && text[0] == UInt8(ascii: "-")
        if negative { at = 1 }
        let whole = at
        while at < end, text[at] &- 0x30 <= 9 { at += 1 }
        let wholeDigits = at - whole
        if wholeDigits > 1, text[whole] == UInt8(ascii: "0") { return }
        if at == end {
            guard wholeDigits > 0 else { return }
            if negative, text[whole] == UInt8(ascii: "0") {
                self = .float(-0.0)
            } else {
                self = TextParsing.int(text).map { .int($0) } ?? Decimal128(text).map { .decimal($0.unscaled) } ?? .tooLarge
            }
            return
        }
        var fractionDigits = 0
        if text[at] == UInt8(ascii: ".") {
            at += 1
            let fraction = at
            while at < end, text[at] &- 0x30 <= 9 { at += 1 }
            fractionDigits = at - fraction
        }
        guard wholeDigits + fractionDigits > 0 else {
            if at == whole, text[at] == UInt8(ascii: "N") || text[at] == UInt8(ascii: "I") {
                self = TextParsing.float(text).map { .float($0) } ?? .none
            }
            return
        }
        if at < end, text[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < end, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") { at += 1 }
            let exponent = at
            while at < end, text[at] &- 0x30 <= 9 { at += 1 }
            guard at > exponent else { return }
        }
        guard at == end else { return }
        self = TextParsing.float(text).map { .float($0) } ?? .tooLarge
    }

    /// The number as a float, if it is one exactly or was written as one.
    var asFloat: Double? {
        switch self {
        case .float(let value): return value
        case .int(let value):
            let float = Double(value)
            return Int64(exactly: float) == value ? float : nil
        case .decimal, .tooLarge, .none: return nil
        }
    }

    /// The number as an integer of any size, where it is one.
    var asInteger: Int128? {
        switch self {
        case .int(let value): Int128(value)
        case .decimal(let value): value
        case .float, .tooLarge, .none: nil
        }
    }

    /// The integer so written, where it is short and plain; nil does not mean that the text is none.
    @inline(__always)
    static func shortInt(_ start: UnsafeRawPointer, _ length: Int) -> Int64? {
        let negative = start.load(as: UInt8.self) == UInt8(ascii: "-")
        let digits = negative ? start + 1 : start
        let count = negative ? length &- 1 : length
        guard count &- 1 < 16, count > 0 else { return nil }
        let first = digits.load(as: UInt8.self)
        if first == UInt8(ascii: "0"), length > 1 { return nil }
        if count <= 8 {
            guard let value = upToEight(digits, count) else { return nil }
            return negative ? 0 &- value : value
        }
        guard let high = upToEight(digits, count &- 8), let low = upToEight(digits + (count &- 8), 8) else { return nil }
        let value = high &* 100_000_000 &+ low
        return negative ? 0 &- value : value
    }

    /// 1 to 8 digits at once; 8 bytes are readable from `start` on.
    @inline(__always)
    private static func upToEight(_ start: UnsafeRawPointer, _ count: Int) -> Int64? {
        let bits = UInt64(truncatingIfNeeded: count &* 8)
        let zeros = (0x0030_3030_3030_3030 as UInt64) &>> (bits &- 8)
        let word = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self)) &<< (64 &- bits) | zeros
        let strange = (word &+ 0x4646_4646_4646_4646) | (word &- 0x3030_3030_3030_3030)
        guard strange & 0x8080_8080_8080_8080 == 0 else { return nil }
        var value = word &- 0x3030_3030_3030_3030
        value = value &* 10 &+ value &>> 8
        let pairs = (value & 0x0000_00ff_0000_00ff) &* 0x000f_4240_0000_0064
        let others = (value &>> 16 & 0x0000_00ff_0000_00ff) &* 0x0000_2710_0000_0001
        return Int64(truncatingIfNeeded: (pairs &+ others) &>> 32)
    }

    /// The decimal so written, where it has at most 15 digits and no exponent; nil does not mean that the text is none.
    @inline(__always)
    static func shortFloat(_ start: UnsafeRawPointer, _ length: Int, _ powersOfTen: UnsafePointer<Double>) -> Double? {
        guard length &- 1 < 17 else { return nil }
        let bytes = start.assumingMemoryBound(to: UInt8.self)
        let negative = bytes[0] == UInt8(ascii: "-")
        var at = negative ? 1 : 0
        let whole = at
        var mantissa: UInt64 = 0
        while at < length, case let digit = bytes[at] &- 0x30, digit <= 9 {
            mantissa = mantissa &* 10 &+ UInt64(digit)
            at &+= 1
        }
        let wholeDigits = at &- whole
        guard wholeDigits > 0, wholeDigits == 1 || bytes[whole] != UInt8(ascii: "0") else { return nil }
        var places = 0
        if at < length {
            guard bytes[at] == UInt8(ascii: ".") else { return nil }
            at &+= 1
            let fraction = at
            while at < length, case let digit = bytes[at] &- 0x30, digit <= 9 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                at &+= 1
            }
            places = at &- fraction
        }
        guard at == length, wholeDigits &+ places <= 15 else { return nil }
        let value = Double(mantissa) / powersOfTen[places]
        return negative ? -value : value
    }

    /// What `shortFloat` divides by.
    static let powersOfTen: [Double] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17]
}
