// One format as a row of the registry: its name, endings, options, and the two functions that read and write it.
import QueryFrames

/// All there is to know of a format: help, completion and commands read it from here.
public struct FormatRow: Sendable {
    /// The name by which scripts call the format: `csv`.
    public let name: String
    /// The endings of file names that mean the format, without the dot.
    public let endings: [String]
    /// The format in one line.
    public let summary: String
    /// The options that may follow `with`.
    public let options: [FormatOption]
    /// Makes a frame of bytes; nil where the format is only written.
    public let read: (@Sendable (ByteSource, FormatOptions) throws(FormatError) -> ReadResult)?
    /// Makes what writes a frame to a sink; nil where the format is only read.
    public let write: (@Sendable (any ByteSink, FormatOptions) throws(FormatError) -> any FrameWriter)?
    /// Makes what writes several frames to a sink; nil where the format holds one table.
    public internal(set) var writeSeveral: (@Sendable (any ByteSink, FormatOptions) throws(FormatError) -> any FramesWriter)? = nil

    /// Whether `open` takes the format.
    public var canRead: Bool { read != nil }
    /// Whether `export` takes the format.
    public var canWrite: Bool { write != nil }
    /// Whether `export` takes several frames at once.
    public var holdsSeveral: Bool { writeSeveral != nil }
}

/// One option of a format.
public struct FormatOption: Hashable, Sendable {
    /// The name that stands before `=`.
    public let name: String
    /// What may stand after it: `header=true|false`.
    public let usage: String
    /// What it does, in one line.
    public let summary: String
}

/// A frame that was read, and what a person should know of it.
public struct ReadResult: Sendable {
    public let frame: Frame
    public let warnings: [FormatWarning]
}
