// A chart as an SVG document: elements and text alone, so that it can be shown by whatever shows pictures.

/// Draws a chart in the units of an SVG's view; each kind of marks has a file of its own.
struct SVGChart {
    let chart: Chart
    /// The document's elements so far.
    private(set) var body = ""
    /// Where the plane is, and how large everything is.
    var frame: SVGFrame

    /// The width of the document.
    static let width = 720.0
    /// The height of a document with a plane.
    static let height = 432.0
    /// The size of labels, and of the heading.
    static let fontSize = (label: 12.0, heading: 15.0)
    /// Space at the edges.
    static let margin = 20.0

    init(_ chart: Chart) {
        self.chart = chart
        frame = SVGFrame(left: SVGChart.margin, top: 0, right: SVGChart.width - SVGChart.margin, bottom: 0, height: SVGChart.height)
    }

    mutating func draw() {
        let heading = SVGText.cut(chart.heading, SVGChart.width - 2 * SVGChart.margin, size: SVGChart.fontSize.heading)
        text(heading, x: SVGChart.margin, y: 30, "font-size=\"\(Int(SVGChart.fontSize.heading))\" font-weight=\"600\" fill=\"#1a1a1a\"")
        frame.top = 46
        drawLegend()
        switch chart.marks {
        case .bars(let values, let isStacked): drawBars(values, isStacked: isStacked)
        case .lines(let paths): drawLines(paths)
        case .points(let paths): drawPoints(paths)
        case .bins(let edges, let counts): drawBins(edges, counts)
        }
    }

    /// The whole document.
    var document: String {
        let size = "\(SVGText.number(SVGChart.width))", height = SVGText.number(frame.height)
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(size)" height="\(height)" viewBox="0 0 \(size) \(height)" role="img" \
            font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" \
            font-size="\(Int(SVGChart.fontSize.label))" fill="#444444">
            <title>\(SVGText.escaped(chart.heading))</title>
            <rect width="\(size)" height="\(height)" fill="#ffffff"/>
            \(body)</svg>

            """
    }

    // MARK: Elements

    /// Adds an element with attributes that are the program's own, and what a pointer on it shows.
    mutating func element(_ name: String, _ attributes: String, hint: String? = nil) {
        body += "<\(name) \(attributes)" + (hint.map { "><title>\(SVGText.escaped($0))</title></\(name)>\n" } ?? "/>\n")
    }

    /// Adds a text, whose first character begins at `x` unless the attributes say otherwise.
    mutating func text(_ text: String, x: Double, y: Double, _ attributes: String = "") {
        guard !text.isEmpty else { return }
        body += "<text x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\"\(attributes.isEmpty ? "" : " " + attributes)>\(SVGText.escaped(text))</text>\n"
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, colour: String) {
        let places = zip(["x1", "y1", "x2", "y2"], [x1, y1, x2, y2]).map { "\($0)=\"\(SVGText.number($1))\"" }.joined(separator: " ")
        element("line", "\(places) stroke=\"\(colour)\"")
    }

    mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, series: Int, hint: String? = nil) {
        let places = zip(["x", "y", "width", "height"], [x, y, max(width, 0), max(height, 0)]).map { "\($0)=\"\(SVGText.number($1))\"" }
        element("rect", "\(places.joined(separator: " ")) fill=\"\(SVGChart.colour(series))\"", hint: hint)
    }

    static func colour(_ series: Int) -> String { ChartLook.colours[series % ChartLook.colours.count] }

    /// The names of the series behind their colours, in as many lines as that takes.
    private mutating func drawLegend() {
        guard chart.series.count > 1 else { return }
        var x = SVGChart.margin
        for (index, name) in chart.series.enumerated() {
            let name = SVGText.cut(name, 200, size: SVGChart.fontSize.label)
            let size = 18 + SVGText.width(name, size: SVGChart.fontSize.label)
            if x > SVGChart.margin, x + size > SVGChart.width - SVGChart.margin {
                x = SVGChart.margin
                frame.top += 20
            }
            rectangle(x, frame.top + 2, 12, 12, series: index)
            text(name, x: x + 18, y: frame.top + 12)
            x += size + 18
        }
        frame.top += 24
    }
}

/// Where the plane between the axes lies in the document.
struct SVGFrame {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double
    /// The height of the document.
    var height: Double

    var width: Double { right - left }

    func x(_ place: Double) -> Double { left + place * (right - left) }
    func y(_ place: Double) -> Double { bottom - place * (bottom - top) }
}

extension Chart {
    /// The chart as an SVG document of 720 by 432 or, with many bars, more units; without scripts, fonts or anything to be loaded.
    public var svg: String {
        var svg = SVGChart(self)
        svg.draw()
        return svg.document
    }
}
