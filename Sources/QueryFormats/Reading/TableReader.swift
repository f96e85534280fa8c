// From a scanner's cells to a frame: rows in chunks, chunks in batches, and the batches that have to be read again.
import QueryFrames

/// What finds the cells of rows in the bytes of one format.
protocol CellScanner {
    /// The input.
    var source: ByteSource { get }
    /// Where the next row begins; setting it makes the scanner go on from there.
    var position: Int { get set }
    /// Whether there are no more rows.
    var atEnd: Bool { get }
    /// The columns known so far; the number may grow.
    var columnCount: Int { get }
    /// Puts the cells of at most `maximum` rows into the grid, relative to `position` at the call; gives the number of rows.
    ///
    /// Fewer than `maximum` rows say nothing of the end, and a chunk may be empty where the grid had to become wider.
    mutating func scan(_ maximum: Int, into grid: CellGrid) throws(FormatError) -> Int
}

/// Reads all rows of a scanner.
struct TableReader<Scanner: CellScanner> {
    var scanner: Scanner
    /// The columns in the order in which the scanner found them.
    private(set) var columns: [ColumnReader] = []
    /// Where each batch begins, and how many rows it has.
    private var marks: [(position: Int, rows: Int)] = []
    private var total = 0

    /// Bytes of text in one batch, so that offsets of 32 bits reach.
    private static var batchBytes: Int { 1 << 30 }

    init(_ scanner: Scanner) { self.scanner = scanner }

    /// A part of a batch: as many rows as a grid has room for.
    private struct Chunk {
        /// Where it begins and ends in the input.
        let start: Int
        let end: Int
        let rows: Int
        let grid: CellGrid
    }

    /// Reads everything; the columns are then complete, and `batches` gives them. Several workers take a column each, while one of them
    /// finds the cells of the next chunk; the columns must then be known from the start.
    mutating func read(_ workers: Workers = .one) throws(FormatError) {
        var grids = [CellGrid(columns: scanner.columnCount)]
        if workers.count > 1 { grids.append(CellGrid(columns: scanner.columnCount)) }
        addColumns(rows: 0, capacity: 0)
        var next = try scan(RecordBatch.rows, into: grids[0])
        while var chunk = next {
            let start = chunk.start
            let capacity = batchCapacity(at: start)
            for column in columns { column.begin(capacity: capacity) }
            var rows = 0
            while true {
                addColumns(rows: rows, capacity: capacity)
                rows += chunk.rows
                try checkSize(total + rows)
                try checkMemory(total + rows)
                let isLast = rows >= RecordBatch.rows || chunk.end - start >= Self.batchBytes
                let room = isLast ? RecordBatch.rows : RecordBatch.rows - rows
                if workers.count > 1 {
                    next = try take(chunk, andScan: room, into: grids[0] === chunk.grid ? grids[1] : grids[0], workers)
                } else {
                    for index in columns.indices { take(index, chunk) }
                    next = try scan(room, into: chunk.grid)
                }
                guard !isLast, let more = next else { break }
                chunk = more
            }
            for column in columns { column.end() }
            marks.append((start, rows))
            total += rows
        }
        try readAgain(grids[0])
    }

    /// The next chunk, of at most `maximum` rows; nil at the end.
    private mutating func scan(_ maximum: Int, into grid: CellGrid) throws(FormatError) -> Chunk? {
        if scanner.atEnd { return nil }
        grid.widen(to: scanner.columnCount)
        let start = scanner.position
        let rows = try scanner.scan(min(grid.rows, maximum), into: grid)
        return Chunk(start: start, end: scanner.position, rows: rows, grid: grid)
    }

    /// Takes a chunk and finds the next one, side by side.
    private mutating func take(
        _ chunk: Chunk, andScan maximum: Int, into grid: CellGrid, _ workers: Workers
    ) throws(FormatError) -> Chunk? {
        var ahead = TableReader(scanner)
        var scanned: Result<Chunk?, FormatError> = .success(nil)
        workers.perform(columns.count + 1) { piece, _, _ in
            if piece == 0 {
                do throws(FormatError) {
                    scanned = .success(try ahead.scan(maximum, into: grid))
                } catch {
                    scanned = .failure(error)
                }
            } else {
                take(piece - 1, chunk)
            }
            return true
        }
        scanner = ahead.scanner
        return try scanned.get()
    }

    private func take(_ index: Int, _ chunk: Chunk) { take(index, scanner.source.pointer + chunk.start, chunk.grid, chunk.rows) }

    /// Reads the stale batches of columns whose shape was widened too late, until none is left.
    private mutating func readAgain(_ grid: CellGrid) throws(FormatError) {
        let end = scanner.position
        defer { scanner.position = end }
        while true {
            for column in columns { column.extendFinishedInts() }
            let stale = marks.indices.map { mark in
                columns.indices.filter { index in
                    guard let batch = columns[index].batches[mark] else { return true }
                    return batch.shape != columns[index].shape && batch.shape != .empty
                }
            }
            if stale.allSatisfy(\.isEmpty) { return }
            for (mark, indices) in stale.enumerated() where !indices.isEmpty {
                scanner.position = marks[mark].position
                for index in indices { columns[index].begin(capacity: marks[mark].rows) }
                var rows = 0
                while rows < marks[mark].rows {
                    let origin = scanner.source.pointer + scanner.position
                    let count = try scanner.scan(min(grid.rows, marks[mark].rows - rows), into: grid)
                    for index in indices { take(index, origin, grid, count) }
                    rows += count
                }
                for index in indices { columns[index].end(replacing: mark) }
                try checkMemory(total)
            }
        }
    }

    /// Hands a chunk to one column; a column that the grid is too narrow for has no values in it.
    private func take(_ index: Int, _ origin: UnsafeRawPointer, _ grid: CellGrid, _ count: Int) {
        guard index < grid.stride else { return columns[index].skip(count) }
        if count > 0 { columns[index].take(origin, grid.cells + index, stride: grid.stride, count: count) }
    }

    /// Makes readers for columns that the scanner has met since; their rows so far are null.
    private mutating func addColumns(rows: Int, capacity: Int) {
        while columns.count < scanner.columnCount {
            let column = ColumnReader(earlier: marks.map(\.rows))
            // Late columns are rare values often: they get more room as they need it.
            column.begin(capacity: min(capacity, rows * 2 + 1_024))
            column.skip(rows)
            columns.append(column)
        }
    }

    /// Rows that the next batch probably has: no more than the bytes that are left can hold.
    private func batchCapacity(at start: Int) -> Int {
        let left = scanner.source.count - start
        return min(RecordBatch.rows, left / max(16, 2 * scanner.columnCount) + 1)
    }

    /// Refuses a few bytes that would become a huge table: sparse rows in which each has columns of its own.
    private func checkSize(_ rows: Int) throws(FormatError) {
        let limit = 16 * scanner.source.count + 16_777_216
        let (cells, overflow) = rows.multipliedReportingOverflow(by: columns.count)
        if overflow || cells > limit { throw .tooLarge(path: scanner.source.path, what: "table", limit: limit) }
    }

    /// Stops where the columns take more memory than they may.
    private func checkMemory(_ rows: Int) throws(FormatError) {
        guard let budget = MemoryBudget.current, budget.isExceeded else { return }
        throw .memory(path: scanner.source.path, row: rows, limit: budget.limit)
    }

    /// The batches of the frame, whose columns have the types of their shapes.
    func batches() -> [RecordBatch] {
        marks.enumerated().map { index, mark in
            RecordBatch(
                count: mark.rows,
                columns: columns.map { column in
                    guard let batch = column.batches[index], batch.shape != .empty else {
                        return ColumnReader.nulls(mark.rows, column.shape)
                    }
                    return batch.column
                })
        }
    }
}

extension ColumnReader {
    /// Adds `count` nulls to a column that had no value yet.
    func skip(_ count: Int) {
        guard count > 0 else { return }
        withUnsafePointer(to: Cell.null) { take(UnsafeRawPointer($0), $0, stride: 0, count: count) }
    }

    /// `count` nulls of the type that `shape` has.
    static func nulls(_ count: Int, _ shape: Shape) -> Column {
        let reader = ColumnReader(shape: shape == .empty ? .text : shape)
        reader.begin(capacity: count)
        reader.skip(count)
        reader.end()
        return reader.batches[0]?.column ?? .nulls(count)
    }
}
