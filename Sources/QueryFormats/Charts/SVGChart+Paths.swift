// Lines and points of an SVG.

extension SVGChart {
    /// Points of fewer places than these are marked on their line.
    private static let markedPoints = 40

    /// A line for each series, interrupted where there is no value.
    mutating func drawLines(_ paths: [[Chart.Point]]) {
        let y = chart.y.rounded(6)
        drawAxes(chart.x, y)
        let isMarked = chart.pointCount <= SVGChart.markedPoints
        for (series, path) in paths.enumerated() {
            var steps = "", isOpen = false
            for (index, point) in path.enumerated() {
                guard point.y.isFinite else {
                    isOpen = false
                    continue
                }
                let (across, up) = place(point, chart.x, y)
                steps += "\(isOpen ? "L" : "M")\(SVGText.number(across)) \(SVGText.number(up))"
                // A point with no neighbour has no line, and would not be seen.
                let isAlone = !isOpen && (index + 1 == path.count || !path[index + 1].y.isFinite)
                if isMarked || isAlone { circle(point, chart.x, y, radius: 3, series: series, "") }
                isOpen = true
            }
            guard !steps.isEmpty else { continue }
            let colour = SVGChart.colour(series)
            element("path", "d=\"\(steps)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-linecap=\"round\"")
        }
    }

    /// A circle for each place; smaller and paler where there are many.
    mutating func drawPoints(_ paths: [[Chart.Point]]) {
        let x = chart.x.rounded(7), y = chart.y.rounded(6)
        drawAxes(x, y)
        let isMany = chart.pointCount > 1000
        for (series, path) in paths.enumerated() {
            for point in path where point.y.isFinite {
                circle(point, x, y, radius: isMany ? 1.5 : 3, series: series, " fill-opacity=\"\(isMany ? "0.5" : "0.7")\"")
            }
        }
    }

    private func place(_ point: Chart.Point, _ x: ChartAxis, _ y: ChartAxis) -> (Double, Double) {
        (frame.x(x.place(point.x)), frame.y(y.place(point.y)))
    }

    private mutating func circle(_ point: Chart.Point, _ x: ChartAxis, _ y: ChartAxis, radius: Double, series: Int, _ look: String) {
        let (across, up) = place(point, x, y)
        element(
            "circle",
            "cx=\"\(SVGText.number(across))\" cy=\"\(SVGText.number(up))\" r=\"\(SVGText.number(radius))\" fill=\"\(SVGChart.colour(series))\"\(look)")
    }
}
