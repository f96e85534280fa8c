// Frames, database files and runs for the tests of engines.
import CSQLite
import QueryEngines
import QueryFrames
import TestSupport
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A frame of ints, one batch for each list.
func ints(_ name: String, _ batches: [[Int64?]]) -> Frame {
    Frame(
        schema: Schema([Field(name, .int64)]),
        batches: batches.map { values in
            let builder = FixedBuilder<Int64>(.int64)
            for value in values { value.map(builder.append) ?? builder.appendNull() }
            return RecordBatch(count: values.count, columns: [builder.finish()])
        })
}

/// A column of these values, all of `type` or null.
func column(_ type: DataType, _ values: [Scalar]) -> Column { Column(type, values) }

/// A frame of these columns.
func frame(_ columns: [(String, DataType, [Scalar])]) -> Frame {
    Frame(schema: Schema(columns.map { Field($0.0, $0.1) }), columns: columns.map { column($0.1, $0.2) })
}

/// Runs a statement over tables that are there by name.
func run(_ text: String, _ parameters: [Scalar] = [], tables: [String: EngineTable] = [:]) throws(EngineError) -> Frame {
    try SQLiteEngine().prepare(EngineStatement(text: text, parameters: parameters), tables: { tables[$0] }).run()
}

/// The rows of a frame.
func rows(_ frame: Frame) -> [[Scalar]] {
    (0..<frame.count).map { row in frame.schema.fields.indices.map { frame.scalar(row: row, column: $0) } }
}

/// The types of a frame's columns.
func types(_ frame: Frame) -> [DataType] { frame.schema.fields.map(\.type) }

/// The error that `body` ends with, or nil.
func failure(_ body: () throws(EngineError) -> Frame) -> EngineError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

/// Makes a database file by running `text` on it, and returns its path.
@discardableResult
func makeDatabase(_ path: String, _ text: String) throws -> String {
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    guard sqlite3_open(path, &handle) == SQLITE_OK, sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK else {
        throw SQLiteError(code: sqlite3_errcode(handle), message: String(cString: sqlite3_errmsg(handle)))
    }
    return path
}

/// Every file of a folder with its bytes, to see that none was touched.
func contents(_ folder: ScratchFolder) -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for name in folder.names() { contents[name] = folder.bytes(name) ?? [] }
    return contents
}

private final class Work {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// What `body` gives, run on a thread of its own: a run blocks, and the threads of tasks are few.
func onThread<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
    await withCheckedContinuation { continuation in startThread { continuation.resume(returning: body()) } }
}

/// Runs `body` on a thread of its own, which waits for no other.
func startThread(_ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    #if canImport(Glibc)
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, { work in
        if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().run() }
        return nil
    }, work.toOpaque())
    if code == 0 { pthread_detach(thread) }
    #else
    var thread: pthread_t?
    let code = pthread_create(&thread, nil, { work in
        Unmanaged<Work>.fromOpaque(work).takeRetainedValue().run()
        return nil
    }, work.toOpaque())
    if code == 0, let thread { pthread_detach(thread) }
    #endif
    precondition(code == 0, "no thread")
}
