// Bars and histograms of an SVG: standing where their names have room, and lying where they have not.

extension SVGChart {
    /// A bar for each value, side by side or on each other within the band of their name.
    mutating func drawBars(_ values: [[Double?]], isStacked: Bool) {
        guard case .names(let names) = chart.x.measure else { return }
        let y = chart.y.rounded(6)
        let side = isStacked ? 1 : values.count
        let band = (SVGChart.width - 2 * SVGChart.margin - 60) / Double(names.count)
        let widest = names.map { SVGText.width(DisplayText.escaped($0), size: SVGChart.fontSize.label) }.max() ?? 0
        // Several bars in a band want room too.
        if widest + 8 <= band, band / Double(side) >= 8 {
            drawAxes(chart.x, y)
            drawEach(values, names, isStacked: isStacked, band: frame.width / Double(names.count)) { svg, start, width, from, to, series, hint in
                let (low, high) = (svg.frame.y(y.place(from)), svg.frame.y(y.place(to)))
                svg.rectangle(svg.frame.left + start, min(low, high), width, abs(low - high), series: series, hint: hint)
            }
        } else {
            let band = max(Double(side) * 12 + 10, 22)
            drawLyingAxes(names, band: band, y)
            drawEach(values, names, isStacked: isStacked, band: band) { svg, start, width, from, to, series, hint in
                let (low, high) = (svg.frame.x(y.place(from)), svg.frame.x(y.place(to)))
                svg.rectangle(min(low, high), svg.frame.top + start, abs(low - high), width, series: series, hint: hint)
            }
        }
    }

    /// Calls `body` for each bar: where it begins across the bands and how wide it is, its two values, its series and its words.
    private mutating func drawEach(
        _ values: [[Double?]], _ names: [String], isStacked: Bool, band: Double,
        _ body: (inout SVGChart, Double, Double, Double, Double, Int, String) -> Void
    ) {
        let side = isStacked ? 1 : values.count
        let width = band * 0.8 / Double(side)
        for (place, name) in names.enumerated() {
            var sum = 0.0
            for (series, row) in values.enumerated() {
                guard let value = row[place] else { continue }
                let start = (Double(place) + 0.1) * band + (isStacked ? 0 : width * Double(series))
                let from = isStacked ? sum : 0
                sum += value
                let words = [name, chart.series[series]].filter { !$0.isEmpty }.joined(separator: ", ")
                body(&self, start, width, from, from + value, series, "\(words): \(chart.text(ofValue: value))")
            }
        }
    }

    /// A bar for each bin, as wide as the bin.
    mutating func drawBins(_ edges: [Double], _ counts: [[Int]]) {
        let y = chart.y.rounded(6)
        drawAxes(chart.x, y)
        for bin in 0..<edges.count - 1 {
            let (left, right) = (frame.x(chart.x.place(edges[bin])), frame.x(chart.x.place(edges[bin + 1])))
            var sum = 0
            for (series, row) in counts.enumerated() where row[bin] > 0 {
                let bottom = frame.y(y.place(Double(sum)))
                sum += row[bin]
                let top = frame.y(y.place(Double(sum)))
                // A little air between the bins.
                let air = min(1, (right - left) / 10)
                rectangle(left + air / 2, top, right - left - air, bottom - top, series: series, hint: "\(row[bin])")
            }
        }
    }
}
