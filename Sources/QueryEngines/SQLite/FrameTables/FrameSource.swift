// A frame opened for reading by row: what the cursors of one virtual table share.
import QueryFrames

/// The cells of a frame, batch after batch, and the indexes that its statement turned out to need.
final class FrameSource {
    let frame: Frame
    let columnCount: Int
    let batchCount: Int
    /// The cells of batch `b` and column `c` at `b * columnCount + c`.
    let cells: UnsafeMutablePointer<FrameCells>
    /// The first row of each batch, and after them the number of all rows.
    let starts: UnsafeMutablePointer<Int>
    private let cancellation: Cancellation
    private let days: [DayTexts?]
    /// The index of each column, once it was worth building.
    private var indexes: [FrameIndex?]
    private var lookups: [Int]
    private var distinct: [Int?]

    init(_ frame: Frame, _ cancellation: Cancellation) {
        self.frame = frame
        self.cancellation = cancellation
        columnCount = frame.schema.fields.count
        batchCount = frame.batches.count
        cells = UnsafeMutablePointer<FrameCells>.allocate(capacity: max(batchCount * columnCount, 1))
        starts = UnsafeMutablePointer<Int>.allocate(capacity: batchCount + 1)
        indexes = Array(repeating: nil, count: columnCount)
        lookups = Array(repeating: 0, count: columnCount)
        distinct = Array(repeating: nil, count: columnCount)
        days = frame.schema.fields.enumerated().map { place, field in field.type == .date ? DayTexts(frame, place) : nil }
        var row = 0
        for (index, batch) in frame.batches.enumerated() {
            starts[index] = row
            row += batch.count
            for (place, column) in batch.columns.enumerated() {
                let cell = cells + index * columnCount + place
                cell.initialize(to: FrameCells(column))
                if let days = days[place] {
                    cell.pointee.kind = .writtenDate
                    cell.pointee.bytes = days.origin
                }
            }
        }
        starts[batchCount] = row
    }

    deinit {
        cells.deallocate()
        starts.deallocate()
    }

    /// The batch that holds `row`.
    func batch(of row: Int) -> Int {
        var low = 0, high = batchCount
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= row { low = middle } else { high = middle }
        }
        return low
    }

    /// The index of `column`; nil at the first lookup, which costs no more by reading every row, where there are more
    /// rows than an index numbers, and once the run is cancelled.
    func index(_ column: Int) -> FrameIndex? {
        lookups[column] += 1
        if let index = indexes[column] { return index }
        guard lookups[column] > 1, frame.count < Int(Int32.max) else { return nil }
        indexes[column] = FrameIndex(self, column: column, cancellation)
        return indexes[column]
    }

    /// About how many different values `column` has, judged by a few rows from all over the frame.
    func distinctValues(_ column: Int) -> Int {
        if let known = distinct[column] { return known }
        var seen: Set<UInt64> = []
        let sample = min(frame.count, 64)
        for step in 0..<sample {
            let row = frame.count / sample * step
            let batch = batch(of: row)
            let cells = cells[batch * columnCount + column]
            if !cells.isNull(row - starts[batch]) { seen.insert(FrameKey.hash(cells, row - starts[batch])) }
        }
        // A sample with hardly a repetition stands for a column with hardly any.
        let estimate = seen.count * 10 > sample * 9 ? frame.count : seen.count
        distinct[column] = max(estimate, 1)
        return max(estimate, 1)
    }
}
