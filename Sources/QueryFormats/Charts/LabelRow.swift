// Which labels of an axis have room, in whatever unit they are measured.

/// Labels of an axis: from the first on, each that does not touch the one before it.
struct LabelRow {
    /// Labels with the place where each begins.
    private(set) var labels: [(start: Double, tick: ChartTick)] = []

    /// The most ticks of an axis whose labels all have room; of an axis of names, all that have. `place` is the middle of a label in
    /// `0...length`, `width` its size, and they stand `gap` apart; labels longer than `longest` characters are cut.
    static func fitting(
        _ axis: ChartAxis, length: Double, gap: Double, longest: Int, place: (ChartTick) -> Double, width: (String) -> Double
    ) -> LabelRow {
        var row = LabelRow()
        for count in [12, 10, 8, 6, 5, 4, 3, 2] {
            let ticks = axis.ticks(count).map { ChartTick(value: $0.value, label: ChartLook.cut($0.label, longest)) }
            row = LabelRow()
            var end = -gap
            for tick in ticks {
                let size = width(tick.label)
                let start = min(max(place(tick) - size / 2, 0), max(length - size, 0))
                guard start >= end + gap else { continue }
                row.labels.append((start, tick))
                end = start + size
            }
            if case .names = axis.measure { break }
            if row.labels.count == ticks.count { break }
        }
        return row
    }
}
