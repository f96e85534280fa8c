// The fetch loop: steps a statement to its end and collects the rows column by column.
import CSQLite
import QueryFrames

/// Where the fetch loop writes one column; plain pointers, so that a value costs no reference counting.
struct ResultSink {
    var tags: UnsafeMutablePointer<UInt8>
    var payload: UnsafeMutablePointer<Int64>
    var bytes: UnsafeMutableRawPointer
    var byteCount = 0
    var byteCapacity: Int
    var seen: UInt8 = 0

    init(_ chunk: ResultChunk) {
        tags = chunk.tags.values(as: UInt8.self)
        payload = chunk.payload.values(as: Int64.self)
        bytes = chunk.bytes.pointer
        byteCapacity = chunk.bytes.capacity
    }
}

/// Reads the rows of one statement.
final class ResultReader {
    private let statement: Statement
    private let connection: QueryConnection
    private let columnCount: Int
    private let names: [String]
    /// The batch that is being filled, a chunk and a sink a column.
    private var chunks: [ResultChunk] = []
    private let sinks: UnsafeMutablePointer<ResultSink>
    private var capacity = 0
    private var row = 0
    private var isFull = false
    private var done: [[ResultChunk]] = []
    private var total = 0

    /// Rows for which a first batch has room; it grows from there.
    private static let firstRows = 512
    /// A batch ends where the texts of a column pass this: written as hexadecimal they must still fit 32-bit offsets.
    private static let byteLimit = 512 << 20

    init(_ statement: Statement, _ connection: QueryConnection) {
        self.statement = statement
        self.connection = connection
        let handle = statement.handle
        columnCount = Int(sqlite3_column_count(handle))
        names = UniqueNames.of((0..<columnCount).map { index in
            sqlite3_column_name(handle, Int32(truncatingIfNeeded: index)).map { String(cString: $0) } ?? ""
        })
        sinks = UnsafeMutablePointer<ResultSink>.allocate(capacity: max(columnCount, 1))
    }

    deinit { sinks.deallocate() }

    /// All rows as a frame; `fetched` is told how many there are so far, from time to time.
    func read(_ cancellation: Cancellation, fetched: (Int) -> Void) throws(EngineError) -> Frame {
        startBatch(rows: ResultReader.firstRows)
        let handle = statement.handle
        while true {
            let code = sqlite3_step(handle)
            guard code == SQLITE_ROW else {
                guard code == SQLITE_DONE else { throw connection.failure(SQLiteError(code, on: connection.database.handle)) }
                break
            }
            if cancellation.isRaised { throw .cancelled }
            if row == capacity || isFull { try makeRoom(fetched) }
            for column in 0..<columnCount {
                append(sqlite3_column_value(handle, Int32(truncatingIfNeeded: column)), to: sinks + column, column)
            }
            row &+= 1
        }
        if cancellation.isRaised { throw .cancelled }
        try endBatch()
        fetched(total)
        try ResultReader.checkMemory()
        let frame = try ResultTyping(statement, names: names).frame(done, cancellation)
        try ResultReader.checkMemory()
        return frame
    }

    /// Stops where the columns take more memory than they may.
    private static func checkMemory() throws(EngineError) {
        guard let budget = MemoryBudget.current, budget.isExceeded else { return }
        throw .memory(limit: budget.limit)
    }

    @inline(__always)
    private func append(_ value: OpaquePointer?, to sink: UnsafeMutablePointer<ResultSink>, _ column: Int) {
        let tag = sqlite3_value_type(value)
        sink.pointee.tags[row] = UInt8(truncatingIfNeeded: tag)
        sink.pointee.seen |= ResultChunk.bit(tag)
        switch tag {
        case SQLITE_INTEGER: sink.pointee.payload[row] = sqlite3_value_int64(value)
        case SQLITE_FLOAT: sink.pointee.payload[row] = Int64(bitPattern: sqlite3_value_double(value).bitPattern)
        case SQLITE_NULL: sink.pointee.payload[row] = Int64(sink.pointee.byteCount)
        default:
            // Asked for as a blob, a text is not copied to get a zero byte at its end.
            let start = sqlite3_value_blob(value)
            let count = Int(sqlite3_value_bytes(value))
            let end = sink.pointee.byteCount &+ count
            if end > sink.pointee.byteCapacity { growBytes(sink, column, to: end) }
            if let start { (sink.pointee.bytes + sink.pointee.byteCount).copyMemory(from: start, byteCount: count) }
            sink.pointee.byteCount = end
            sink.pointee.payload[row] = Int64(end)
        }
    }

    @inline(never)
    private func growBytes(_ sink: UnsafeMutablePointer<ResultSink>, _ column: Int, to needed: Int) {
        let buffer = chunks[column].bytes
        buffer.reserve(max(needed, buffer.capacity * 2), used: sink.pointee.byteCount)
        sink.pointee.bytes = buffer.pointer
        sink.pointee.byteCapacity = buffer.capacity
        if needed > ResultReader.byteLimit || MemoryBudget.current?.isExceeded == true { isFull = true }
    }

    /// Grows the batch or, where it has its full number of rows, starts the next.
    private func makeRoom(_ fetched: (Int) -> Void) throws(EngineError) {
        try ResultReader.checkMemory()
        if capacity == RecordBatch.rows || isFull {
            try endBatch()
            startBatch(rows: RecordBatch.rows)
            fetched(total)
            return
        }
        capacity = min(capacity * 4, RecordBatch.rows)
        for column in 0..<columnCount {
            let chunk = chunks[column]
            chunk.tags.reserve(capacity, used: row)
            chunk.payload.reserve(capacity * 8, used: row * 8)
            sinks[column].tags = chunk.tags.values(as: UInt8.self)
            sinks[column].payload = chunk.payload.values(as: Int64.self)
        }
    }

    private func startBatch(rows: Int) {
        capacity = rows
        row = 0
        isFull = false
        chunks = (0..<columnCount).map { column in
            // Texts tend to be as long as those of the batch before.
            let bytes = done.last.map { $0[column].byteCount + $0[column].byteCount / 16 } ?? 0
            return ResultChunk(
                count: 0, tags: MutableBuffer(capacity: rows), payload: MutableBuffer(capacity: rows * 8),
                bytes: MutableBuffer(capacity: min(bytes, ResultReader.byteLimit)), byteCount: 0, seen: 0)
        }
        for column in 0..<columnCount { (sinks + column).initialize(to: ResultSink(chunks[column])) }
    }

    private func endBatch() throws(EngineError) {
        total += row
        for column in 0..<columnCount {
            chunks[column].count = row
            chunks[column].byteCount = sinks[column].byteCount
            chunks[column].seen = sinks[column].seen
            guard chunks[column].hasValidTexts else { throw .invalidText(column: names[column]) }
        }
        if row > 0 || done.isEmpty { done.append(chunks) }
    }
}
