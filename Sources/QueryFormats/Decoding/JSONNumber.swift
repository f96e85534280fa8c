// Numbers of JSON as ints and floats, eight digits at a time; what is not plain and short is left to the general reader.
import QueryFrames

/// Reads numbers of at most 19 digits. At least 32 bytes are readable wherever a number may begin.
enum JSONNumber {
    /// The int that begins at `start`, and its length; the length 0 where it is none, or has to be looked at closely.
    @inline(__always)
    static func int(_ start: UnsafeRawPointer) -> (value: Int64, length: Int) {
        let negative = start.load(as: UInt8.self) == UInt8(ascii: "-")
        let digits = start + (negative ? 1 : 0)
        let first = word(digits)
        let count = digitCount(first)
        var value: UInt64
        var length = count
        if count < 8 {
            guard count > 0 else { return (0, 0) }
            value = upToEight(first, count)
        } else {
            value = eight(first)
            let second = word(digits + 8)
            let more = digitCount(second)
            length &+= more
            if more == 8 {
                value = value &* 100_000_000 &+ eight(second)
                let third = word(digits + 16)
                let rest = digitCount(third)
                length &+= rest
                // Nineteen digits fit 64 bits without a sign.
                guard rest <= 3 else { return (0, 0) }
                if rest > 0 { value = value &* power(rest) &+ upToEight(third, rest) }
                guard value <= UInt64(Int64.max) else { return (0, 0) }
            } else if more > 0 {
                value = value &* power(more) &+ upToEight(second, more)
            }
        }
        let next = digits.load(fromByteOffset: length, as: UInt8.self)
        if next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e") { return (0, 0) }
        // No zero stands first, and -0 is no int.
        if UInt8(truncatingIfNeeded: first) == UInt8(ascii: "0"), length > 1 || negative { return (0, 0) }
        let signed = Int64(truncatingIfNeeded: value)
        return (negative ? 0 &- signed : signed, length &+ (negative ? 1 : 0))
    }

    /// The float with a point and no exponent that begins at `start`, and its length; the length 0 as above.
    @inline(__always)
    static func float(_ start: UnsafeRawPointer, _ powersOfTen: UnsafePointer<Double>) -> (value: Double, length: Int) {
        let negative = start.load(as: UInt8.self) == UInt8(ascii: "-")
        let digits = start + (negative ? 1 : 0)
        let first = word(digits)
        let whole = digitCount(first)
        guard whole > 0, whole < 8, digits.load(fromByteOffset: whole, as: UInt8.self) == UInt8(ascii: ".") else { return (0, 0) }
        if UInt8(truncatingIfNeeded: first) == UInt8(ascii: "0"), whole > 1 { return (0, 0) }
        var mantissa = upToEight(first, whole)
        var at = digits + whole + 1
        var places = 0
        var fraction = word(at)
        var count = digitCount(fraction)
        if count == 8 {
            mantissa = mantissa &* 100_000_000 &+ eight(fraction)
            places = 8
            at += 8
            fraction = word(at)
            count = digitCount(fraction)
            if count == 8 {
                mantissa = mantissa &* 100_000_000 &+ eight(fraction)
                places = 16
                at += 8
                fraction = word(at)
                count = digitCount(fraction)
            }
        }
        // Seven digits before the point and sixteen after it are too many; so are a few that would fit, which do not matter.
        guard whole &+ places &+ count <= 19, places &+ count > 0 else { return (0, 0) }
        if count > 0 {
            mantissa = mantissa &* power(count) &+ upToEight(fraction, count)
            places &+= count
            at += count
        }
        if at.load(as: UInt8.self) | 0x20 == UInt8(ascii: "e") { return (0, 0) }
        // Both numbers are exact below 2^53, so one rounding is the right one.
        let value =
            mantissa < 1 << 53 ? Double(mantissa) / powersOfTen[places] : TextParsing.nearestFloat(mantissa, timesTenTo: 0 &- places)
        return (negative ? -value : value, at - start)
    }

    @inline(__always)
    private static func word(_ start: UnsafeRawPointer) -> UInt64 { UInt64(littleEndian: start.loadUnaligned(as: UInt64.self)) }

    /// How many digits the word begins with.
    @inline(__always)
    private static func digitCount(_ word: UInt64) -> Int {
        // The lowest bit that is set is exact.
        let others = ((word &+ 0x4646_4646_4646_4646) | (word &- 0x3030_3030_3030_3030)) & 0x8080_8080_8080_8080
        return others.trailingZeroBitCount &>> 3
    }

    /// The first `count` (1 to 8) characters of the word, which are digits, as a number.
    @inline(__always)
    private static func upToEight(_ word: UInt64, _ count: Int) -> UInt64 {
        let shift = UInt64(truncatingIfNeeded: 64 &- count &* 8)
        return eight(word &<< shift | 0x3030_3030_3030_3030 &>> (64 &- shift))
    }

    /// Eight digits as a number.
    @inline(__always)
    private static func eight(_ word: UInt64) -> UInt64 {
        var value = word &- 0x3030_3030_3030_3030
        value = value &* 10 &+ value &>> 8
        let pairs = (value & 0x0000_00ff_0000_00ff) &* 0x000f_4240_0000_0064
        let others = (value &>> 16 & 0x0000_00ff_0000_00ff) &* 0x0000_2710_0000_0001
        return (pairs &+ others) &>> 32
    }

    /// 10 to the power of `count`, which is at most 8.
    @inline(__always)
    private static func power(_ count: Int) -> UInt64 {
        let square: UInt64 = count & 2 != 0 ? 100 : 1, fourth: UInt64 = count & 4 != 0 ? 10_000 : 1
        return count == 8 ? 100_000_000 : (count & 1 != 0 ? 10 : 1) &* square &* fourth
    }

    /// 10^0 to 10^22, which are exact; never freed.
    nonisolated(unsafe) static let powersOfTen: UnsafePointer<Double> = {
        let memory = UnsafeMutablePointer<Double>.allocate(capacity: 23)
        var power = 1.0
        for exponent in 0...22 {
            memory[exponent] = power
            power *= 10
        }
        return UnsafePointer(memory)
    }()
}
