// The rows read so far: whole batches, and segments that do not fill one yet. A value, so that the rows of a page can be forgotten.
import QueryFrames

/// Rows in the order in which they came, and what is known of their columns.
struct RowTable {
    /// Keys of objects, and so the columns.
    private(set) var keys = KeyTable()
    /// Columns of lists, once one is known.
    private(set) var width = 0
    /// How many rows there are.
    private(set) var rows = 0
    private(set) var duplicates: DuplicateKeys?
    private var kinds: [ValueKinds] = []
    private var batches: [Batch] = []
    private var pending: [Pending] = []
    private var pendingRows = 0
    private var pendingBytes = 0
    private var byteCount = 0
    private let workers: Workers
    private let rowsAreLists: Bool

    /// Bytes of JSON in one batch, about, so that offsets of 32 bits reach.
    private static let batchBytes = 1 << 28

    init(_ grammar: RowGrammar, _ workers: Workers) {
        rowsAreLists = grammar.rowsAreLists
        self.workers = workers
    }

    var columnCount: Int { rowsAreLists ? width : keys.count }

    private struct Batch {
        let rows: Int
        /// Columns that were met later are not among them.
        var columns: [BatchColumn?]
    }

    private struct Pending {
        let segment: Segment
        /// For each column of the table that column of the segment, -1 where it has none; nil where they are the same.
        let places: [Int]?
        /// Bytes of JSON that it was read from.
        let byteCount: Int
        /// Rows that are in a batch already.
        var used = 0
    }

    /// Lists have so many values.
    mutating func setWidth(_ width: Int) { self.width = width }

    /// Adds the rows of a segment that was read from `byteCount` bytes, the first of them at `offset` of the document.
    mutating func append(_ segment: Segment, byteCount: Int, offset: Int) throws(RowFault) {
        guard segment.rows > 0 || !rowsAreLists else { return }
        if rowsAreLists {
            if rows == 0, width == 0 { width = segment.columns.count }
            guard segment.columns.count == width else {
                throw .ragged(row: 0, found: segment.columns.count, expected: width, offset: offset)
            }
        }
        let places = rowsAreLists ? nil : merge(segment.keys)
        while kinds.count < columnCount { kinds.append([]) }
        for column in 0..<columnCount {
            let place = places.map { $0[column] } ?? column
            if place >= 0 { kinds[column].formUnion(segment.columns[place].kinds) }
        }
        if let found = segment.duplicates {
            duplicates = DuplicateKeys(
                key: duplicates?.key ?? found.key, offset: duplicates?.offset ?? found.offset, count: (duplicates?.count ?? 0) + found.count)
        }
        self.byteCount += byteCount
        guard segment.rows > 0 else { return }
        rows += segment.rows
        pendingRows += segment.rows
        pendingBytes += byteCount
        let (cells, overflow) = rows.multipliedReportingOverflow(by: columnCount)
        // A few bytes could become a huge table: sparse rows in which each has columns of its own.
        let limit = 16 * self.byteCount + 16_777_216
        if overflow || cells > limit { throw .tooManyCells(limit: limit) }
        pending.append(Pending(segment: segment, places: places, byteCount: byteCount))
        while pendingRows >= RecordBatch.rows { assemble(RecordBatch.rows) }
        if pendingBytes >= RowTable.batchBytes { assemble(pendingRows) }
    }

    /// Adds the keys that are new; gives where in the segment each column is.
    private mutating func merge(_ found: KeyTable) -> [Int]? {
        if found.keys == keys.keys { return nil }
        var columns: [Int] = []
        for index in 0..<found.count {
            columns.append(found.written[index].withUnsafeBytes { keys.column(found.keys[index], written: $0) })
        }
        var places = Array(repeating: -1, count: keys.count)
        for (index, column) in columns.enumerated() { places[column] = index }
        return places
    }

    /// Makes a batch of the first `count` rows that are in none.
    private mutating func assemble(_ count: Int) {
        guard count > 0 else { return }
        var parts: [(pending: Pending, first: Int, count: Int)] = []
        var left = count
        while left > 0, let first = pending.first {
            let taken = min(left, first.segment.rows - first.used)
            parts.append((first, first.used, taken))
            left -= taken
            if first.used + taken == first.segment.rows { pending.removeFirst() } else { pending[0].used += taken }
        }
        pendingRows -= count
        pendingBytes = pending.reduce(0) { $0 + $1.byteCount }
        let columns = UnsafeMutableBufferPointer<BatchColumn?>.allocate(capacity: columnCount)
        columns.initialize(repeating: nil)
        defer {
            columns.deinitialize()
            columns.deallocate()
        }
        workers.perform(columnCount) { column, _, _ in
            let runs = parts.map { part -> ValueRun in
                let place = part.pending.places.map { column < $0.count ? $0[column] : -1 } ?? column
                let slots = part.pending.segment.columns
                guard place >= 0, place < slots.count else { return .nulls(part.count) }
                return slots[place].run.slice(part.first, part.count)
            }
            columns[column] = withExtendedLifetime(parts) { BatchColumn(runs) }
            return true
        }
        batches.append(Batch(rows: count, columns: Array(columns)))
    }

    // MARK: The frame

    /// Rows of each batch; whatever is left becomes the last one.
    mutating func finish() -> [Int] {
        assemble(pendingRows)
        return batches.map(\.rows)
    }

    /// Gives column `index`, and forgets it; nil where its text is too long for one batch.
    mutating func takeColumn(_ index: Int) -> ReadColumn? {
        var parts: [(rows: Int, column: BatchColumn?)] = []
        for place in batches.indices {
            let isThere = index < batches[place].columns.count
            parts.append((batches[place].rows, isThere ? batches[place].columns[index] : nil))
            if isThere { batches[place].columns[index] = nil }
        }
        return ReadColumn(&parts, index < kinds.count ? kinds[index] : [])
    }
}

/// A column of the frame: its values, and the kinds of these.
struct ReadColumn {
    let kinds: ValueKinds
    let type: DataType
    let batches: [Column]

    /// The batches in the shape that `found` kinds have; each is let go when it has been looked at. Nil where text gets too long.
    init?(_ parts: inout [(rows: Int, column: BatchColumn?)], _ found: ValueKinds) {
        var kinds = found
        if kinds.contains([.int, .float]), parts.contains(where: { $0.column.map { $0.hasInexactInts || $0.intsAreInexact } ?? false }) {
            kinds.formUnion(.inexactInt)
        }
        let shape = kinds.shape
        (self.kinds, type) = (kinds, kinds.type)
        var batches: [Column] = []
        for index in parts.indices {
            let column = parts[index].column
            parts[index].column = nil
            if let column {
                guard let read = column.column(shape, kinds.type) else { return nil }
                batches.append(read)
            } else {
                batches.append(BatchColumn.nulls(parts[index].rows, shape, kinds.type))
            }
        }
        self.batches = batches
    }
}

extension ValueRun {
    /// So many rows without a value, at most as many as a batch has.
    static func nulls(_ count: Int) -> ValueRun {
        ValueRun(
            shape: .empty, count: count, valid: zeros, values: UnsafeRawPointer(zeros), bytes: UnsafeRawPointer(zeros), mark: 0, marks: nil)
    }

    /// Never written to, and never freed.
    private nonisolated(unsafe) static let zeros: UnsafePointer<UInt8> = {
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: RecordBatch.rows + 8)
        memory.initialize(repeating: 0, count: RecordBatch.rows + 8)
        return UnsafePointer(memory)
    }()
}
