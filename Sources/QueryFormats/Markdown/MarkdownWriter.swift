// A frame as a Markdown table: text stays text, whatever Markdown or HTML would make of it.
import QueryFrames

/// Writes a header, the rule with the columns' alignment (numbers to the right), and a line for each row; null is an empty cell.
final class MarkdownWriter: FrameWriter {
    private let sink: any ByteSink
    private let buffer = TextBuffer(capacity: 80_000)

    init(_ sink: any ByteSink) { self.sink = sink }

    func begin(_ schema: Schema) throws(FormatError) {
        guard !schema.fields.isEmpty else { return }
        for field in schema.fields {
            buffer.append("| ")
            var name = field.name
            name.withUTF8 { appendEscaped(UnsafeRawBufferPointer($0)) }
            buffer.append(UInt8(ascii: " "))
        }
        buffer.append("|\n")
        for field in schema.fields { field.type.isNumeric ? buffer.append("| ---: ") : buffer.append("| --- ") }
        buffer.append("|\n")
    }

    func write(_ batch: RecordBatch) throws(FormatError) {
        guard !batch.columns.isEmpty else { return }
        try batch.withText { (columns) throws(FormatError) in
            for row in 0..<batch.count {
                for column in columns {
                    buffer.append("| ")
                    if column.isNull(row) { continue }
                    if let text = column.utf8(row) { appendEscaped(text) } else { column.append(row, to: buffer) }
                    buffer.append(UInt8(ascii: " "))
                }
                buffer.append("|\n")
                try sink.take(buffer)
            }
        }
    }

    func finish() throws(FormatError) { try sink.take(buffer, all: true) }

    /// Backslashes before what has a meaning inside of a cell; a line end becomes `<br>`, since a cell has one line.
    private func appendEscaped(_ text: UnsafeRawBufferPointer) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\r"):
                if index < text.count, text[index] == UInt8(ascii: "\n") { index += 1 }
                buffer.append("<br>")
            case UInt8(ascii: "\n"): buffer.append("<br>")
            case UInt8(ascii: "<"): buffer.append("&lt;")
            case UInt8(ascii: "&") where isEntity(text, index): buffer.append("&amp;")
            case UInt8(ascii: "_") where index > 1 && index < text.count && isWord(text[index - 2]) && isWord(text[index]):
                buffer.append(byte)
            case UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["),
                UInt8(ascii: "]"),
                UInt8(ascii: "~"):
                buffer.append(UInt8(ascii: "\\"))
                buffer.append(byte)
            default: buffer.append(byte)
            }
        }
    }

    /// Whether the text from `start` on would make an entity of the `&` before it, such as `&lt;`.
    private func isEntity(_ text: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        var index = start
        while index < text.count, isWord(text[index]) || text[index] == UInt8(ascii: "#") { index += 1 }
        return index > start && index < text.count && text[index] == UInt8(ascii: ";")
    }

    private func isWord(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 < 26 }
}
