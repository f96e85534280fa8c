// One sheet: its header, its rows in order, and the widths of its columns.
import CXLSXWriter
import QueryFrames

/// Writes the cells of one sheet. All of them are known to fit.
final class SheetWriter {
    let schema: Schema
    /// Data rows written so far.
    private(set) var rows = 0
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let styles: SheetStyles
    /// The text of a cell on its way, with the NUL that ends it in C.
    private let text = TextBuffer()
    /// The widest cell of each column, in characters.
    private var widths: [Int]

    /// So many rows are looked at for the widths of columns.
    private static let measuredRows = 1_000
    private static let widestColumn = 60

    init(_ sheet: UnsafeMutablePointer<lxw_worksheet>, _ styles: SheetStyles, _ schema: Schema) {
        (self.sheet, self.styles, self.schema) = (sheet, styles, schema)
        widths = schema.fields.map { DisplayText.width($0.name) }
        Workbook.withPlainNumbers {
            for (index, field) in schema.fields.enumerated() {
                var name = field.name
                name.withUTF8 { writeText(UnsafeRawBufferPointer($0), 0, SheetWriter.place(index), styles.header) }
            }
            if !schema.fields.isEmpty { worksheet_freeze_panes(sheet, 1, 0) }
        }
    }

    /// Writes rows; what does not become a cell of its own type is counted. A run that is cancelled ends early.
    func append(_ batch: RecordBatch, _ counts: inout CellCounts) {
        Workbook.withPlainNumbers {
            batch.withText { columns in
                for row in 0..<batch.count {
                    if row % 256 == 255, Cancellation.stopsHere { return }
                    rows += 1
                    for index in columns.indices where !columns[index].isNull(row) {
                        let cell = SheetCell(column: batch.columns[index], text: columns[index], row: row, styles: styles)
                        if rows <= SheetWriter.measuredRows { measure(cell, index) }
                        write(cell.content(&counts), cell, UInt32(truncatingIfNeeded: rows), SheetWriter.place(index))
                    }
                }
            }
        }
    }

    /// Sets the widths of columns; no row comes after.
    func finish() {
        for (index, width) in widths.enumerated() {
            worksheet_set_column(
                sheet, SheetWriter.place(index), SheetWriter.place(index), Double(min(max(width, 6), SheetWriter.widestColumn) + 2), nil)
        }
    }

    private static func place(_ index: Int) -> UInt16 { UInt16(truncatingIfNeeded: index) }

    private func measure(_ cell: SheetCell, _ index: Int) {
        guard widths[index] < SheetWriter.widestColumn else { return }
        text.removeAll()
        cell.appendText(to: text)
        widths[index] = max(widths[index], DisplayText.width(text.text))
    }

    private func write(_ content: SheetCell.Content, _ cell: SheetCell, _ row: UInt32, _ column: UInt16) {
        switch content {
        case .nothing: break
        case .number(let number, let style): worksheet_write_number(sheet, row, column, number, style)
        case .bool(let value): worksheet_write_boolean(sheet, row, column, value ? 1 : 0, nil)
        case .text:
            if let bytes = cell.text.utf8(cell.row) { return writeText(bytes, row, column, nil) }
            text.removeAll()
            cell.appendText(to: text)
            text.append(0)
            text.withBytes { bytes in
                _ = worksheet_write_string(sheet, row, column, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), nil)
            }
        }
    }

    private func writeText(_ bytes: UnsafeRawBufferPointer, _ row: UInt32, _ column: UInt16, _ style: SheetStyles.Style?) {
        text.removeAll()
        SheetText.append(bytes, to: text)
        text.append(0)
        text.withBytes { bytes in
            _ = worksheet_write_string(sheet, row, column, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), style)
        }
    }
}

/// Text as the format holds it.
enum SheetText {
    /// Appends text of which a reader makes the same: it takes `_x0041_` for an A, and so such an underscore is written as `_x005F_`.
    static func append(_ text: UnsafeRawBufferPointer, to buffer: TextBuffer) {
        for (index, byte) in text.enumerated() {
            buffer.append(byte)
            if byte == UInt8(ascii: "_"), isEscape(text, index) { buffer.append("x005F_") }
        }
    }

    /// Whether `_xHHHH_` stands at `start`.
    private static func isEscape(_ text: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        guard start + 7 <= text.count, text[start + 1] == UInt8(ascii: "x"), text[start + 6] == UInt8(ascii: "_") else { return false }
        return text[(start + 2)..<(start + 6)].allSatisfy { $0 &- 0x30 <= 9 || ($0 | 0x20) &- 0x61 < 6 }
    }
}
