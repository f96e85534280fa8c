// Histograms: how many rows lie in each of some bins between round values.
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension ChartMaker {
    /// The most bins that are made.
    private static let binLimit = 60
    /// Quartiles are those of so many values, taken at equal distances.
    private static let sampleSize = 16_384

    /// A histogram of the x column.
    func histogram() throws(ChartError) -> Chart {
        guard let x = plan.x, let measure = ChartMeasure(field(x).type) else { throw .nothingToDraw(kind: .histogram, columns: frame.schema.names) }
        var notices = plan.notices
        let series = try chooseSeries(&notices)
        guard let spread = try spread(x) else { throw .noValues(columns: [name(x)]) }
        let edges = edges(spread, measure, isInt: field(x).type == .int64)
        let counts = try counts(x, edges, series)
        let highest = (0..<edges.count - 1).map { bin in counts.reduce(0) { $0 + $1[bin] } }.max() ?? 0
        return Chart(
            kind: .histogram, heading: heading(of: "rows"), notices: notices,
            x: ChartAxis(title: name(x), measure: measure, least: edges[0], greatest: edges[edges.count - 1]),
            y: ChartAxis(title: "rows", measure: .whole, least: 0, greatest: Double(max(highest, 1))),
            series: series.names, marks: .bins(edges: edges, counts: counts))
    }

    /// The values of a column, in a few figures.
    private struct Spread {
        var count = 0
        var least = Double.infinity
        var greatest = -Double.infinity
        /// Some values, in order.
        var sample: [Double] = []

        /// How far the quartiles are apart.
        var quartiles: Double {
            guard let last = sample.indices.last else { return 0 }
            return sample[last * 3 / 4] - sample[last / 4]
        }

        /// How many bins the values deserve: by Freedman and Diaconis or, where half of the values are one, by Sturges.
        var bins: Int {
            let width = 2 * quartiles / cbrt(Double(count))
            let sturges = log2(Double(count)) + 1
            let wanted = width > 0 ? (greatest / 2 - least / 2) / width * 2 : sturges
            // A few values far from all others must not make bins of next to nothing.
            return Int(min(max(wanted.rounded(.up), 1), 4 * sturges, Double(ChartMaker.binLimit)))
        }
    }

    private func spread(_ x: Int) throws(ChartError) -> Spread? {
        var spread = Spread(), row = 0
        let distance = max(frame.count / ChartMaker.sampleSize, 1)
        try frame.withNumbers([x], isCancelled) { batch, numbers in
            for index in 0..<batch.count {
                guard let value = numbers[0]?[index] else { continue }
                spread.count += 1
                spread.least = min(spread.least, value)
                spread.greatest = max(spread.greatest, value)
                if row % distance == 0 { spread.sample.append(value) }
                row += 1
            }
            return true
        }
        spread.sample.sort()
        return spread.count > 0 ? spread : nil
    }

    /// Round values, the first not above the least and the last above the greatest value.
    private func edges(_ spread: Spread, _ measure: ChartMeasure, isInt: Bool) -> [Double] {
        let bins = spread.bins
        let width = spread.greatest / 2 - spread.least / 2
        // Ints that lie close have bins of their own, around them.
        if isInt, spread.greatest < 1e15, spread.least > -1e15, width * 2 < Double(max(bins, 20)) {
            return (0...Int(width * 2) + 1).map { spread.least - 0.5 + Double($0) }
        }
        let axis = ChartAxis(title: "", measure: measure, least: spread.least, greatest: spread.greatest)
        let margin = max((axis.upper / 2 - axis.lower / 2) / Double(bins) * 2, measure == .date ? Double(TimeUnit.day) : 0)
        // As wide as two bins on either side, for round steps may be twice as wide as wanted.
        let wide = ChartAxis(title: "", measure: measure, least: axis.lower - 2.5 * margin, greatest: axis.upper + 2.5 * margin)
        let ticks = wide.ticks(bins + 5).map(\.value)
        guard let first = ticks.lastIndex(where: { $0 <= spread.least }), let last = ticks.firstIndex(where: { $0 > spread.greatest }) else {
            return [axis.lower, axis.upper]
        }
        return Array(ticks[first...last])
    }

    private func counts(_ x: Int, _ edges: [Double], _ series: ChartSeries) throws(ChartError) -> [[Int]] {
        var counts = series.names.map { _ in [Int](repeating: 0, count: edges.count - 1) }
        try frame.withNumbers([x], isCancelled) { batch, numbers in
            batch.withText(listsAsText: false) { texts in
                for row in 0..<batch.count {
                    guard let value = numbers[0]?[row] else { continue }
                    guard let group = series.group({ plan.by.map { texts[$0].text(row) } ?? "" }) else { continue }
                    counts[series.index(0, group)][ChartMaker.bin(of: value, edges)] += 1
                }
            }
            return true
        }
        return counts
    }

    /// The bin that a value lies in: an edge belongs to the bin above it.
    private static func bin(of value: Double, _ edges: [Double]) -> Int {
        var low = 0, high = edges.count - 1
        while low + 1 < high {
            let middle = (low + high) / 2
            if edges[middle] <= value { low = middle } else { high = middle }
        }
        return low
    }
}
