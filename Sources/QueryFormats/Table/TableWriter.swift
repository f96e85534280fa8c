// A frame as a table for people: header, rule, rows, with every column as wide as its widest value.
import QueryFrames

/// Writes a table once all rows are known.
///
/// Where `rows` limits it, batches are kept until the end and only the shown rows become text. Nothing that data holds
/// reaches the terminal as a control character.
final class TableWriter: FrameWriter {
    private let sink: any ByteSink
    private let layout: TableLayout
    private var schema = Schema([])
    private var batches: [RecordBatch] = []
    private var count = 0
    private(set) var footer: String?

    init(_ sink: any ByteSink, _ layout: TableLayout) {
        self.sink = sink
        self.layout = layout
    }

    func begin(_ schema: Schema) throws(FormatError) { self.schema = schema }

    func write(_ batch: RecordBatch) throws(FormatError) {
        batches.append(batch)
        count += batch.count
    }

    func finish() throws(FormatError) {
        let shown = schema.fields.count
        footer =
            "\(TableWriter.grouped(count)) \(count == 1 ? "row" : "rows") × \(TableWriter.grouped(shown)) \(shown == 1 ? "column" : "columns")"
        guard !schema.fields.isEmpty else { return }
        let cells = makeCells()
        // What was broken off is no table.
        if Cancellation.stopsHere { throw .closedPipe(path: "") }
        let columns = layout.fit(cells.map(\.width))
        tellWhatIsShown(columns)
        let line = TextBuffer()
        for index in 0..<cells[0].count {
            write(index, columns, cells, to: line)
            if index == 0 { writeRule(columns, to: line) }
            try sink.take(line)
        }
        try sink.take(line, all: true)
        batches = []
    }

    /// The text of all rows that are shown, with a gap where some are left out.
    private func makeCells() -> [TableCells] {
        let cells = schema.fields.map(TableCells.init)
        var head = count, tail = count
        if let limit = layout.rows, count > limit {
            head = (limit + 1) / 2
            tail = count - limit / 2
        }
        var first = 0
        for batch in batches {
            batch.withText { columns in
                for (index, text) in columns.enumerated() {
                    append(text, 0..<max(0, min(batch.count, head - first)), to: cells[index])
                    if head < tail, head >= first, head < first + batch.count { cells[index].appendGap() }
                    let from = max(max(tail, head) - first, 0)
                    if from < batch.count { append(text, from..<batch.count, to: cells[index]) }
                }
            }
            first += batch.count
        }
        return cells
    }

    /// The text of these rows, until the work at hand is cancelled.
    private func append(_ text: ColumnText, _ rows: Range<Int>, to cells: TableCells) {
        for row in rows {
            if row % 1024 == 1023, Cancellation.stopsHere { return }
            cells.append(text, row)
        }
    }

    private func write(_ index: Int, _ columns: [TableLayout.Shown], _ cells: [TableCells], to line: TextBuffer) {
        for (place, column) in columns.enumerated() {
            if place > 0 { line.append(blanks: TableLayout.gap) }
            switch column {
            case .omitted: line.append("…")
            case .column(let number, let width):
                cells[number].write(index, width: width, last: place == columns.count - 1, styled: layout.styled, to: line)
            }
        }
        line.append(UInt8(ascii: "\n"))
    }

    private func writeRule(_ columns: [TableLayout.Shown], to line: TextBuffer) {
        for (place, column) in columns.enumerated() {
            if place > 0 { line.append(blanks: TableLayout.gap) }
            switch column {
            case .omitted: line.append("─")
            case .column(_, let width): for _ in 0..<width { line.append("─") }
            }
        }
        line.append(UInt8(ascii: "\n"))
    }

    /// Adds to the footer what is left of the frame, where that is not all: `(40 × 9 shown)`.
    private func tellWhatIsShown(_ columns: [TableLayout.Shown]) {
        let rows = min(count, layout.rows ?? count)
        let shown = columns.filter { $0 != .omitted }.count
        guard rows < count || shown < schema.fields.count else { return }
        footer? += " (\(TableWriter.grouped(rows)) × \(TableWriter.grouped(shown)) shown)"
    }

    /// `1,234,567`.
    private static func grouped(_ number: Int) -> String {
        var digits = String(number)
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
            place -= 3
        }
        return digits
    }
}
