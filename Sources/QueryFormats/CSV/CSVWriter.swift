// A frame as separated values: quotes only where a reader would otherwise read something else.
import QueryFrames

/// Writes RFC 4180 with `\n` as line end.
///
/// Null is nothing at all (or the `null` text) and the empty string `""`. The null of a frame of one column is a blank
/// line, which the reader of a file of one column takes for a null.
final class CSVWriter: FrameWriter {
    private let sink: any ByteSink
    private let dialect: CSVDialect
    private let buffer = TextBuffer(capacity: 80_000)

    init(_ sink: any ByteSink, _ dialect: CSVDialect) {
        self.sink = sink
        self.dialect = dialect
    }

    func begin(_ schema: Schema) throws(FormatError) {
        guard dialect.header, !schema.fields.isEmpty else { return }
        for (index, field) in schema.fields.enumerated() {
            if index > 0 { buffer.append(dialect.delimiter) }
            var name = field.name
            name.withUTF8 { append(UnsafeRawBufferPointer($0)) }
        }
        buffer.append(UInt8(ascii: "\n"))
        try sink.take(buffer)
    }

    func write(_ batch: RecordBatch) throws(FormatError) {
        let columns = batch.columns.map(ColumnText.init)
        guard !columns.isEmpty else { return }
        let delimiter = dialect.delimiter
        for row in 0..<batch.count {
            var first = true
            for column in columns {
                if first { first = false } else { buffer.append(delimiter) }
                if column.column.isNull(row) {
                    for byte in dialect.null { buffer.append(byte) }
                } else if column.isText {
                    append(column.column.utf8(row))
                } else {
                    column.append(row, to: buffer)
                }
            }
            buffer.append(UInt8(ascii: "\n"))
            try sink.take(buffer)
        }
    }

    func finish() throws(FormatError) { try sink.take(buffer, all: true) }

    /// Appends text, in quotes where it has to be.
    private func append(_ text: UnsafeRawBufferPointer) {
        guard dialect.quotes && needsQuotes(text) else { return buffer.append(text) }
        buffer.append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "\""))
    }

    private func needsQuotes(_ text: UnsafeRawBufferPointer) -> Bool {
        // U+FEFF at the beginning of a file would be taken for a byte order mark.
        if text.isEmpty || text[0] == 0xef && text.starts(with: [0xef, 0xbb, 0xbf]) { return true }
        let delimiter = dialect.delimiter
        for byte in text where byte <= UInt8(ascii: "\"") || byte == delimiter {
            if byte == delimiter || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return true }
        }
        return text.count == dialect.null.count && text.elementsEqual(dialect.null)
    }
}
