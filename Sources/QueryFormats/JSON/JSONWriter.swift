// A frame as JSON: an array with one object a line, or one object a line and nothing else.
import QueryFrames

/// Writes all columns of every row, nulls too. Numbers are exact; NaN and the infinities, which JSON lacks, become null.
final class JSONWriter: FrameWriter {
    private let sink: any ByteSink
    private let lines: Bool
    private let buffer = TextBuffer(capacity: 80_000)
    /// What stands before each value: `{"a":`, `,"b":`.
    private var keys: [[UInt8]] = []
    private var rows = 0
    private var notFinite = 0

    init(_ sink: any ByteSink, lines: Bool) {
        self.sink = sink
        self.lines = lines
    }

    var warnings: [FormatWarning] { notFinite > 0 ? [.notFinite(count: notFinite)] : [] }

    func begin(_ schema: Schema) throws(FormatError) {
        let text = TextBuffer()
        keys = schema.fields.enumerated().map { index, field in
            text.removeAll()
            text.append(index == 0 ? UInt8(ascii: "{") : UInt8(ascii: ","))
            var name = field.name
            name.withUTF8 { text.appendJSON(UnsafeRawBufferPointer($0)) }
            text.append(UInt8(ascii: ":"))
            return text.withBytes { Array($0) }
        }
    }

    func write(_ batch: RecordBatch) throws(FormatError) {
        let quoted = batch.columns.map { !JSONWriter.isBare($0.type) }
        try batch.withText { (columns) throws(FormatError) in
            for row in 0..<batch.count {
                if !lines { rows == 0 ? buffer.append("[\n") : buffer.append(",\n") }
                if columns.isEmpty { buffer.append(UInt8(ascii: "{")) }
                for index in 0..<columns.count {
                    keys[index].withUnsafeBytes { buffer.append($0) }
                    append(columns[index], row, quoted: quoted[index])
                }
                buffer.append(UInt8(ascii: "}"))
                if lines { buffer.append(UInt8(ascii: "\n")) }
                rows += 1
                try sink.take(buffer)
            }
        }
    }

    func finish() throws(FormatError) {
        if !lines { rows == 0 ? buffer.append("[]\n") : buffer.append("\n]\n") }
        try sink.take(buffer, all: true)
    }

    private static func isBare(_ type: DataType) -> Bool {
        switch type {
        case .null, .bool, .int64, .float64, .decimal, .json: true
        case .string, .date, .timestamp, .duration, .binary, .list: false
        }
    }

    private func append(_ column: ColumnText, _ row: Int, quoted: Bool) {
        if column.isNull(row) { return buffer.append("null") }
        if let float = column.float(row), !float.isFinite {
            notFinite += 1
            return buffer.append("null")
        }
        if let text = column.utf8(row) { return buffer.appendJSON(text) }
        if quoted { buffer.append(UInt8(ascii: "\"")) }
        column.append(row, to: buffer)
        if quoted { buffer.append(UInt8(ascii: "\"")) }
    }
}
