// An axis: from values to places between 0 and 1, and the values that bear labels.

/// A labelled place of an axis.
struct ChartTick: Equatable, Sendable {
    var value: Double
    var label: String
}

/// One of the two axes of a chart.
struct ChartAxis: Sendable {
    /// What stands beside it; empty where the legend says it.
    var title: String
    var measure: ChartMeasure
    /// The least and greatest value that has a place; never equal, both finite.
    private(set) var lower: Double
    private(set) var upper: Double

    /// An axis that has room for the values from `least` to `greatest`. One value alone gets room around it.
    init(title: String, measure: ChartMeasure, least: Double, greatest: Double) {
        self.title = title
        self.measure = measure
        (lower, upper) = ChartAxis.room(min(least, greatest), max(least, greatest), measure)
    }

    /// An axis of names, each with a band of the width 1 around its number.
    init(title: String, names: [String]) {
        self.init(title: title, measure: .names(names), least: -0.5, greatest: Double(names.count) - 0.5)
    }

    private static func room(_ least: Double, _ greatest: Double, _ measure: ChartMeasure) -> (Double, Double) {
        let size = max(abs(least), abs(greatest))
        // Values that differ in their last digits alone have no ticks between them, and are one value.
        guard greatest / 2 - least / 2 <= max(size * 1e-13, 1e-290) else { return (least, greatest) }
        let margin: Double =
            switch measure {
            case .number, .whole, .names: size == 0 ? 1 : max(size * 0.1, 1e-280)
            case .date: 2 * Double(TimeUnit.day)
            case .timestamp: max(2_000_000, size * 1e-10)
            case .duration: size == 0 ? 1_000_000 : size * 0.1
            }
        let limit = Double.greatestFiniteMagnitude
        return (max(least - margin, -limit), min(greatest + margin, limit))
    }

    /// Where a value stands: 0 at the lower end, 1 at the upper one.
    func place(_ value: Double) -> Double {
        // Halves, for the difference of two doubles may be too large for one.
        (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    }

    /// About `count` values with round labels, in order, all on the axis; every name of an axis of names.
    func ticks(_ count: Int) -> [ChartTick] {
        let count = max(count, 2)
        switch measure {
        case .number: return NumberTicks(lower, upper, count).ticks
        case .whole: return NumberTicks(lower, upper, count, leastStep: 1).ticks
        case .duration: return DurationTicks(lower, upper, count).ticks
        case .date, .timestamp: return TimeTicks(lower, upper, count, isDate: measure == .date).ticks
        case .names(let names): return names.enumerated().map { ChartTick(value: Double($0), label: $1) }
        }
    }

    /// The axis with its ends at round values, so that about `count` ticks span all of it.
    func rounded(_ count: Int) -> ChartAxis {
        var axis = self
        let step: Double
        switch measure {
        case .number: step = NumberTicks(lower, upper, max(count, 2)).step
        case .whole: step = NumberTicks(lower, upper, max(count, 2), leastStep: 1).step
        case .duration: step = DurationTicks(lower, upper, max(count, 2)).step
        case .date, .timestamp, .names: return self
        }
        let down = (lower / step).rounded(.down) * step, up = (upper / step).rounded(.up) * step
        if down.isFinite, down <= lower { axis.lower = down }
        if up.isFinite, up >= upper { axis.upper = up }
        return axis
    }

    /// The axis' title, with what these labels of times leave out: the day, or the year.
    func title(for ticks: [ChartTick]) -> String {
        guard measure == .timestamp, ticks.contains(where: { $0.label.contains(":") }) else { return title }
        return TimeTicks.commonPart(lower, upper).map { "\(title) (\($0))" } ?? title
    }
}
