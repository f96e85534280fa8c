// What turns batches of rows into bytes, one conformance a format.
import QueryFrames

/// Writes one frame: `begin` once, `write` for each batch, `finish` once. The sink is the caller's to flush or commit.
public protocol FrameWriter: AnyObject {
    /// Takes the columns' names and types and writes what stands before the rows.
    func begin(_ schema: Schema) throws(FormatError)
    /// Writes rows, whose columns have the schema's types.
    func write(_ batch: RecordBatch) throws(FormatError)
    /// Writes what stands after the rows.
    func finish() throws(FormatError)
    /// Writes a whole frame: all of the above. The bytes do not depend on the number of workers.
    func write(_ frame: Frame, _ workers: Workers) throws(FormatError)
    /// What a person should know of the values written so far.
    var warnings: [FormatWarning] { get }
    /// A line about the frame that is no part of the data, such as `1,234 rows × 5 columns`; nil before `finish` or where there is none.
    var footer: String? { get }
}

/// Writes several frames into one file as well.
public protocol FramesWriter: FrameWriter {
    /// Writes all of them, in their order; instead of any of the other calls.
    func write(_ frames: [NamedFrame], _ workers: Workers) throws(FormatError)
}

/// One frame of several, and what it is called among them: the name of a sheet, of a table.
public struct NamedFrame: Sendable {
    public let name: String
    public let frame: Frame

    public init(_ name: String, _ frame: Frame) { (self.name, self.frame) = (name, frame) }
}

extension FrameWriter {
    public var warnings: [FormatWarning] { [] }
    public var footer: String? { nil }

    /// Writes a whole frame with as many workers as there are.
    public func write(_ frame: Frame) throws(FormatError) { try write(frame, .available) }

    /// Writes a whole frame on one thread.
    public func write(_ frame: Frame, _ workers: Workers) throws(FormatError) {
        try begin(frame.schema)
        for batch in frame.batches { try write(batch) }
        try finish()
    }
}
