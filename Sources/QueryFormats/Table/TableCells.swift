// The shown rows of one column as text, side by side in one buffer; widths have to be known before a line is written.
import QueryFrames

/// Cells of one column.
final class TableCells {
    /// Whether the values stand at the right, as numbers do.
    let alignsRight: Bool
    /// The widest cell, the name included.
    private(set) var width = 0
    private let buffer = TextBuffer()
    private var ends: [(end: Int, width: Int, isNull: Bool)] = []

    init(_ field: Field) {
        alignsRight = field.type.isNumeric || field.type == .duration
        append(text: field.name)
    }

    /// The number of cells, the name included.
    var count: Int { ends.count }

    private func append(text: String) {
        var width = 0
        for scalar in text.unicodeScalars { width += DisplayText.append(scalar, to: buffer) }
        close(width)
    }

    private func close(_ cellWidth: Int, isNull: Bool = false) {
        ends.append((buffer.count, cellWidth, isNull))
        width = max(width, cellWidth)
    }

    /// Appends the value of `row`.
    func append(_ column: ColumnText, _ row: Int) {
        if column.column.isNull(row) {
            buffer.append("null")
            close(4, isNull: true)
        } else if column.isText {
            append(text: String(decoding: column.column.utf8(row), as: UTF8.self))
        } else {
            let before = buffer.count
            column.append(row, to: buffer)
            close(buffer.count - before)
        }
    }

    /// Appends the mark of rows that are left out.
    func appendGap() {
        buffer.append("⋮")
        close(1)
    }

    /// Writes cell `index` in `width` columns, cut with `…` where it is wider; without blanks at the end if `last`.
    func write(_ index: Int, width: Int, last: Bool, styled: Bool, to line: TextBuffer) {
        let cell = ends[index]
        let start = index == 0 ? 0 : ends[index - 1].end
        let text = UnsafeRawBufferPointer(start: buffer.pointer + start, count: cell.end - start)
        let padding = max(0, width - cell.width)
        if alignsRight { line.append(blanks: padding) }
        let dim = styled && cell.isNull
        if dim { line.append("\u{1b}[2m") }
        if cell.width <= width {
            line.append(text)
        } else {
            appendCut(String(decoding: text, as: UTF8.self), to: width, line)
        }
        if dim { line.append("\u{1b}[0m") }
        if !alignsRight && !last { line.append(blanks: padding) }
    }

    private func appendCut(_ text: String, to width: Int, _ line: TextBuffer) {
        var used = 0
        for scalar in text.unicodeScalars {
            let next = DisplayWidth.of(scalar)
            guard used + next <= width - 1 else { break }
            line.append(String(scalar))
            used += next
        }
        line.append("…")
        if used < width - 1 { line.append(blanks: width - 1 - used) }
    }
}

extension TextBuffer {
    /// Appends spaces.
    func append(blanks count: Int) {
        for _ in 0..<count { append(UInt8(ascii: " ")) }
    }
}
