// One column of a row group as its pages: a dictionary where it pays, then a page for each batch.
import QueryFrames

/// The pages of a column chunk, and what the footer says of it once it is known where they are.
struct ParquetChunk {
    let pages: TextBuffer
    fileprivate(set) var field: Field
    fileprivate(set) var codec: Codec
    fileprivate(set) var values = 0
    fileprivate(set) var uncompressed = 0
    fileprivate(set) var dictionarySize: Int?
    fileprivate(set) var statistics = ParquetStatistics()

    /// The struct `ColumnChunk`, for a chunk that begins at `place` of the file.
    func thrift(at place: Int) -> ThriftValue {
        let encodings: [Int32] = dictionarySize == nil ? [0, 3] : [0, 3, 8]
        var fields: [(id: Int, value: ThriftValue)] = [
            (1, .int(ParquetSchemaWriter.physical(field.type).rawValue)), (2, .ints(encodings)), (3, .texts(ParquetSchemaWriter.path(field))),
            (4, .int(codec.parquetNumber)), (5, .long(Int64(values))), (6, .long(Int64(uncompressed))), (7, .long(Int64(pages.count))),
            (9, .long(Int64(place + (dictionarySize ?? 0)))),
        ]
        if dictionarySize != nil { fields.append((11, .long(Int64(place)))) }
        fields.append((12, statistics.thrift))
        return .record([(2, .long(0)), (3, .record(fields))])
    }
}

/// Writes the pages of one chunk.
struct ParquetChunkWriter {
    private var chunk: ParquetChunk
    private let compressor: Compressor
    private let body = TextBuffer(capacity: 1 << 16)
    private let header = TextBuffer()

    /// The chunk of `columns`, all of the type of `field`.
    static func chunk(_ field: Field, _ columns: [Column], _ codec: Codec) throws(FormatError) -> ParquetChunk {
        var writer = ParquetChunkWriter(field, codec)
        try writer.write(columns)
        return writer.chunk
    }

    private init(_ field: Field, _ codec: Codec) {
        chunk = ParquetChunk(pages: TextBuffer(capacity: 1 << 16), field: field, codec: codec)
        compressor = Compressor(codec)
    }

    private mutating func write(_ columns: [Column]) throws(FormatError) {
        let dictionary = ChunkDictionary(columns)
        if let dictionary {
            body.removeAll()
            dictionary.page.withBytes { body.append($0) }
            try writePage(.dictionary, header: (7, [(1, .int(Int32(truncatingIfNeeded: dictionary.count))), (2, .int(ParquetEncoding.plain.rawValue))]))
            chunk.dictionarySize = chunk.pages.count
        }
        for (index, column) in columns.enumerated() {
            if Cancellation.stopsHere { throw .closedPipe(path: "") }
            body.removeAll()
            chunk.statistics.take(column)
            let entries: Int
            if case .list = column.type { entries = appendLists(column) } else { entries = appendFlat(column, dictionary.map { ($0.numbers[index], $0.bits) }) }
            chunk.values += entries
            let encoding = dictionary == nil ? ParquetEncoding.plain : .rleDictionary
            try writePage(.data, header: (5, [
                (1, .int(Int32(truncatingIfNeeded: entries))), (2, .int(encoding.rawValue)), (3, .int(ParquetEncoding.rle.rawValue)),
                (4, .int(ParquetEncoding.rle.rawValue)),
            ]))
        }
    }

    /// Puts what `append` appends behind its length.
    private func withLength(_ append: () -> Void) {
        let place = body.count
        body.appendNumber(UInt32(0))
        append()
        UnsafeMutableRawPointer(body.pointer + place).storeBytes(of: UInt32(truncatingIfNeeded: body.count - place - 4).littleEndian, as: UInt32.self)
    }

    private func appendFlat(_ column: Column, _ dictionary: (numbers: [UInt32], bits: Int)?) -> Int {
        withLength {
            if column.type == .null {
                LevelWriter.appendRun(0, count: column.count, bits: 1, to: body)
            } else if let valid = column.validBits {
                LevelWriter.append(bitmap: valid, count: column.count, to: body)
            } else {
                LevelWriter.appendRun(1, count: column.count, bits: 1, to: body)
            }
        }
        if let (numbers, bits) = dictionary {
            body.append(UInt8(truncatingIfNeeded: bits))
            numbers.withUnsafeBufferPointer { numbers in LevelWriter.append(numbers.count, bits: bits, to: body) { numbers[$0] } }
        } else {
            ParquetValues.append(column, to: body)
        }
        return column.count
    }

    private mutating func appendLists(_ column: Column) -> Int {
        let levels = ListLevels(column), depth = column.type.listDepth
        let count = levels.repetition.count
        withLength {
            LevelWriter.append(count, bits: LevelWriter.bits(depth), to: body) { UInt32(levels.repetition[$0]) }
        }
        withLength {
            LevelWriter.append(count, bits: LevelWriter.bits(2 * depth + 1), to: body) { UInt32(levels.definition[$0]) }
        }
        ParquetValues.append(levels.elements, rows: levels.rows, to: body)
        chunk.statistics.take(nulls: count - levels.rows.count - column.nullCount)
        return count
    }

    /// Writes the page in `body`; `header` is the field of the page's own header.
    private mutating func writePage(_ type: ParquetPage, header fields: (id: Int, values: [(id: Int, value: ThriftValue)])) throws(FormatError) {
        let packed = TextBuffer(capacity: body.count / 2)
        try body.withBytes { (bytes) throws(FormatError) in try compressor.append(bytes, to: packed) }
        guard let size = Int32(exactly: body.count), let packedSize = Int32(exactly: packed.count) else {
            throw .tooLarge(path: "parquet", what: "page of column \"\(chunk.field.name)\"", limit: Int(Int32.max))
        }
        header.removeAll()
        ThriftValue.record([(1, .int(type.rawValue)), (2, .int(size)), (3, .int(packedSize)), (fields.id, .record(fields.values))]).append(to: header)
        header.withBytes { chunk.pages.append($0) }
        packed.withBytes { chunk.pages.append($0) }
        chunk.uncompressed += header.count + body.count
    }
}
