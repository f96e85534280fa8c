// How a table is fitted: which columns are cut or left out so that the lines fit the terminal.
import QueryFrames

/// The options of a table, and the decision what is shown of it.
struct TableLayout {
    /// Columns of the terminal; nil where nothing may be cut.
    var width: Int?
    /// At most so many rows are shown, from the beginning and the end; nil for all.
    var rows: Int?
    /// Whether null may be dimmed by escape sequences.
    var styled: Bool

    static let options: [FormatOption] = [
        FormatOption(name: "rows", usage: "rows=N", summary: "at most so many rows, from the beginning and the end"),
        FormatOption(name: "width", usage: "width=N", summary: "at most so many columns of the terminal a line"),
    ]

    /// Spaces between two columns.
    static let gap = 2
    /// Columns are not cut below this.
    static let narrowest = 8

    init(_ options: FormatOptions) throws(FormatError) {
        let arguments = try FormatArguments(options, format: "table", known: TableLayout.options)
        rows = try arguments.count("rows", minimum: 1)
        width = try arguments.count("width", minimum: 1) ?? options.width
        styled = options.styled
    }

    /// A column of the table as shown: one of the frame's with its width, or the `…` for those left out.
    enum Shown: Equatable {
        case column(Int, width: Int)
        case omitted
    }

    /// Fits columns of these natural widths: first the widest are cut, then those in the middle are left out.
    func fit(_ natural: [Int]) -> [Shown] {
        let all = natural.indices.map { Shown.column($0, width: natural[$0]) }
        guard let width, !natural.isEmpty else { return all }
        let gaps = TableLayout.gap * (natural.count - 1)
        if natural.reduce(gaps, +) <= width { return all }

        let least = natural.map { min($0, TableLayout.narrowest) }
        if least.reduce(gaps, +) <= width {
            let widths = TableLayout.cut(natural, to: width - gaps)
            return natural.indices.map { .column($0, width: widths[$0]) }
        }
        // Columns are taken in turn from the left and the right, as long as they fit beside the `…`.
        var left: [Int] = [], right: [Int] = []
        var used = 1
        var (low, high) = (0, natural.count - 1)
        while low <= high {
            let fromLeft = left.count <= right.count
            let next = fromLeft ? low : high
            guard used + TableLayout.gap + least[next] <= width else { break }
            used += TableLayout.gap + least[next]
            if fromLeft {
                left.append(next)
                low += 1
            } else {
                right.insert(next, at: 0)
                high -= 1
            }
        }
        if left.isEmpty { return [.column(0, width: max(1, min(natural[0], width)))] }
        let kept = left + right
        let room = width - 1 - TableLayout.gap * kept.count
        let widths = TableLayout.cut(kept.map { natural[$0] }, to: room)
        var shown = zip(kept, widths).map { Shown.column($0, width: $1) }
        shown.insert(.omitted, at: left.count)
        return shown
    }

    /// The widths cut so that their sum is at most `room`: all that are wider than some width get that width.
    private static func cut(_ natural: [Int], to room: Int) -> [Int] {
        var low = 1, high = max(natural.max() ?? 1, 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if natural.reduce(0, { $0 + min($1, middle) }) <= room { low = middle } else { high = middle - 1 }
        }
        var widths = natural.map { min($0, low) }
        var spare = room - widths.reduce(0, +)
        for index in widths.indices where spare > 0 && widths[index] < natural[index] {
            widths[index] += 1
            spare -= 1
        }
        return widths
    }
}
