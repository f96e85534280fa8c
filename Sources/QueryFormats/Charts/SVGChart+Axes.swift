// The axes of an SVG: lines at round values, labels where they have room, and titles.

extension SVGChart {
    private static let lineColour = "#e4e4e4"
    private static let axisColour = "#8c8c8c"

    private static func width(_ label: String) -> Double { SVGText.width(label, size: fontSize.label) }

    /// Draws both axes of a plane and what is common to lines, points and histograms; the frame fits them afterwards.
    mutating func drawAxes(_ x: ChartAxis, _ y: ChartAxis) {
        let ticks = y.ticks(6)
        frame.left = SVGChart.margin + (ticks.map { SVGChart.width($0.label) }.max() ?? 0) + 8
        frame.bottom = frame.height - 52
        drawTitle(y)
        for tick in ticks { drawValue(tick, at: frame.y(y.place(tick.value))) }
        drawNames(x)
        let zero = y.lower < 0 && y.upper > 0 ? frame.y(y.place(0)) : frame.bottom
        line(frame.left, zero, frame.right, zero, colour: SVGChart.axisColour)
    }

    /// The title of the axis that goes up, above it.
    mutating func drawTitle(_ y: ChartAxis) {
        let title = SVGText.cut(y.title, SVGChart.width - 2 * SVGChart.margin, size: SVGChart.fontSize.label)
        if !title.isEmpty {
            text(title, x: SVGChart.margin, y: frame.top + 12, "fill=\"#666666\"")
            frame.top += 16
        }
        frame.top += 12
    }

    /// A line across at a value of the y axis, and its label.
    private mutating func drawValue(_ tick: ChartTick, at y: Double) {
        line(frame.left, y, frame.right, y, colour: SVGChart.lineColour)
        text(tick.label, x: frame.left - 8, y: y + 4, "text-anchor=\"end\"")
    }

    /// Labels below the plane, and the title of their axis.
    mutating func drawNames(_ x: ChartAxis) {
        let place = { [frame] (tick: ChartTick) in frame.x(x.place(tick.value)) }
        let row = LabelRow.fitting(x, length: SVGChart.width, gap: 12, longest: 24, place: place, width: SVGChart.width)
        for (start, tick) in row.labels {
            line(place(tick), frame.bottom, place(tick), frame.bottom + 4, colour: SVGChart.axisColour)
            text(tick.label, x: start + SVGChart.width(tick.label) / 2, y: frame.bottom + 18, "text-anchor=\"middle\"")
        }
        drawBottomTitle(x.title(for: row.labels.map(\.tick)), frame.bottom + 38)
    }

    /// The title of the axis at the bottom.
    mutating func drawBottomTitle(_ title: String, _ y: Double) {
        let title = SVGText.cut(title, frame.width, size: SVGChart.fontSize.label)
        text(title, x: (frame.left + frame.right) / 2, y: y, "text-anchor=\"middle\" fill=\"#666666\"")
    }

    /// Axes of lying bars: values below, names at the left.
    mutating func drawLyingAxes(_ names: [String], band: Double, _ y: ChartAxis) {
        let room = 200.0
        let labels = names.map { SVGText.cut($0, room, size: SVGChart.fontSize.label) }
        frame.left = SVGChart.margin + (labels.map(SVGChart.width).max() ?? 0) + 8
        frame.top += 8
        frame.bottom = frame.top + band * Double(names.count)
        frame.height = frame.bottom + 52
        for tick in y.ticks(6) { line(frame.x(y.place(tick.value)), frame.top, frame.x(y.place(tick.value)), frame.bottom, colour: SVGChart.lineColour) }
        for (index, label) in labels.enumerated() {
            text(label, x: frame.left - 8, y: frame.top + (Double(index) + 0.5) * band + 4, "text-anchor=\"end\"")
        }
        drawNames(y)
        let zero = frame.x(y.place(max(y.lower, 0)))
        line(zero, frame.top, zero, frame.bottom, colour: SVGChart.axisColour)
    }
}
