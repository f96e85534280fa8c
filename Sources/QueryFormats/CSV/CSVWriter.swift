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
            name.withUTF8 { CSVRows(dialect).append(UnsafeRawBufferPointer($0), to: buffer) }
        }
        buffer.append(UInt8(ascii: "\n"))
        try sink.take(buffer)
    }

    func write(_ batch: RecordBatch) throws(FormatError) {
        guard !batch.columns.isEmpty else { return }
        let rows = CSVRows(dialect)
        try batch.withText { (columns) throws(FormatError) in
            for row in 0..<batch.count {
                rows.append(columns, row, to: buffer)
                try sink.take(buffer)
            }
        }
    }

    func finish() throws(FormatError) { try sink.take(buffer, all: true) }

    func write(_ frame: Frame, _ workers: Workers) throws(FormatError) {
        try begin(frame.schema)
        if workers.areWorthwhile(rows: frame.count), !frame.schema.fields.isEmpty {
            try sink.take(buffer, all: true)
            try SharedCSVWriting(sink, CSVRows(dialect)).write(frame, workers)
        } else {
            for batch in frame.batches { try write(batch) }
        }
        try finish()
    }
}
