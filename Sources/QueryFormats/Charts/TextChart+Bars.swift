// Bars in characters: lying, with their names before and their values behind them.

extension TextChart {
    /// A line for each name, or for each of its series.
    mutating func drawBars(_ values: [[Double?]], isStacked: Bool) {
        guard case .names(let names) = chart.x.measure else { return }
        let labels = names.map { ChartLook.cut($0, max(width / 3, 8)) }
        let labelWidth = labels.map(DisplayText.width).max() ?? 0
        let shown = isStacked ? [names.indices.map { place in values.reduce(0) { $0 + ($1[place] ?? 0) } }] : values
        let texts = shown.map { $0.map { $0.map(chart.text(ofValue:)) ?? "" } }
        let scale = BarScale(chart.y, room: width - labelWidth - 2 - (texts.joined().map(DisplayText.width).max() ?? 0))
        for place in names.indices {
            for (index, row) in shown.enumerated() {
                let label = index == 0 ? labels[place] : ""
                let before = label + TextChart.blanks(labelWidth - DisplayText.width(label) + 1)
                let bar: [Piece] =
                    if isStacked { stack(values.map { $0[place] ?? 0 }, scale) } else { self.bar(row[place], index, scale) }
                add([Piece(before)] + bar + [Piece(row[place] == nil ? "" : " " + texts[index][place])])
            }
            if shown.count > 1, place + 1 < names.count { add([]) }
        }
    }

    /// A bar from zero to `value`, to the left where that is negative.
    private func bar(_ value: Double?, _ series: Int, _ scale: BarScale) -> [Piece] {
        guard let value else { return [] }
        let cells = abs(value) / scale.perCell
        guard value >= 0 else {
            let count = max(Int(cells.rounded()), 1)
            return [Piece(TextChart.blanks(scale.left - count)), Piece(String(repeating: fill(series), count: count), series)]
        }
        let start = Piece(TextChart.blanks(scale.left))
        if value == 0 { return [start] }
        if isPlain { return [start, Piece(String(repeating: fill(series), count: max(Int(cells.rounded()), 1)), series)] }
        let eighths = max(Int((cells * 8).rounded()), 1)
        let part = eighths % 8 == 0 ? "" : TextChart.eighths[eighths % 8 - 1]
        return [start, Piece(String(repeating: "█", count: eighths / 8) + part, series)]
    }

    /// Blocks from the left, an eighth to seven eighths wide.
    private static let eighths = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// The series' shares one behind the other, in whole characters.
    private func stack(_ values: [Double], _ scale: BarScale) -> [Piece] {
        var sum = 0.0, drawn = 0
        return values.enumerated().map { series, value in
            sum += value
            let end = Int((sum / scale.perCell).rounded())
            defer { drawn = max(drawn, end) }
            return Piece(String(repeating: fill(series), count: max(end - drawn, 0)), series)
        }
    }
}

/// How long bars are.
private struct BarScale {
    /// Characters left of zero.
    let left: Int
    /// The value that takes one character.
    let perCell: Double

    init(_ axis: ChartAxis, room: Int) {
        let room = max(room, 6)
        let below = max(-axis.lower, 0), above = max(axis.upper, 0)
        left = below > 0 ? min(max(Int((axis.place(0) * Double(room)).rounded()), 1), room - 1) : 0
        let right = Double(room - left)
        perCell = max(above / right, left > 0 ? below / Double(left) : 0, Double.leastNormalMagnitude)
    }
}
