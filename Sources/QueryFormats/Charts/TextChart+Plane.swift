// Lines, points and histograms in characters: a plane between two axes with labels.

extension TextChart {
    /// What stands in one character of the plane; nil for nothing.
    typealias Cell = (text: String, series: Int?)

    // MARK: Lines and points

    /// A point for each place, joined where they make lines.
    mutating func drawPaths(_ paths: [[Chart.Point]], joined: Bool) {
        let x = joined ? chart.x : chart.x.rounded(width / 14)
        let plane = plane(of: chart.y.rounded(height / 3))
        var canvas = BrailleCanvas(columns: plane.columns, rows: height)
        var marks = [[Int?]](repeating: Array(repeating: nil, count: plane.columns), count: height)
        let size = isPlain ? (x: plane.columns, y: height) : canvas.size
        for (series, path) in paths.enumerated() {
            var last: (x: Int, y: Int)?
            for point in path {
                guard point.y.isFinite else {
                    last = nil
                    continue
                }
                let place = (
                    x: Int((x.place(point.x) * Double(size.x - 1)).rounded()),
                    y: Int(((1 - plane.y.place(point.y)) * Double(size.y - 1)).rounded()))
                RasterLine.each(joined ? last ?? place : place, place) { x, y in
                    if !isPlain { canvas.set(x, y, series: series) } else if marks.indices.contains(y), marks[y].indices.contains(x) { marks[y][x] = series }
                }
                last = place
            }
        }
        let cells = (0..<height).map { row in
            (0..<plane.columns).map { column -> Cell? in isPlain ? marks[row][column].map { (mark($0), $0) } : canvas.character(column, row) }
        }
        let last = Double(height * 4 - 1)
        draw(plane, x, cells) { Int(((1 - $0) * last).rounded()) / 4 }
    }

    // MARK: Histograms

    /// A standing bar for each bin, with no room between them.
    mutating func drawBins(_ edges: [Double], _ counts: [[Int]]) {
        let bins = edges.count - 1
        var plane = plane(of: chart.y.rounded(height / 3))
        if plane.columns >= bins { plane.columns = plane.columns / bins * bins }
        let (columns, height) = (plane.columns, height)
        let cells = (0..<height).map { row in
            (0..<columns).map { column -> Cell? in
                // A character that several bins share shows the first of them.
                let bin = min(column * bins / columns, bins - 1)
                return self.cell(counts.map { $0[bin] }, plane.y, below: height - 1 - row)
            }
        }
        draw(plane, chart.x, cells) { height - Int(($0 * Double(height)).rounded()) }
    }

    /// What stands in the character of a bin that has `below` characters between it and the axis.
    private func cell(_ counts: [Int], _ axis: ChartAxis, below: Int) -> Cell? {
        if counts.count > 1 { return stackedCell(counts, axis, below) }
        let top = axis.place(Double(counts[0])) * Double(height) * 8
        let eighths = min(max(Int(top.rounded()), counts[0] > 0 ? 1 : 0) - below * 8, 8)
        return eighths > 0 ? (TextChart.heights[eighths - 1], 0) : nil
    }

    /// Blocks from the bottom, an eighth to eight eighths high.
    private static let heights = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// The series that covers the character `below` characters above the axis.
    private func stackedCell(_ counts: [Int], _ axis: ChartAxis, _ below: Int) -> Cell? {
        var sum = 0
        for (series, count) in counts.enumerated() {
            sum += count
            if count > 0, (axis.place(Double(sum)) * Double(height)).rounded() > Double(below) { return (fill(series), series) }
        }
        return nil
    }

    // MARK: Axes

    /// The room between the axes.
    private struct Plane {
        let y: ChartAxis
        let ticks: [ChartTick]
        let labelWidth: Int
        var columns: Int
    }

    private func plane(of y: ChartAxis) -> Plane {
        let ticks = y.ticks(height / 3)
        let labelWidth = ticks.map { DisplayText.width($0.label) }.max() ?? 0
        return Plane(y: y, ticks: ticks, labelWidth: labelWidth, columns: max(width - labelWidth - 2, 8))
    }

    /// Writes the plane with its axes; `rowOf` gives the row for a place of the y axis.
    private mutating func draw(_ plane: Plane, _ x: ChartAxis, _ cells: [[Cell?]], rowOf: (Double) -> Int) {
        var labels: [Int: String] = [:]
        for tick in plane.ticks { labels[min(max(rowOf(plane.y.place(tick.value)), 0), height)] = tick.label }
        for (row, cells) in cells.enumerated() {
            var pieces = [Piece(TextChart.right(labels[row] ?? "", plane.labelWidth)), Piece(labels[row] == nil ? " │" : " ┤")]
            for cell in cells {
                let cell = cell ?? (" ", nil)
                // One piece for neighbours of one series.
                let joins = pieces.count > 2 && pieces[pieces.count - 1].series == cell.series
                if joins { pieces[pieces.count - 1].text += cell.text } else { pieces.append(Piece(cell.text, cell.series)) }
            }
            add(pieces)
        }
        drawBottom(plane, x, labels[height])
    }

    /// The x axis, its labels and its title.
    private mutating func drawBottom(_ plane: Plane, _ x: ChartAxis, _ zero: String?) {
        let isNames: Bool = if case .names = x.measure { true } else { false }
        func column(_ tick: ChartTick) -> Int { min(max(Int((x.place(tick.value) * Double(plane.columns - 1)).rounded()), 0), plane.columns - 1) }
        let row = LabelRow.fitting(
            x, length: Double(plane.columns), gap: isNames ? 1 : 3, longest: 20, place: { Double(column($0)) + 0.5 },
            width: { Double(DisplayText.width($0)) })
        let marked = Set(row.labels.map { column($0.tick) })
        let axis = (0..<plane.columns).map { marked.contains($0) ? "┬" : "─" }.joined()
        add([Piece(TextChart.right(zero ?? "", plane.labelWidth)), Piece(zero == nil ? " └" : " ┼"), Piece(axis)])
        var line = TextChart.blanks(plane.labelWidth + 2), used = 0
        for (start, tick) in row.labels {
            let start = Int(start.rounded(.down))
            line += TextChart.blanks(start - used) + tick.label
            used = start + DisplayText.width(tick.label)
        }
        add([Piece(line)])
        let title = ChartLook.cut(x.title(for: row.labels.map(\.tick)), plane.columns)
        add([Piece(TextChart.blanks(plane.labelWidth + 2 + (plane.columns - DisplayText.width(title)) / 2) + title)])
    }
}
