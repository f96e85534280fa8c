// A chart as text: blocks for bars, braille for lines and points, in as many columns as there are.

/// Draws a chart in characters; each kind of marks has a file of its own.
struct TextChart {
    let chart: Chart
    /// Columns that a line may take.
    let width: Int
    /// Rows of the plane of lines, points and histograms.
    let height: Int
    let isColoured: Bool
    /// Finished lines.
    private(set) var lines: [String] = []

    /// Whether series differ in more than colours.
    var isPlain: Bool { !isColoured && chart.series.count > 1 }

    init(_ chart: Chart, columns: Int, rows: Int, isColoured: Bool) {
        (self.chart, self.isColoured) = (chart, isColoured)
        width = min(max(columns, 30), 400)
        height = min(max(rows - 8, 6), 24)
    }

    /// Draws everything.
    mutating func draw() {
        add([Piece(ChartLook.cut(chart.heading, width))])
        drawLegend()
        add([])
        switch chart.marks {
        case .bars(let values, let isStacked): drawBars(values, isStacked: isStacked)
        case .lines(let paths): drawPaths(paths, joined: true)
        case .points(let paths): drawPaths(paths, joined: false)
        case .bins(let edges, let counts): drawBins(edges, counts)
        }
    }

    // MARK: Lines of text

    /// A part of a line in the colour of a series, or in that of the terminal.
    struct Piece {
        var text: String
        var series: Int?

        init(_ text: String, _ series: Int? = nil) { (self.text, self.series) = (text, series) }

        var width: Int { DisplayText.width(text) }
    }

    /// Ends a line; blanks at its end are left out.
    mutating func add(_ pieces: [Piece]) {
        var line = "", blanks = ""
        for piece in pieces {
            guard piece.text.contains(where: { $0 != " " }) else {
                blanks += piece.text
                continue
            }
            line += blanks
            let end = piece.text.lastIndex { $0 != " " }.map { piece.text.index(after: $0) } ?? piece.text.endIndex
            blanks = String(piece.text[end...])
            let text = piece.text[..<end]
            if isColoured, let series = piece.series {
                line += "\u{1b}[38;5;\(ChartLook.terminalColours[series % ChartLook.terminalColours.count])m\(text)\u{1b}[0m"
            } else {
                line += text
            }
        }
        lines.append(line)
    }

    static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }

    /// The text with blanks before it up to `width`.
    static func right(_ text: String, _ width: Int) -> String { blanks(width - DisplayText.width(text)) + text }

    /// What stands for a series in bars.
    func fill(_ series: Int) -> String { isPlain ? ChartLook.fills[series % ChartLook.fills.count] : "█" }

    /// What stands for a series in a plane.
    func mark(_ series: Int) -> String { isPlain ? ChartLook.marks[series % ChartLook.marks.count] : "•" }

    /// The names of the series behind what stands for them, in as many lines as that takes.
    private mutating func drawLegend() {
        guard chart.series.count > 1 else { return }
        let isBars: Bool =
            switch chart.marks {
            case .bars, .bins: true
            case .lines, .points: false
            }
        var pieces: [Piece] = [], used = 0
        for (index, name) in chart.series.enumerated() {
            let name = ChartLook.cut(name, width / 3)
            let size = DisplayText.width(name) + 2
            if used > 0, used + 3 + size > width {
                add(pieces)
                (pieces, used) = ([], 0)
            }
            if used > 0 { pieces.append(Piece("   ")) }
            pieces += [Piece(isBars ? fill(index) : mark(index), index), Piece(" " + name)]
            used += size + (used > 0 ? 3 : 0)
        }
        add(pieces)
    }
}

extension Chart {
    /// The chart in lines of at most `columns` characters' width, for a terminal of so many rows; with colours where it takes them.
    ///
    /// Nothing in it moves the cursor: names come with control characters as visible escapes.
    public func text(columns: Int = 80, rows: Int = 24, isColoured: Bool = false) -> String {
        var text = TextChart(self, columns: columns, rows: rows, isColoured: isColoured)
        text.draw()
        return text.lines.map { $0 + "\n" }.joined()
    }
}
