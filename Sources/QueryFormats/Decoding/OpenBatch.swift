// The batch that is being filled, all its columns at once by the workers.
import QueryFrames

/// Rows that are in their place already, though not enough for a batch. A value, so that the rows of a page can be forgotten.
struct OpenBatch {
    private(set) var rows = 0
    private var columns: [OpenColumn] = []

    /// Adds rows to a batch that will have `capacity` of them. `parts` are let go a column at a time, so that not all is there twice.
    mutating func add(_ parts: consuming [RowPart], columns count: Int, capacity: Int, _ workers: Workers) throws(RowFault) {
        let added = parts.reduce(0) { $0 + $1.count }
        columns = try all(parts, count, workers) { step throws(RowFault) in try step.column(capacity) }
        rows += added
    }

    /// Adds the last rows; gives the columns of the batch, and is empty then.
    mutating func close(_ parts: consuming [RowPart], columns count: Int, _ workers: Workers) throws(RowFault) -> [BatchColumn] {
        let capacity = rows + parts.reduce(0) { $0 + $1.count }
        let batch = try all(parts, count, workers) { step throws(RowFault) in try step.column(capacity).closed() }
        self = OpenBatch()
        return batch
    }

    /// What is to be done for one column.
    private struct Step {
        /// Nil where it was not there before.
        let open: OpenColumn?
        let before: Int
        let parts: [ColumnPart]

        /// The column with its rows added.
        func column(_ capacity: Int) throws(RowFault) -> OpenColumn {
            var column = if let open { open } else { try OpenColumn(nulls: before) }
            defer { withExtendedLifetime(parts) {} }
            try column.append(parts.map(\.run), capacity: capacity)
            return column
        }
    }

    /// What `body` makes of each column, the workers together.
    private mutating func all<Made>(
        _ parts: consuming [RowPart], _ count: Int, _ workers: Workers, _ body: (Step) throws(RowFault) -> Made
    ) throws(RowFault) -> [Made] {
        let steps = UnsafeMutableBufferPointer<Step?>.allocate(capacity: count)
        let made = UnsafeMutableBufferPointer<Result<Made, RowFault>?>.allocate(capacity: count)
        made.initialize(repeating: nil)
        for index in 0..<count {
            let open = index < columns.count ? columns[index] : nil
            steps.initializeElement(at: index, to: Step(open: open, before: rows, parts: parts.map { $0.column(index) }))
        }
        defer {
            steps.deinitialize()
            steps.deallocate()
            made.deinitialize()
            made.deallocate()
        }
        parts = []
        columns = []
        workers.perform(count) { index, _, _ in
            guard let step = steps[index] else { return false }
            do throws(RowFault) { made[index] = .success(try body(step)) } catch { made[index] = .failure(error) }
            steps[index] = nil
            return true
        }
        var results: [Made] = []
        for result in made { if let result { results.append(try result.get()) } }
        return results
    }
}

/// Some rows of a column of a segment; nulls where the segment has no such column.
struct ColumnPart {
    let slot: ColumnSlot?
    let first: Int
    let count: Int

    var run: ValueRun { slot?.run.slice(first, count) ?? .nulls(count) }
}
