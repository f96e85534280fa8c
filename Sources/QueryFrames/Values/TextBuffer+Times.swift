// How dates, timestamps and durations are written: ISO 8601, and a duration by its largest exact units.

extension TextBuffer {
    /// Appends days since 1970-01-01 as `2024-05-01`; years past 9999 bear a sign, as ISO 8601 has it.
    public func appendDate(_ days: Int32) { appendValue { ValueBytes.date(days, $0) } }

    /// Appends microseconds since 1970-01-01 as `2024-05-01T10:00:00.250Z`: a fraction of 3 or 6 digits where it is
    /// not zero, `Z` if `utc`.
    public func appendTimestamp(_ microseconds: Int64, utc: Bool) {
        appendValue { ValueBytes.timestamp(microseconds, utc: utc, $0) }
    }

    /// Appends microseconds by their largest exact units, as a script writes them: `29d`, `1h30m`, `250ms`, `-5s`, `0s`.
    public func appendDuration(_ microseconds: Int64) {
        if microseconds == 0 { return append("0s") }
        if microseconds < 0 { append(UInt8(ascii: "-")) }
        var rest = microseconds.magnitude
        func part(_ unit: UInt64, _ name: StaticString) {
            if rest >= unit {
                appendDigits(rest / unit)
                append(name)
                rest %= unit
            }
        }
        part(86_400_000_000, "d")
        part(3_600_000_000, "h")
        part(60_000_000, "m")
        part(1_000_000, "s")
        part(1_000, "ms")
        part(1, "us")
    }
}
