// Durations as people write them: `250ms`, `1h30m`. Scripts, the command line and configuration files read them here.

/// The text of a duration.
public enum DurationText {
    /// Microseconds of each unit that a duration may be written with.
    static let units: [String: Int64] = [
        "us": 1, "ms": 1000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000, "w": 604_800_000_000,
    ]

    /// Microseconds of numbers with their units, one behind the other: `30s`, `1h30m`, `1_000ms`; nil where the text is no such
    /// thing, or more than 64 bits hold.
    public static func microseconds(_ text: String) -> Int64? {
        var rest = text[...]
        var total: Int64 = 0
        repeat {
            let number = rest.prefix { $0.isASCII && $0.isNumber || $0 == "_" }
            rest = rest.dropFirst(number.count)
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard number.first != "_", let unit = units[String(name)], let count = Int64(number.filter { $0 != "_" }) else { return nil }
            let (micros, overflow) = count.multipliedReportingOverflow(by: unit)
            let (sum, overflow2) = total.addingReportingOverflow(micros)
            if overflow || overflow2 { return nil }
            total = sum
        } while !rest.isEmpty
        return total
    }
}
