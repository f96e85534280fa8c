// A scan over a frame: which row the statement is at, and the value of a column there, written straight into SQLite's register.
import CSQLite
import QueryFrames

/// A cursor of the virtual table; SQLite sees `base`, which has to stay first.
struct FrameCursor {
    var base = sqlite3_vtab_cursor()
    private let source: Unmanaged<FrameSource>
    private let first: UnsafeMutablePointer<FrameCells>
    private let starts: UnsafeMutablePointer<Int>
    private let columnCount: Int
    private let batchCount: Int
    private let count: Int
    /// Where dates, times, decimals and lists are written before SQLite copies them.
    private let text: Unmanaged<TextBuffer>
    private var cells: UnsafeMutablePointer<FrameCells>
    private var batch = 0
    private var row = 0
    private var rowInBatch = 0
    private var batchRows = 0
    /// The index that gives the rows; nil where all are read.
    private var index: Unmanaged<FrameIndex>?

    init(_ source: Unmanaged<FrameSource>) {
        let opened = source.takeUnretainedValue()
        self.source = source
        first = opened.cells
        starts = opened.starts
        columnCount = opened.columnCount
        batchCount = opened.batchCount
        count = opened.frame.count
        cells = opened.cells
        text = Unmanaged.passRetained(TextBuffer(capacity: 64))
    }

    /// Gives back what the cursor holds.
    func close() { text.release() }

    /// Starts the scan: of every row, or of those that may have `key` in `column`.
    mutating func start(_ lookup: (column: Int, key: FrameKey)?) {
        index = nil
        guard let lookup else { return move(to: 0) }
        switch lookup.key {
        case .none: move(to: count)
        case .any: move(to: 0)
        case .hash(let hash):
            guard let found = source.takeUnretainedValue().index(lookup.column) else { return move(to: 0) }
            index = Unmanaged.passUnretained(found)
            let row = found.first(hash)
            move(to: row < 0 ? count : row)
        }
    }

    private mutating func move(to row: Int) {
        self.row = row
        guard row < count else { return }
        if row < starts[batch] || row >= starts[batch + 1] || row == 0 {
            batch = row == 0 ? 0 : source.takeUnretainedValue().batch(of: row)
            enterBatch()
        }
        rowInBatch = row - starts[batch]
    }

    private mutating func enterBatch() {
        cells = first + batch * columnCount
        batchRows = starts[batch + 1] - starts[batch]
        rowInBatch = 0
    }

    @inline(__always)
    var isAtEnd: Bool { row >= count }

    @inline(__always)
    var rowID: Int64 { Int64(row) + 1 }

    @inline(__always)
    mutating func advance() {
        if let index {
            let next = index._withUnsafeGuaranteedRef { $0.next(row) }
            return move(to: next < 0 ? count : next)
        }
        row &+= 1
        rowInBatch &+= 1
        if rowInBatch == batchRows, row < count {
            batch += 1
            enterBatch()
        }
    }

    /// Hands the value of `column` to SQLite. Strings are handed over by address: the frame outlives the statement.
    @inline(__always)
    func write(_ column: Int, to context: OpaquePointer?) {
        // The column of a frame that has none.
        guard column < columnCount else { return }
        let cells = self.cells + column
        if cells.pointee.isNull(rowInBatch) { return }
        switch cells.pointee.kind {
        case .null: break
        case .bool: sqlite3_result_int(context, Bitmap.get(cells.pointee.values.assumingMemoryBound(to: UInt8.self), rowInBatch) ? 1 : 0)
        case .int: sqlite3_result_int64(context, cells.pointee.int(rowInBatch))
        case .float: sqlite3_result_double(context, cells.pointee.float(rowInBatch))
        case .string, .dictionary:
            let (start, count) = cells.pointee.utf8(rowInBatch)
            let chars = start.assumingMemoryBound(to: CChar.self)
            sqlite3_result_text(context, chars, Int32(truncatingIfNeeded: count), qs_sqlite_static())
        case .blob, .blobDictionary:
            let (start, count) = cells.pointee.utf8(rowInBatch)
            sqlite3_result_blob(context, start, Int32(truncatingIfNeeded: count), qs_sqlite_static())
        case .writtenDate:
            let chars = cells.pointee.writtenDay(rowInBatch).assumingMemoryBound(to: CChar.self)
            sqlite3_result_text(context, chars, Int32(DayTexts.width), qs_sqlite_static())
        case .date, .timestamp, .timestampUTC, .decimal, .list: writeText(cells.pointee, to: context)
        }
    }

    @inline(never)
    private func writeText(_ cells: FrameCells, to context: OpaquePointer?) {
        text._withUnsafeGuaranteedRef { text in
            text.removeAll()
            switch cells.kind {
            case .date: text.appendDate(cells.day(rowInBatch))
            case .list: cells.appendList(rowInBatch, to: text)
            case .decimal: text.appendDecimal(cells.decimal(rowInBatch), scale: Int(cells.scale))
            case .timestampUTC: text.appendTimestamp(cells.int(rowInBatch), utc: true)
            default: text.appendTimestamp(cells.int(rowInBatch), utc: false)
            }
            text.pointer.withMemoryRebound(to: CChar.self, capacity: text.count) { chars in
                sqlite3_result_text(context, chars, Int32(truncatingIfNeeded: text.count), qs_sqlite_transient())
            }
        }
    }
}
