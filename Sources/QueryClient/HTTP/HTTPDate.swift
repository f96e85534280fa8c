// Points in time as HTTP writes them, in `Date`, `Retry-After` and `Expires`.
import QueryFrames

/// A second since 1970, read from one of the three forms of RFC 9110, section 5.6.7.
public struct HTTPDate: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public var seconds: Int

    public init(seconds: Int) { self.seconds = seconds }

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, or the two forms of before 1990: `Sunday, 06-Nov-94 08:49:37 GMT`, whose years
    /// are taken for 1970 to 2069, and `Sun Nov  6 08:49:37 1994`. Whether the day of the week is right is not looked at.
    public init?(_ text: String) {
        let words = text.split(separator: " ")
        guard let first = words.first else { return nil }
        switch (words.count, first.last) {
        case (6, ",") where HTTPDate.isDay(first.dropLast(), long: false) && words[5] == "GMT":
            self.init(day: words[1], month: words[2], year: words[3], digits: 4, time: words[4])
        case (4, ",") where HTTPDate.isDay(first.dropLast(), long: true) && words[3] == "GMT":
            let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard date.count == 3 else { return nil }
            self.init(day: date[0], month: date[1], year: date[2], digits: 2, time: words[2])
        case (5, _) where HTTPDate.isDay(first, long: false):
            self.init(day: words[2].count == 1 ? "0" + words[2] : words[2], month: words[1], year: words[4], digits: 4, time: words[3])
        default: return nil
        }
    }

    private init?(day: Substring, month: Substring, year: Substring, digits: Int, time: Substring) {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let day = HTTPDate.number(day, 2), let month = HTTPDate.months.firstIndex(of: month),
            var year = HTTPDate.number(year, digits), let hour = HTTPDate.number(clock[0], 2), let minute = HTTPDate.number(clock[1], 2),
            let second = HTTPDate.number(clock[2], 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        if digits == 2 { year += year < 70 ? 2000 : 1900 }
        guard let date = CivilDate(year: year, month: month + 1, day: day) else { return nil }
        seconds = Int(date.days) * 86_400 + hour * 3600 + minute * 60 + second
    }

    private static let months: [Substring] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let days: [Substring] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    private static func isDay(_ word: Substring, long: Bool) -> Bool { days.contains { (long ? $0 : $0.prefix(3)) == word } }

    private static func number(_ text: Substring, _ digits: Int) -> Int? {
        text.utf8.count == digits && text.utf8.allSatisfy(isDigit) ? Int(text) : nil
    }

    public static func < (one: HTTPDate, other: HTTPDate) -> Bool { one.seconds < other.seconds }
}
