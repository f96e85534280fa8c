// Rows for which an operation has no result. There is hardly ever one, so none of this has to be fast.

/// A set of rows of a batch.
struct RowSet: Sendable {
    private var words: [UInt64]

    /// No rows, of `count` there are.
    init(count: Int) { words = Array(repeating: 0, count: Bitmap.wordCount(count)) }

    /// The rows, of `count`, for which `test` holds.
    init(count: Int, where test: (Int) -> Bool) {
        self.init(count: count)
        for row in 0..<count where test(row) { insert(row) }
    }

    mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }

    func contains(_ row: Int) -> Bool { words[row >> 6] & 1 << UInt64(row & 63) != 0 }

    mutating func formUnion(_ other: RowSet) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    /// The first of the rows, nil where there is none.
    var first: Int? {
        for (index, word) in words.enumerated() where word != 0 { return index * 64 + word.trailingZeroBitCount }
        return nil
    }

    /// Both sets together, nil where there is no row in either.
    static func union(_ left: RowSet?, _ right: RowSet?) -> RowSet? {
        guard var all = left else { return right }
        if let right { all.formUnion(right) }
        return all
    }
}
