// A frame as JSON: an array with one object a line, or one object a line and nothing else; several as an object of such arrays.
import QueryFrames

/// Writes all columns of every row, nulls too. Numbers are exact; NaN and the infinities, which JSON lacks, become null.
final class JSONWriter: FramesWriter {
    private let sink: any ByteSink
    private let lines: Bool
    private let buffer = TextBuffer(capacity: 80_000)
    /// A value on its way into a string.
    private let text = TextBuffer()
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
        let forms = batch.columns.map { JSONWriter.form($0.type) }
        try batch.withText(listsAsText: false) { (columns) throws(FormatError) in
            for row in 0..<batch.count {
                if !lines { rows == 0 ? buffer.append("[\n") : buffer.append(",\n") }
                if columns.isEmpty { buffer.append(UInt8(ascii: "{")) }
                for index in 0..<columns.count {
                    keys[index].withUnsafeBytes { buffer.append($0) }
                    append(columns[index], row, forms[index])
                }
                buffer.append(UInt8(ascii: "}"))
                if lines { buffer.append(UInt8(ascii: "\n")) }
                rows += 1
                try sink.take(buffer)
            }
        }
    }

    func finish() throws(FormatError) {
        if !lines {
            close()
            buffer.append(UInt8(ascii: "\n"))
        }
        try sink.take(buffer, all: true)
    }

    /// `{"EU":[...],"US":[...]}`
    func write(_ frames: [NamedFrame], _ workers: Workers) throws(FormatError) {
        for (index, named) in frames.enumerated() {
            buffer.append(index == 0 ? "{\n" : ",\n")
            var name = named.name
            name.withUTF8 { buffer.appendJSON(UnsafeRawBufferPointer($0)) }
            buffer.append(UInt8(ascii: ":"))
            rows = 0
            try begin(named.frame.schema)
            for batch in named.frame.batches { try write(batch) }
            close()
        }
        buffer.append(frames.isEmpty ? "{}\n" : "\n}\n")
        try sink.take(buffer, all: true)
    }

    /// Ends the array of one frame.
    private func close() { buffer.append(rows == 0 ? "[]" : "\n]") }

    /// How the values of a column stand between the keys.
    private enum Form {
        /// As the text of the value is.
        case bare
        /// In quotes; nothing in the text needs an escape.
        case quoted
        /// As a string of JSON.
        case string
        case list
    }

    private static func form(_ type: DataType) -> Form {
        switch type {
        case .null, .bool, .int64, .float64, .decimal, .json: .bare
        case .date, .timestamp, .duration: .quoted
        case .string, .binary: .string
        case .list: .list
        }
    }

    private func append(_ column: ColumnText, _ row: Int, _ form: Form) {
        if column.isNull(row) { return buffer.append("null") }
        if let float = column.float(row), !float.isFinite {
            notFinite += 1
            return buffer.append("null")
        }
        switch form {
        case .bare: column.append(row, to: buffer)
        case .quoted:
            buffer.append(UInt8(ascii: "\""))
            column.append(row, to: buffer)
            buffer.append(UInt8(ascii: "\""))
        case .string:
            if let text = column.utf8(row) { return buffer.appendJSON(text) }
            text.removeAll()
            column.append(row, to: text)
            text.withBytes { buffer.appendJSON($0) }
        case .list: notFinite += column.appendList(row, to: buffer) ?? 0
        }
    }
}
