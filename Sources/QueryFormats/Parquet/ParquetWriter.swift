// A frame as parquet: row groups, each with the pages of one column after another, and the footer that tells where they are.
import QueryFrames
import Synchronization

/// Gathers batches until a row group is full, and writes it.
final class ParquetWriter: FrameWriter {
    private let sink: any ByteSink
    private let options: ParquetOptions
    private var schema = Schema([])
    /// Batches of the row group that is next, and their rows.
    private var waiting: [RecordBatch] = []
    private var waitingRows = 0
    private var workers = Workers.one
    private var groups: [ThriftValue] = []
    private var rows = 0
    private var position = 0

    private static let magic: [UInt8] = Array("PAR1".utf8)

    init(_ sink: any ByteSink, _ options: ParquetOptions) {
        self.sink = sink
        self.options = options
    }

    func begin(_ schema: Schema) throws(FormatError) {
        self.schema = schema
        try write(ParquetWriter.magic)
    }

    func write(_ batch: RecordBatch) throws(FormatError) {
        var start = 0
        while start < batch.count {
            // A batch is a page, and pages are small; nor does a group take more rows than it may.
            let count = min(batch.count - start, RecordBatch.rows, options.groupRows - waitingRows)
            waiting.append(batch.slice(start, count))
            waitingRows += count
            start += count
            if waitingRows == options.groupRows { try writeGroup() }
        }
    }

    func write(_ frame: Frame, _ workers: Workers) throws(FormatError) {
        self.workers = workers.areWorthwhile(rows: frame.count) ? workers : .one
        try begin(frame.schema)
        for batch in frame.batches { try write(batch) }
        try finish()
    }

    func finish() throws(FormatError) {
        if waitingRows > 0 { try writeGroup() }
        let footer = TextBuffer()
        let order = ThriftValue.record([(1, .record([]))])
        ThriftValue.record([
            (1, .int(2)), (2, .records(ParquetSchemaWriter.elements(schema))), (3, .long(Int64(rows))), (4, .records(groups)),
            (5, .records([.record([(1, .text("ARROW:schema")), (2, .text(Base64.text(ArrowMetadataWriter.message(schema))))])])),
            (6, .text("qs version 1 (build 1)")), (7, .records(schema.fields.map { _ in order })),
        ]).append(to: footer)
        footer.appendNumber(UInt32(truncatingIfNeeded: footer.count))
        try footer.withBytes { (bytes) throws(FormatError) in try sink.write(bytes) }
        try write(ParquetWriter.magic)
    }

    private func write(_ bytes: [UInt8]) throws(FormatError) {
        try sink.write(bytes)
        position += bytes.count
    }

    private func writeGroup() throws(FormatError) {
        let chunks = try makeChunks()
        let start = position
        var columns: [ThriftValue] = []
        var size = 0
        for chunk in chunks {
            columns.append(chunk.thrift(at: position))
            try chunk.pages.withBytes { (bytes) throws(FormatError) in try sink.write(bytes) }
            position += chunk.pages.count
            size += chunk.uncompressed
        }
        groups.append(.record([
            (1, .records(columns)), (2, .long(Int64(size))), (3, .long(Int64(waitingRows))), (5, .long(Int64(start))),
            (6, .long(Int64(position - start))), (7, .int(Int32(truncatingIfNeeded: groups.count))),
        ]))
        rows += waitingRows
        waiting = []
        waitingRows = 0
    }

    /// A chunk that one thread has made.
    private struct Made: @unchecked Sendable {
        let result: Result<ParquetChunk, FormatError>
    }

    private func makeChunks() throws(FormatError) -> [ParquetChunk] {
        let made = Mutex<[Int: Made]>([:])
        let (fields, batches, codec) = (schema.fields, waiting, options.codec)
        workers.perform(fields.count) { index, _, _ in
            let result: Result<ParquetChunk, FormatError>
            do throws(FormatError) {
                result = .success(try ParquetChunkWriter.chunk(fields[index], batches.map { $0.columns[index] }, codec))
            } catch {
                result = .failure(error)
            }
            let done = Made(result: result)
            made.withLock { $0[index] = done }
            return true
        }
        var chunks: [ParquetChunk] = []
        let all = made.withLock { $0 }
        for index in fields.indices { if let chunk = try all[index]?.result.get() { chunks.append(chunk) } }
        return chunks
    }
}
