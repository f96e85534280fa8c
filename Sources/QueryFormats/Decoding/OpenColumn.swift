// One column of the batch that is being filled: rows go to their place in it as soon as there are enough of them.
import QueryFrames

/// Rows of a column, most often all of one shape. Where shapes change, what there was is put aside, and joined when the batch is full.
/// A value, so that the rows of a page can be forgotten.
struct OpenColumn {
    private var aside: [BatchColumn] = []
    private var fill: ColumnFill?
    /// Rows in `fill` that are of this column.
    private var used = 0

    init() {}

    /// A column whose first `count` rows, which came before it did, are null.
    init(nulls count: Int) throws(RowFault) {
        if count > 0 { aside = [try BatchColumn([ValueRun.nulls(count)])] }
    }

    /// Adds rows of a batch that will have `capacity` of them.
    mutating func append(_ runs: [ValueRun], capacity: Int) throws(RowFault) {
        for (index, run) in runs.enumerated() where run.count > 0 {
            if run.marks != nil {
                putAside()
                aside.append(try BatchColumn([run]))
                continue
            }
            if let fill, run.shape != .empty, (run.shape, run.keptMark) != (fill.shape, fill.mark) { putAside() }
            let fill = fill ?? start(runs[index...], capacity)
            self.fill = fill
            try fill.append(run, after: used)
            used += run.count
        }
    }

    /// Memory for rows like the first of these, and for as much text as there probably is in the rest of the batch.
    private func start(_ runs: ArraySlice<ValueRun>, _ capacity: Int) -> ColumnFill {
        let shape = runs.first?.shape ?? .empty, rows = capacity - aside.reduce(0) { $0 + $1.count }
        let added = runs.reduce(0) { $0 + $1.count }
        var bytes = runs.reduce(0) { $0 + ($1.shape.hasBytes ? $1.byteCount : 0) }
        if added < rows { bytes = bytes * rows / max(added, 1) * 17 / 16 }
        return ColumnFill(shape, mark: runs.first?.keptMark ?? 0, capacity: rows, bytes: bytes)
    }

    private mutating func putAside() {
        if let fill {
            fill.forget(after: used)
            aside.append(BatchColumn(fill))
        }
        (fill, used) = (nil, 0)
    }

    /// All of its rows as a column of a batch.
    consuming func closed() throws(RowFault) -> BatchColumn {
        putAside()
        return aside.count == 1 ? aside[0] : try BatchColumn(aside)
    }
}

extension ValueRun {
    /// The mark, where values of the shape have marks.
    fileprivate var keptMark: UInt32 { shape == .float || shape == .instant || shape == .wallClock ? mark : 0 }
}
