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
    private var open = OpenBatch()
    private var openBytes = 0
    private var pending: [PendingRows] = []
    private var pendingRows = 0
    private var pendingBytes = 0
    private var byteCount = 0
    private let batchedRows: Int
    private let workers: Workers
    private let rowsAreLists: Bool

    /// Bytes of JSON in one batch, about, so that offsets of 32 bits reach.
    private static let batchBytes = 1 << 28
    /// Columns for which room for a whole batch is made beforehand.
    private static let openColumns = 64

    init(_ grammar: RowGrammar, _ workers: Workers, _ sizes: ReadingSizes) {
        batchedRows = sizes.batchedRows
        rowsAreLists = grammar.rowsAreLists
        self.workers = workers
    }

    var columnCount: Int { rowsAreLists ? width : keys.count }

    private struct Batch {
        let rows: Int
        /// Columns that were met later are not among them.
        var columns: [BatchColumn?]
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
        pending.append(PendingRows(segment: segment, places: places, byteCount: byteCount))
        try settle()
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

    /// Puts the rows that are pending where they belong: whole batches, and those of the batch that is open.
    private mutating func settle() throws(RowFault) {
        while open.rows + pendingRows >= RecordBatch.rows { try close(RecordBatch.rows) }
        if openBytes + pendingBytes >= RowTable.batchBytes { return try close(open.rows + pendingRows) }
        // Room for a batch of many columns is much, perhaps for few rows: these wait in their segments.
        guard pendingRows >= batchedRows, columnCount <= RowTable.openColumns else { return }
        openBytes += pendingBytes
        try open.add(take(pendingRows), columns: columnCount, capacity: RecordBatch.rows, workers)
    }

    /// Makes a batch of the first `count` rows that are in none, of which those of the open batch are some.
    private mutating func close(_ count: Int) throws(RowFault) {
        guard count > 0 else { return }
        let columns = try open.close(take(count - open.rows), columns: columnCount, workers)
        openBytes = 0
        batches.append(Batch(rows: count, columns: columns))
    }

    /// Takes the first `count` rows from those that are pending.
    private mutating func take(_ count: Int) -> [RowPart] {
        var parts: [RowPart] = []
        var left = count
        while left > 0, let first = pending.first {
            let taken = min(left, first.segment.rows - first.used)
            parts.append(RowPart(pending: first, first: first.used, count: taken))
            left -= taken
            if first.used + taken == first.segment.rows { pending.removeFirst() } else { pending[0].used += taken }
        }
        pendingRows -= count
        pendingBytes = pending.reduce(0) { $0 + $1.byteCount }
        return parts
    }

    // MARK: The frame

    /// Rows of each batch; whatever is left becomes the last one.
    mutating func finish() throws(RowFault) -> [Int] {
        try close(open.rows + pendingRows)
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

/// Rows of a segment that are in no batch yet, but perhaps for the first of them.
struct PendingRows {
    let segment: Segment
    /// For each column of the table that column of the segment, -1 where it has none; nil where they are the same.
    let places: [Int]?
    /// Bytes of JSON that it was read from.
    let byteCount: Int
    /// Rows that are in a batch already.
    var used = 0
}

/// Some of these rows, on their way into a batch.
struct RowPart {
    let pending: PendingRows
    let first: Int
    let count: Int

    /// Those of column `index` of the table.
    func column(_ index: Int) -> ColumnPart {
        let place = pending.places.map { index < $0.count ? $0[index] : -1 } ?? index
        let slots = pending.segment.columns
        return ColumnPart(slot: place >= 0 && place < slots.count ? slots[place] : nil, first: first, count: count)
    }
}
