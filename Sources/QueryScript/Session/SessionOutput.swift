// Where a session's output goes; the host decides, the session only writes.
import QueryFormats

/// Takes what a session writes.
public protocol SessionOutput: AnyObject, Sendable {
    /// Takes data: what `print`, `show` and `export` write to standard output.
    func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError)
    /// Hands on what is buffered.
    func flush() throws(FormatError)
    /// Takes a line for people: a warning, a notice. Never part of the data.
    func message(_ text: String)
    /// Takes note of something that has happened. An error that comes here is told to people nowhere else.
    func event(_ event: SessionEvent)
    /// Whether somebody follows what happens, so that it is worth asking how far a job has come.
    var followsEvents: Bool { get }
    /// Whether data may be coloured: it is shown on a terminal that can.
    var takesColour: Bool { get }
    /// The size of the terminal that data is shown on, or nil where it goes to a file or a pipe.
    var terminal: TerminalSize? { get }
}

extension SessionOutput {
    public func event(_ event: SessionEvent) {}
    public var followsEvents: Bool { false }
    public var takesColour: Bool { false }

    /// Writes text and a line's end as data.
    public func write(line text: String) throws(FormatError) {
        let bytes = Array(text.utf8) + [UInt8(ascii: "\n")]
        var failure: FormatError?
        bytes.withUnsafeBytes { raw in
            do throws(FormatError) { try write(raw) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}

/// Columns and rows of a terminal.
public struct TerminalSize: Sendable {
    public var columns: Int
    public var rows: Int

    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}

extension TerminalSize {
    /// How many rows of a frame are shown unless told: beside them stand the header, its rule, the mark of what is left out,
    /// the footer and the next prompt.
    var shownRows: Int64 { Int64(min(max(rows - 5, 10), 40)) }
}

/// A session's output as formats write to it.
final class OutputSink: ByteSink {
    let output: any SessionOutput

    init(_ output: any SessionOutput) { self.output = output }

    func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) { try output.write(bytes) }
}
