// Ticks of dates, times and durations: whole units that people count in, such as 6 hours or 3 months.
import QueryFrames

/// Units of time in microseconds.
enum TimeUnit {
    static let second: Int64 = 1_000_000
    static let minute: Int64 = 60 * second
    static let hour: Int64 = 60 * minute
    static let day: Int64 = 24 * hour
    /// A year's length in the mean; ticks of months and years go by the calendar.
    static let year: Int64 = 31_556_952 * second

    /// The distances between ticks that are shorter than a month, from 1 us on.
    static let steps: [Int64] =
        [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]
        + [1, 2, 5, 10, 15, 30].map { $0 * second } + [1, 2, 5, 10, 15, 30].map { $0 * minute } + [1, 2, 3, 6, 12].map { $0 * hour }
        + [1, 2, 7, 14].map { $0 * day }
}

/// Round days and times between two times.
struct TimeTicks {
    let ticks: [ChartTick]

    /// How far two ticks are apart.
    private enum Step {
        case micros(Int64)
        case months(Int)
    }

    /// About `count` ticks in `lower...upper`, microseconds since 1970.
    init(_ lower: Double, _ upper: Double, _ count: Int, isDate: Bool) {
        // Columns hold no times beyond 64 bits; a margin around them may.
        let first = TimeTicks.micros(lower), last = TimeTicks.micros(upper)
        let rough = (upper - lower) / Double(count)
        let step = TimeTicks.step(rough, isDate: isDate)
        let times = TimeTicks.times(first, last, step)
        let isOneDay = TimeTicks.split(first).day == TimeTicks.split(last).day
        ticks = times.map { ChartTick(value: Double($0), label: TimeTicks.label($0, step, withDay: !isOneDay)) }
    }

    /// What labels of the time of day leave out: `2024-05-14` within a day, `2024` within a year.
    static func commonPart(_ lower: Double, _ upper: Double) -> String? {
        let first = split(micros(lower)).day, last = split(micros(upper)).day
        if first == last { return Scalar.date(first).text }
        let year = CivilDate(days: first).year
        return year == CivilDate(days: last).year ? "\(year)" : nil
    }

    private static func micros(_ value: Double) -> Int64 { Int64(min(max(value, -9.2e18), 9.2e18)) }

    /// The day, from 1970-01-01, and the microseconds within it.
    private static func split(_ micros: Int64) -> (day: Int32, time: Int64) {
        var (day, time) = micros.quotientAndRemainder(dividingBy: TimeUnit.day)
        if time < 0 { (day, time) = (day - 1, time + TimeUnit.day) }
        return (Int32(truncatingIfNeeded: day), time)
    }

    private static func step(_ rough: Double, isDate: Bool) -> Step {
        let least = isDate ? TimeUnit.day : 1
        if let step = TimeUnit.steps.first(where: { $0 >= least && Double($0) >= rough }) { return .micros(step) }
        let month = Double(TimeUnit.year) / 12
        for months in [1, 2, 3, 6, 12, 24, 60] where Double(months) * month >= rough * 0.99 { return .months(months) }
        var years = 10
        while Double(years) * Double(TimeUnit.year) < rough, years < 1_000_000 { years *= years.description.hasPrefix("2") ? 5 : 2 }
        return .months(12 * years)
    }

    private static func times(_ first: Int64, _ last: Int64, _ step: Step) -> [Int64] {
        var times: [Int64] = []
        switch step {
        case .micros(let step):
            // Weeks begin on Mondays; 1970-01-05 was one.
            let origin: Int64 = step % (7 * TimeUnit.day) == 0 ? 4 * TimeUnit.day : 0
            let offset = first.subtractingReportingOverflow(origin).partialValue
            var time = first &- ((offset % step + step) % step)
            if time < first { time = time &+ step }
            while time <= last, times.count < 1000 {
                times.append(time)
                let (next, isPast) = time.addingReportingOverflow(step)
                if isPast { break }
                time = next
            }
        case .months(let months):
            let start = CivilDate(days: split(first).day)
            var month = (start.year * 12 + start.month - 1) / months * months
            while times.count < 1000 {
                // Outside of these years there are no dates to be labelled.
                guard month / 12 <= 9999, let date = CivilDate(year: max(month / 12, 1), month: month % 12 + 1, day: 1) else { break }
                let time = Int64(date.days) * TimeUnit.day
                if time > last { break }
                if time >= first, month >= 12 { times.append(time) }
                month += months
            }
        }
        return times
    }

    private static func label(_ time: Int64, _ step: Step, withDay: Bool) -> String {
        let (day, clock) = split(time)
        let date = Scalar.date(day).text
        switch step {
        case .months(let months): return String(date.dropLast(months % 12 == 0 ? 6 : 3))
        case .micros(let step):
            if step >= TimeUnit.day { return date }
            let iso = Scalar.timestamp(clock, utc: false).text.dropFirst(11)
            let text = step >= TimeUnit.minute ? iso.prefix(5) : iso
            return withDay ? "\(date.suffix(5)) \(text)" : String(text)
        }
    }
}

/// Round durations between two durations.
struct DurationTicks {
    /// The distance between two ticks, in microseconds.
    let step: Double
    let ticks: [ChartTick]

    init(_ lower: Double, _ upper: Double, _ count: Int) {
        let rough = (upper - lower) / Double(count)
        let known = TimeUnit.steps.filter { $0 % (7 * TimeUnit.day) != 0 }
        // From some days on, durations are numbers of days.
        let day = Double(TimeUnit.day)
        let step = known.first { Double($0) >= rough }.map(Double.init) ?? NumberTicks(lower / day, upper / day, count).step * day
        self.step = step
        let first = (lower / step).rounded(.up), last = (upper / step).rounded(.down)
        guard first <= last, last - first <= 1000 else {
            ticks = []
            return
        }
        ticks = (0...Int(last - first)).map { index in
            let value = (first + Double(index)) * step
            return ChartTick(value: value, label: DurationTicks.text(value))
        }
    }

    /// Microseconds as a script writes them: `1h30m`. Nothing is shorter than a thousandth of the value.
    static func text(_ micros: Double) -> String {
        let value = Int64(min(max(micros, -9.2e18), 9.2e18))
        let size = Int64(clamping: value.magnitude)
        let unit = [TimeUnit.day, TimeUnit.hour, TimeUnit.minute, TimeUnit.second, 1000].first { size / $0 >= 1000 } ?? 1
        return Scalar.duration(value / unit * unit).text
    }
}
