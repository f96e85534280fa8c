// How a timestamp was written, so that its text can be made again from its microseconds, byte for byte.

/// The form of a timestamp's text, beside which the microseconds are all that there is to say.
public struct TimestampForm: RawRepresentable, Hashable, Sendable {
    /// From the lowest bit: digits of the fraction (4), seconds written (1), `T` rather than a space (1), the kind of offset (3), its sign (1),
    /// its minutes (11).
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// What tells the time zone.
    enum Zone: UInt32 {
        case none
        /// `Z`
        case zulu
        /// `+02`
        case hours
        /// `+0200`
        case digits
        /// `+02:00`
        case colon
    }

    @inline(__always)
    init(fractionDigits: Int, seconds: Bool, letter: Bool, zone: Zone, isWest: Bool, minutes: Int) {
        rawValue =
            UInt32(truncatingIfNeeded: fractionDigits) | (seconds ? 1 << 4 : 0) | (letter ? 1 << 5 : 0) | zone.rawValue << 6
            | (isWest ? 1 << 9 : 0) | UInt32(truncatingIfNeeded: minutes) << 10
    }

    /// Digits after the point; those past the sixth are zeros.
    var fractionDigits: Int { Int(rawValue & 0xf) }
    var hasSeconds: Bool { rawValue & 1 << 4 != 0 }
    var hasLetter: Bool { rawValue & 1 << 5 != 0 }
    var zone: Zone { Zone(rawValue: rawValue >> 6 & 7) ?? .none }
    var isWest: Bool { rawValue & 1 << 9 != 0 }
    /// Minutes of the offset, without its sign.
    var minutes: Int { Int(rawValue >> 10) }
    /// Whether the text tells an instant.
    public var utc: Bool { zone != .none }
}

extension TextBuffer {
    /// Appends a timestamp in the form in which it was read.
    public func appendTimestamp(_ microseconds: Int64, written form: TimestampForm) {
        let offset = Int64(form.minutes) * 60_000_000
        let local = form.isWest ? microseconds &- offset : microseconds &+ offset
        let (days, time) = local.quotientAndRemainderFloored(86_400_000_000)
        appendDate(Int32(truncatingIfNeeded: days))
        append(form.hasLetter ? UInt8(ascii: "T") : UInt8(ascii: " "))
        let seconds = UInt64(time) / 1_000_000
        appendDigits(seconds / 3_600, width: 2)
        append(UInt8(ascii: ":"))
        appendDigits(seconds / 60 % 60, width: 2)
        if form.hasSeconds {
            append(UInt8(ascii: ":"))
            appendDigits(seconds % 60, width: 2)
        }
        if form.fractionDigits > 0 {
            append(UInt8(ascii: "."))
            let end = count + form.fractionDigits
            appendDigits(UInt64(time) % 1_000_000, width: 6)
            if count > end { truncate(to: end) }
            while count < end { append(UInt8(ascii: "0")) }
        }
        appendZone(form)
    }

    private func appendZone(_ form: TimestampForm) {
        if form.zone == .none { return }
        if form.zone == .zulu { return append(UInt8(ascii: "Z")) }
        append(form.isWest ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        appendDigits(UInt64(form.minutes / 60), width: 2)
        if form.zone == .hours { return }
        if form.zone == .colon { append(UInt8(ascii: ":")) }
        appendDigits(UInt64(form.minutes % 60), width: 2)
    }
}

extension Int64 {
    /// The quotient towards minus infinity, and what is left, which is not negative.
    fileprivate func quotientAndRemainderFloored(_ divisor: Int64) -> (Int64, Int64) {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }
}
