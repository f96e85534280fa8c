// A frame as Arrow IPC: the schema, dictionaries, a message for each batch, and in a file the index of them all.
import QueryFrames

/// Writes batches as they come; their buffers go to the sink as they lie.
final class ArrowWriter: FrameWriter {
    private let sink: any ByteSink
    private let isFile: Bool
    private var schema = Schema([])
    /// Columns that are written as indexes into a dictionary, by their place; a dictionary's place is its id.
    private var dictionaries: [Int: MergedDictionary] = [:]
    /// Bytes written so far.
    private var position = 0
    /// The places of the messages, as the footer has them: offset, length of the metadata, length of the body.
    private var dictionaryBlocks: [Int64] = []
    private var batchBlocks: [Int64] = []

    init(_ sink: any ByteSink, isFile: Bool) {
        self.sink = sink
        self.isFile = isFile
    }

    func begin(_ schema: Schema) throws(FormatError) {
        self.schema = schema
        if isFile { try write(ArrowMessages.magic + [0, 0]) }
        try write(message: 1, ArrowMetadataWriter.schema(schema, dictionaries: Set(dictionaries.keys)), ArrowBody())
        for (index, dictionary) in dictionaries.sorted(by: { $0.key < $1.key }) {
            var body = ArrowBody()
            body.append(dictionary.values)
            let header = FlatValue.table([0: .long(Int64(index)), 1: body.header(rows: dictionary.values.count)])
            dictionaryBlocks += try write(message: 2, header, body)
        }
    }

    func write(_ batch: RecordBatch) throws(FormatError) {
        var body = ArrowBody()
        for (index, column) in batch.columns.enumerated() {
            if let indices = dictionaries[index]?.indices(column) {
                body.append(column, indices: indices)
            } else {
                guard let plain = column.withoutDictionary() else {
                    throw .tooLarge(path: "arrow", what: "batch of column \"\(schema.fields[index].name)\"", limit: StringBuilder.byteLimit)
                }
                body.append(plain)
            }
        }
        batchBlocks += try write(message: 3, body.header(rows: batch.count), body)
    }

    func finish() throws(FormatError) {
        try write([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])
        guard isFile else { return }
        let footer = FlatValue.table([
            0: .short(4), 1: ArrowMetadataWriter.schema(schema, dictionaries: Set(dictionaries.keys)),
            2: .structs(dictionaryBlocks, words: 3), 3: .structs(batchBlocks, words: 3),
        ]).serialized
        try write(footer)
        try write(withUnsafeBytes(of: Int32(truncatingIfNeeded: footer.count).littleEndian) { Array($0) } + ArrowMessages.magic)
    }

    func write(_ frame: Frame, _ workers: Workers) throws(FormatError) {
        for index in frame.schema.fields.indices { dictionaries[index] = MergedDictionary(frame.batches, column: index) }
        try begin(frame.schema)
        for batch in frame.batches { try write(batch) }
        try finish()
    }

    private func write(_ bytes: [UInt8]) throws(FormatError) {
        try sink.write(bytes)
        position += bytes.count
    }

    /// Writes a message of the kind that `type` is in the format's union of headers, and gives its block.
    @discardableResult
    private func write(message type: UInt8, _ header: FlatValue, _ body: ArrowBody) throws(FormatError) -> [Int64] {
        let start = position
        var metadata = FlatValue.table([0: .short(4), 1: .byte(type), 2: header, 3: .long(Int64(body.count))]).serialized
        // Buffers begin at multiples of 64 in a file, so that whoever maps it finds them aligned for any instruction.
        while (start + 8 + metadata.count) % ArrowBody.alignment != 0 { metadata.append(0) }
        let length = Int32(truncatingIfNeeded: metadata.count)
        try write([0xff, 0xff, 0xff, 0xff] + withUnsafeBytes(of: length.littleEndian) { Array($0) } + metadata)
        try body.write(to: sink)
        position += body.count
        return [Int64(start), Int64(8 + metadata.count), Int64(body.count)]
    }
}
