// The units in which dates are counted, shifted and cut: `date_add(d, 1, "month")`, `bin(ts, "hour")`.

enum TimeUnit: String, CaseIterable, Sendable {
    case year, quarter, month, week, day, hour, minute, second

    /// The units of whole days, which dates know.
    static let ofDates: [TimeUnit] = [.year, .quarter, .month, .week, .day]

    /// How many months, days or microseconds the unit has.
    private var size: (months: Int64, days: Int64, micros: Int64) {
        switch self {
        case .year: (12, 0, 0)
        case .quarter: (3, 0, 0)
        case .month: (1, 0, 0)
        case .week: (0, 7, 0)
        case .day: (0, 1, 0)
        case .hour: (0, 0, 3_600_000_000)
        case .minute: (0, 0, 60_000_000)
        case .second: (0, 0, 1_000_000)
        }
    }

    /// `days` moved by `count` units of whole days; the 31st becomes the last day of a shorter month. Nil outside the years
    /// 0001 to 9999.
    func shifted(_ days: Int32, by count: Int64) -> Int32? {
        let size = size
        if size.months == 0 {
            let (shift, overflow) = count.multipliedReportingOverflow(by: size.days)
            return overflow ? nil : TimeArithmetic.date(days, plusDays: shift)
        }
        let civil = CivilDate(days: days)
        let (months, overflow) = count.multipliedReportingOverflow(by: size.months)
        let (total, past) = (Int64(civil.year) * 12 + Int64(civil.month - 1)).addingReportingOverflow(months)
        guard !overflow, !past, total >= 12, total < 120_000 else { return nil }
        let year = Int(total / 12), month = Int(total % 12) + 1
        return CivilDate(year: year, month: month, day: min(civil.day, CivilDate.daysInMonth(year: year, month: month)))?.days
    }

    /// `micros` moved by `count` units; the time of day stays where the unit has whole days.
    func shifted(_ micros: Int64, by count: Int64) -> Int64? {
        let size = size
        if size.micros > 0 {
            let (shift, overflow) = count.multipliedReportingOverflow(by: size.micros)
            return overflow ? nil : TimeArithmetic.timestamp(micros, plus: shift)
        }
        guard TextParsing.timestampRange.contains(micros) else { return nil }
        let day = TimeArithmetic.day(micros)
        guard let moved = shifted(day, by: count), let midnight = TimeArithmetic.midnight(moved) else { return nil }
        return midnight + (micros - Int64(day) * TimeArithmetic.microsPerDay)
    }

    /// The first day of the unit in which `days` lies; weeks begin on Monday. Nil before the year 0001 and past 9999.
    func start(_ days: Int32) -> Int32? {
        guard CivilDate.range.contains(days) else { return nil }
        switch self {
        case .week:
            let monday = days - Int32(Weekday.sinceMonday(days))
            return CivilDate.range.contains(monday) ? monday : nil
        case .month: return days - Int32(CivilDate(days: days).day - 1)
        case .quarter, .year:
            let civil = CivilDate(days: days)
            let month = self == .year ? 1 : (civil.month - 1) / 3 * 3 + 1
            return CivilDate(year: civil.year, month: month, day: 1)?.days
        case .day, .hour, .minute, .second: return days
        }
    }

    /// The first microsecond of the unit in which `micros` lies.
    func start(_ micros: Int64) -> Int64? {
        guard TextParsing.timestampRange.contains(micros) else { return nil }
        let size = size
        if size.micros > 0 { return micros - Numbers.remainder(micros, size.micros) }
        return start(TimeArithmetic.day(micros)).flatMap { TimeArithmetic.midnight($0) }
    }

    /// A number of the unit in which the midnight of `days` lies, such that units that follow each other have numbers that do.
    func number(_ days: Int32) -> Int64 {
        let size = size
        if size.micros > 0 { return Int64(days) * (TimeArithmetic.microsPerDay / size.micros) }
        if size.months > 0 {
            let civil = CivilDate(days: days)
            return (Int64(civil.year) * 12 + Int64(civil.month - 1)) / size.months
        }
        // 1970-01-05 was a Monday.
        return self == .week ? Numbers.floorDivide(Int64(days) - 4, 7) ?? 0 : Int64(days)
    }

    /// The same of `micros`.
    func number(_ micros: Int64) -> Int64 {
        let size = size
        return size.micros > 0 ? Numbers.floorDivide(micros, size.micros) ?? 0 : number(TimeArithmetic.day(micros))
    }
}

/// Days of the week and weeks of the year, by ISO 8601.
enum Weekday {
    /// 0 for Monday to 6 for Sunday.
    @inline(__always)
    static func sinceMonday(_ days: Int32) -> Int {
        let rest = (Int(days) + 3) % 7
        return rest < 0 ? rest + 7 : rest
    }

    /// The day of the year, from 1.
    static func dayOfYear(_ civil: CivilDate) -> Int {
        let before = (275 * civil.month) / 9 - 30
        // Before March nothing is lost to February.
        let lost = civil.month <= 2 ? 0 : CivilDate.isLeap(civil.year) ? 1 : 2
        return before + civil.day - lost
    }

    /// The week of the year, 1 to 53, and the year to which it belongs: that of its Thursday.
    static func isoWeek(_ days: Int32) -> (year: Int, week: Int) {
        let thursday = CivilDate(days: days &+ Int32(3 - sinceMonday(days)))
        return (thursday.year, (dayOfYear(thursday) - 1) / 7 + 1)
    }
}
