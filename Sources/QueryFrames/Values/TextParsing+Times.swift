// ISO 8601 dates and timestamps to days and microseconds; what is not exactly representable is not taken.

extension TextParsing {
    /// `2024-05-01` as days since 1970-01-01; years 0001 to 9999.
    public static func date(_ text: UnsafeRawBufferPointer) -> Int32? {
        guard text.count == 10, let start = text.baseAddress else { return nil }
        return day(start.assumingMemoryBound(to: UInt8.self))
    }

    /// `2024-05-01T10:00:00.250Z` as microseconds since 1970-01-01.
    ///
    /// Between date and time stands `T` or a space. Seconds may be missing, and a fraction may have nine digits if those past
    /// the sixth are zero. `utc` is true where `Z` or an offset (`+02:00`, `+0200`, `+02`) stands at the end; the
    /// offset is taken off.
    public static func timestamp(_ text: UnsafeRawBufferPointer) -> (micros: Int64, utc: Bool)? {
        guard let (micros, form) = writtenTimestamp(text) else { return nil }
        return (micros, form.utc)
    }

    /// The same with the form in which it is written.
    public static func writtenTimestamp(_ text: UnsafeRawBufferPointer) -> (micros: Int64, form: TimestampForm)? {
        let end = text.count
        guard end >= 16, end <= 40, let start = text.baseAddress else { return nil }
        let bytes = start.assumingMemoryBound(to: UInt8.self)
        guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), let days = day(bytes) else { return nil }
        guard let hour = pair(bytes + 11), hour < 24, bytes[13] == UInt8(ascii: ":") else { return nil }
        guard let minute = pair(bytes + 14), minute < 60 else { return nil }
        var seconds = hour * 3_600 + minute * 60
        var micros = 0
        var at = 16
        var digits = 0
        let hasSeconds = at < end && bytes[at] == UInt8(ascii: ":")
        if hasSeconds {
            guard at + 2 < end, let second = pair(bytes + at + 1), second < 60 else { return nil }
            seconds += second
            at += 3
            if at < end, bytes[at] == UInt8(ascii: ".") {
                at += 1
                let first = at
                while at < end, case let digit = bytes[at] &- 0x30, digit <= 9 {
                    if at - first < 6 { micros = micros * 10 + Int(digit) } else if digit != 0 { return nil }
                    at += 1
                }
                digits = at - first
                guard digits >= 1, digits <= 9 else { return nil }
                for _ in min(digits, 6)..<6 { micros *= 10 }
            }
        }
        var zone = (kind: TimestampForm.Zone.none, isWest: false, minutes: 0)
        if at < end {
            guard let found = offset(bytes + at, end - at) else { return nil }
            zone = found
            seconds -= (zone.isWest ? -60 : 60) * zone.minutes
        }
        let total = (Int64(days) * 86_400 + Int64(seconds)) * 1_000_000 + Int64(micros)
        guard timestampRange.contains(total) else { return nil }
        let form = TimestampForm(
            fractionDigits: digits, seconds: hasSeconds, letter: bytes[10] == UInt8(ascii: "T"), zone: zone.kind, isWest: zone.isWest,
            minutes: zone.minutes)
        return (total, form)
    }

    /// The microseconds of 0001-01-01T00:00:00 and 9999-12-31T23:59:59.999999.
    public static let timestampRange: ClosedRange<Int64> =
        Int64(CivilDate.range.lowerBound) * 86_400_000_000...(Int64(CivilDate.range.upperBound) + 1) * 86_400_000_000 - 1

    @inline(__always)
    private static func day(_ bytes: UnsafePointer<UInt8>) -> Int32? {
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        guard let century = pair(bytes), let years = pair(bytes + 2), let month = pair(bytes + 5), let day = pair(bytes + 8) else {
            return nil
        }
        return CivilDate(year: century * 100 + years, month: month, day: day)?.days
    }

    @inline(__always)
    private static func pair(_ bytes: UnsafePointer<UInt8>) -> Int? {
        let tens = bytes[0] &- 0x30, ones = bytes[1] &- 0x30
        guard tens <= 9, ones <= 9 else { return nil }
        return Int(tens) &* 10 &+ Int(ones)
    }

    /// `Z` or an offset.
    private static func offset(
        _ bytes: UnsafePointer<UInt8>, _ count: Int
    ) -> (kind: TimestampForm.Zone, isWest: Bool, minutes: Int)? {
        if bytes[0] == UInt8(ascii: "Z") { return count == 1 ? (.zulu, false, 0) : nil }
        guard bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"), count >= 3 else { return nil }
        guard let hours = pair(bytes + 1), hours < 24 else { return nil }
        var minutes = 0
        let kind: TimestampForm.Zone
        switch count {
        case 3: kind = .hours
        case 5:
            guard let read = pair(bytes + 3) else { return nil }
            (kind, minutes) = (.digits, read)
        case 6:
            guard bytes[3] == UInt8(ascii: ":"), let read = pair(bytes + 4) else { return nil }
            (kind, minutes) = (.colon, read)
        default: return nil
        }
        guard minutes < 60 else { return nil }
        return (kind, bytes[0] == UInt8(ascii: "-"), hours * 60 + minutes)
    }
}
