// What the tests of formats share: frames from text and text from frames, by the registry as commands use it.
import QueryFormats
import QueryFrames
import Testing

/// Reads `text` as `format`.
func read(_ format: String, _ text: String, _ options: [String: Scalar] = [:]) throws -> ReadResult {
    try read(format, bytes: Array(text.utf8), options)
}

/// Reads bytes as `format`; errors call the input `t`.
func read(_ format: String, bytes: [UInt8], _ options: [String: Scalar] = [:]) throws -> ReadResult {
    let row = try #require(Formats.row(named: format))
    let reader = try #require(row.read)
    return try reader(ByteSource(bytes: bytes, name: "t"), FormatOptions(values: options))
}

/// What `format` makes of a frame, and the writer that did it.
func writeWithWriter(
    _ format: String, _ frame: Frame, _ options: FormatOptions = FormatOptions()
) throws -> (text: String, writer: any FrameWriter) {
    let row = try #require(Formats.row(named: format))
    let make = try #require(row.write)
    let sink = MemorySink()
    let writer = try make(sink, options)
    try writer.write(frame)
    return (sink.text, writer)
}

/// What `format` makes of a frame.
func write(_ format: String, _ frame: Frame, _ options: [String: Scalar] = [:]) throws -> String {
    try writeWithWriter(format, frame, FormatOptions(values: options)).text
}

/// The rows of a frame as values.
func rows(_ frame: Frame) -> [[Scalar]] {
    frame.batches.flatMap { batch in (0..<batch.count).map { row in batch.columns.map { $0.scalar(row) } } }
}

/// Column `index` of a frame as values.
func column(_ frame: Frame, _ index: Int = 0) -> [Scalar] {
    frame.batches.flatMap { batch in (0..<batch.count).map { batch.columns[index].scalar($0) } }
}

/// The error that `body` throws.
func formatError(_ body: () throws -> some Any) -> FormatError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? FormatError
    }
}

/// A column of `values`, all of `type` or null.
func makeColumn(_ type: DataType, _ values: [Scalar]) -> Column { Column(type, values) }

/// A frame of one batch from columns of values.
func makeFrame(_ columns: [(String, DataType, [Scalar])]) -> Frame {
    Frame(schema: Schema(columns.map { Field($0.0, $0.1) }), columns: columns.map { makeColumn($0.1, $0.2) })
}
