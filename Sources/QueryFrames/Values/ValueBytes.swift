// How numbers, dates and timestamps are written as text, byte by byte, where somebody has seen to it that there is room.

/// Writes a value from a place on and gives the place behind it. At most `ValueBytes.widest` bytes are written, also past that place.
public enum ValueBytes {
    public typealias Place = UnsafeMutablePointer<UInt8>

    /// Bytes that any value of these functions may take.
    public static let widest = 48

    /// The decimal digits of a number below 100,000,000 as the bytes of a word, first digit first, each 0 to 9.
    @inline(__always)
    private static func eight(_ value: UInt64) -> UInt64 {
        // Halves of four digits, quarters of two, then single ones: all of them are divided at the same time.
        let halves = value / 10_000 | (value % 10_000) &<< 32
        let hundreds = (halves &* 10_486) &>> 20 & 0x0000_007f_0000_007f
        let quarters = hundreds | (halves &- hundreds &* 100) &<< 16
        let tens = (quarters &* 103) &>> 10 & 0x000f_000f_000f_000f
        return tens | (quarters &- tens &* 10) &<< 8
    }

    private static let zeros: UInt64 = 0x3030_3030_3030_3030

    @inline(__always)
    private static func store(_ digits: UInt64, _ place: Place) {
        UnsafeMutableRawPointer(place).storeBytes(of: (digits | zeros).littleEndian, as: UInt64.self)
    }

    /// The digits of a number without zeros in front.
    public static func digits(_ value: UInt64, _ place: Place) -> Place {
        if value < 100_000_000 {
            let digits = eight(value)
            let leading = min(digits.trailingZeroBitCount &>> 3, 7)
            store(digits &>> UInt64(truncatingIfNeeded: leading &* 8), place)
            return place + (8 &- leading)
        }
        let (high, low) = value.quotientAndRemainder(dividingBy: 100_000_000)
        let next = digits(high, place)
        store(eight(low), next)
        return next + 8
    }

    /// The last `count` digits, at most eight, of a number below 100,000,000.
    @inline(__always)
    public static func digits(_ value: UInt64, count: Int, _ place: Place) -> Place {
        store(eight(value) &>> UInt64(truncatingIfNeeded: (8 &- count) &* 8), place)
        return place + count
    }

    /// An integer: `-42`.
    public static func int(_ value: Int64, _ place: Place) -> Place {
        place.pointee = UInt8(ascii: "-")
        return digits(value.magnitude, value < 0 ? place + 1 : place)
    }

    /// A float in its shortest form that reads back: `5.0`, `0.1`, `1e+300`, `-0.0`, `NaN`, `-Infinity`.
    public static func float(_ value: Double, _ place: Place) -> Place {
        let magnitude = value.magnitude
        place.pointee = UInt8(ascii: "-")
        let start = value.sign == .minus ? place + 1 : place
        if magnitude < 1e15 && magnitude.rounded(.towardZero) == magnitude {
            let end = digits(UInt64(magnitude), start)
            end[0] = UInt8(ascii: ".")
            end[1] = UInt8(ascii: "0")
            return end + 2
        }
        if magnitude >= 1e-3 && magnitude < 1e9 {
            // A decimal of at most 15 digits that rounds to the value is the only one, hence the shortest.
            let scaled = (magnitude * 1e6).rounded()
            if scaled / 1e6 == magnitude {
                let (whole, millionths) = UInt64(scaled).quotientAndRemainder(dividingBy: 1_000_000)
                let point = digits(whole, start)
                point.pointee = UInt8(ascii: ".")
                var end = digits(millionths, count: 6, point + 1)
                while end[-1] == UInt8(ascii: "0") { end -= 1 }
                return end
            }
        }
        guard value.isFinite else {
            return value.isNaN ? text("NaN", place) : text("Infinity", start)
        }
        var sink = FloatSink(place: place)
        value.write(to: &sink)
        return sink.place
    }

    private static func text(_ text: StaticString, _ place: Place) -> Place {
        place.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        return place + text.utf8CodeUnitCount
    }

    /// Days since 1970-01-01 as `2024-05-01`; years past 9999 bear a sign, as ISO 8601 has it.
    public static func date(_ days: Int32, _ place: Place) -> Place {
        let date = CivilDate(days: days)
        var at = place
        if date.year < 0 || date.year > 9999 {
            at.pointee = date.year < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
            at += 1
        }
        let year = UInt64(date.year.magnitude)
        at = year > 9999 ? digits(year, at) : digits(year, count: 4, at)
        // The last six digits of 5001 are 005001, of which the hyphens of -05-01 take the first and the fourth.
        store(eight(UInt64(date.month &* 1_000 &+ date.day)) &>> 16, at)
        at[0] = UInt8(ascii: "-")
        at[3] = UInt8(ascii: "-")
        return at + 6
    }

    /// Microseconds since 1970-01-01 as `2024-05-01T10:00:00.250Z`: a fraction of 3 or 6 digits where it is not zero, `Z` if `utc`.
    public static func timestamp(_ microseconds: Int64, utc: Bool, _ place: Place) -> Place {
        let perDay: Int64 = 86_400_000_000
        var (days, rest) = microseconds.quotientAndRemainder(dividingBy: perDay)
        if rest < 0 {
            days -= 1
            rest += perDay
        }
        var at = date(Int32(truncatingIfNeeded: days), place)
        let (seconds, fraction) = UInt64(rest).quotientAndRemainder(dividingBy: 1_000_000)
        let (minutes, second) = seconds.quotientAndRemainder(dividingBy: 60)
        at.pointee = UInt8(ascii: "T")
        // 103045 for 10:30:45, with a zero between each two, which the colons take.
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        store(eight(hour &* 1_000_000 &+ minute &* 1_000 &+ second), at + 1)
        at[3] = UInt8(ascii: ":")
        at[6] = UInt8(ascii: ":")
        at += 9
        if fraction != 0 {
            at.pointee = UInt8(ascii: ".")
            at = fraction % 1_000 == 0 ? digits(fraction / 1_000, count: 3, at + 1) : digits(fraction, count: 6, at + 1)
        }
        if utc {
            at.pointee = UInt8(ascii: "Z")
            at += 1
        }
        return at
    }
}

/// Takes what the standard library's float printing writes, without a String in between.
private struct FloatSink: TextOutputStream {
    var place: ValueBytes.Place

    mutating func write(_ string: String) {
        var string = string
        string.withUTF8 { _writeASCII($0) }
    }

    // swift-format-ignore: NoLeadingUnderscores
    mutating func _writeASCII(_ ascii: UnsafeBufferPointer<UInt8>) {
        guard let start = ascii.baseAddress else { return }
        place.update(from: start, count: ascii.count)
        place += ascii.count
    }
}
