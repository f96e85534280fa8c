// The text of a cell as it goes into a string column: doubled quotes undone.
import QueryFrames

/// Writes the text of cells into memory that has room for it; none of these is longer than what it is made from.
enum CellText {
    /// Writes the text of a cell that does not stand as it is; gives its length.
    static func decode(_ kind: Cell.Kind, _ source: UnsafeRawPointer, _ length: Int, to target: UnsafeMutableRawPointer) -> Int {
        let from = source.assumingMemoryBound(to: UInt8.self), to = target.assumingMemoryBound(to: UInt8.self)
        switch kind {
        case .null: return 0
        case .doubledQuotes: return undouble(from, length, to)
        case .bare, .string:
            target.copyMemory(from: source, byteCount: length)
            return length
        }
    }

    /// `a ""b""` as `a "b"`.
    private static func undouble(_ from: UnsafePointer<UInt8>, _ length: Int, _ to: UnsafeMutablePointer<UInt8>) -> Int {
        var at = 0, written = 0
        while at < length {
            to[written] = from[at]
            written += 1
            at += from[at] == UInt8(ascii: "\"") ? 2 : 1
        }
        return written
    }
}
