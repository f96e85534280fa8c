// Days since 1970-01-01 and the year, month and day that people write; every date of text goes through here.

/// A day of the proleptic Gregorian calendar: `CivilDate(days: 19_844)` is 2024-05-01.
public struct CivilDate: Hashable, Sendable {
    /// The year; 0 is the year before year 1.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// The day `days` days after 1970-01-01, in any year that a column can hold.
    public init(days: Int32) {
        // Years are counted from 1 March, so that a leap day is the last day of its year, and from long before any day there is, so
        // that nothing is negative. Dividing by the mean length of a year or month is a multiplication, of which the high bits are the
        // quotient and the low ones the remainder.
        let shifted = UInt64(Int64(days) + 719_468 + CivilDate.eras * 146_097)
        let (century, quarters) = (4 * shifted + 3).quotientAndRemainder(dividingBy: 146_097)
        let years = 2_939_745 * (quarters | 3)
        let dayOfYear = (years & 0xffff_ffff) / 2_939_745 / 4
        let months = 2_141 * dayOfYear + 197_913
        let isNextYear = dayOfYear >= 306
        day = Int(truncatingIfNeeded: (months & 0xffff) / 2_141) + 1
        month = Int(truncatingIfNeeded: months >> 16) - (isNextYear ? 12 : 0)
        year = Int(truncatingIfNeeded: 100 * century + years >> 32) - Int(CivilDate.eras) * 400 + (isNextYear ? 1 : 0)
    }

    /// Periods of 400 years, more than there are before 1970 in the days of 32 bits.
    private static let eras: Int64 = 14_704

    /// The day so written; nil where there is no such day, or its year is not 1 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard year >= 1, year <= 9999, month >= 1, month <= 12 else { return nil }
        guard day >= 1, day <= CivilDate.daysInMonth(year: year, month: month) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Days since 1970-01-01.
    public var days: Int32 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
    }

    /// Whether `year` has a 29 February.
    public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// How many days `month` (1 to 12) of `year` has.
    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The days of 0001-01-01 and 9999-12-31, between which dates are read and computed.
    public static let range: ClosedRange<Int32> = -719_162...2_932_896
}
