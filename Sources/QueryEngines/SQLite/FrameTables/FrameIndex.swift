// Finds the rows of a frame by the value of one column, so that a join of two frames does not read one for each row of the other.
import QueryFrames

/// The rows of one column by the hash of their value; a lookup gives every row that has the value and perhaps others.
final class FrameIndex {
    /// The first row of each bucket, and the row after each row in its bucket; -1 ends a chain.
    private var heads: [Int32]
    private var followers: [Int32]
    private let mask: Int

    /// Nil where the run is cancelled before the index is built.
    init?(_ source: FrameSource, column: Int, _ cancellation: Cancellation) {
        let count = source.frame.count
        var size = 64
        while size < count * 2 { size *= 2 }
        mask = size - 1
        heads = Array(repeating: -1, count: size)
        followers = Array(repeating: -1, count: count)
        // From the last row to the first, so that a chain gives the rows in their order.
        for batch in (0..<source.batchCount).reversed() {
            if cancellation.isRaised { return nil }
            let cells = source.cells[batch * source.columnCount + column]
            let first = source.starts[batch]
            for row in (0..<source.frame.batches[batch].count).reversed() where !cells.isNull(row) {
                let bucket = Int(truncatingIfNeeded: FrameKey.hash(cells, row)) & mask
                followers[first + row] = heads[bucket]
                heads[bucket] = Int32(truncatingIfNeeded: first + row)
            }
        }
    }

    /// The first row that may have a value of this hash, or -1.
    func first(_ hash: UInt64) -> Int { Int(heads[Int(truncatingIfNeeded: hash) & mask]) }

    /// The next such row after `row`, or -1.
    func next(_ row: Int) -> Int { Int(followers[row]) }
}
