// The text of a script and places in it; every later stage speaks of places as spans of one source.

/// A piece of script text with the name people know it by.
public struct Source: Hashable, Sendable {
    /// What places are called by: a file's path as it was given, `-c`, `standard input` or `prompt`.
    public let name: String
    /// The text as UTF-8.
    public let bytes: [UInt8]

    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// The folder that the file stands in; nil where the source is no file with a folder in its name.
    var folder: String? {
        guard let slash = name.lastIndex(of: "/") else { return nil }
        return String(name[..<slash])
    }

    /// The text of `span`.
    public func text(_ span: Span) -> String {
        String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
    }

    /// The line (from 1) and the column (from 1, in characters) of a byte offset.
    public func position(_ offset: Int) -> (line: Int, column: Int) {
        bytes.withUnsafeBufferPointer { bytes in
            let before = bytes[..<min(max(offset, 0), bytes.count)]
            // The number of lines is asked for every message, and a script may have megabytes: counted without a branch.
            let line = before.reduce(1) { $0 &+ ($1 == UInt8(ascii: "\n") ? 1 : 0) }
            let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            return (line, String(decoding: before[start...], as: UTF8.self).count + 1)
        }
    }

    /// The bytes of the line that holds `offset`, without its end.
    public func line(at offset: Int) -> Range<Int> {
        let offset = min(offset, bytes.count)
        var start = offset, end = offset
        while start > 0 && bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        while end < bytes.count && bytes[end] != UInt8(ascii: "\n") { end += 1 }
        if end > start && bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<max(start, end)
    }
}

/// A stretch of a source, in bytes.
public struct Span: Hashable, Sendable {
    public var start: Int32
    public var end: Int32

    public init(_ start: Int, _ end: Int) {
        self.start = Int32(clamping: start)
        self.end = Int32(clamping: end)
    }

    init(start: Int32, end: Int32) {
        self.start = start
        self.end = end
    }

    /// The stretch from the start of this one to the end of `other`.
    public func through(_ other: Span) -> Span { Span(start: start, end: max(end, other.end)) }
}
