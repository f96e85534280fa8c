// Looking for a string of at most eight bytes in a column: one word to compare a row, no call, no branch.

/// A string of at most eight bytes, as one word.
struct ShortText {
    private let word: UInt64
    private let mask: UInt64
    private let count: Int32

    /// Nil where `text` is longer.
    init?(_ text: Text) {
        guard text.count <= 8 else { return nil }
        var word: UInt64 = 0
        for index in 0..<text.count { word |= UInt64(text.start[index]) << UInt64(index * 8) }
        self.word = word
        mask = text.count == 8 ? .max : (1 << UInt64(text.count * 8)) - 1
        count = Int32(text.count)
    }

    /// The rows of a column that hold the string; nil where its layout does not allow to read eight bytes of every row.
    func rows(_ column: Column) -> Buffer? {
        guard case .variable(let offsets, let bytes) = column.storage else { return nil }
        let at = offsets.values(as: Int32.self), from = bytes.pointer
        let readable = bytes.byteCount + (bytes.owner is MutableBuffer ? MutableBuffer.padding : 0)
        guard column.count > 0, Int(at[column.count - 1]) + 8 <= readable else { return nil }
        return Bitmap.rows(column.count) { row in
            let start = at[row]
            let difference = UInt64(littleEndian: from.loadUnaligned(fromByteOffset: Int(start), as: UInt64.self)) & mask ^ word
            return difference | UInt64(truncatingIfNeeded: (at[row &+ 1] &- start) ^ count) == 0
        }
    }
}
