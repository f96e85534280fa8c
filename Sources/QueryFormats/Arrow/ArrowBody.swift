// The body of a message: the buffers of columns one after another, each padded, and the table that tells where they are.
import QueryFrames

/// Buffers of one batch, in the order in which readers expect them.
struct ArrowBody {
    /// What every buffer's place is a multiple of.
    static let alignment = 64

    private var buffers: [Buffer] = []
    /// Rows and nulls of each column and list of elements.
    private var nodes: [Int64] = []
    /// Offset and length of each buffer.
    private var places: [Int64] = []
    /// Bytes of all buffers with their padding.
    private(set) var count = 0

    private mutating func append(_ buffer: Buffer?, bytes: Int) {
        places += [Int64(count), Int64(buffer == nil ? 0 : bytes)]
        guard let buffer, bytes > 0 else { return }
        buffers.append(Buffer(pointer: buffer.pointer, byteCount: bytes, owner: buffer.owner))
        count += (bytes + ArrowBody.alignment - 1) & ~(ArrowBody.alignment - 1)
    }

    private mutating func appendNode(_ column: Column) {
        nodes += [Int64(column.count), Int64(column.nullCount)]
        if column.type != .null { append(column.validity, bytes: Bitmap.byteCount(column.count)) }
    }

    /// Adds a column as indexes into a dictionary.
    mutating func append(_ column: Column, indices: Buffer) {
        appendNode(column)
        append(indices, bytes: column.count * 4)
    }

    /// Adds a column, which is no dictionary.
    mutating func append(_ column: Column) {
        appendNode(column)
        switch column.storage {
        case .none, .dictionary: break
        case .bits(let bits): append(bits, bytes: Bitmap.byteCount(column.count))
        case .fixed(let values): append(values, bytes: column.count * (column.type.fixedWidth ?? 0))
        case .variable(let offsets, let bytes):
            let range = append(offsets: offsets, column.count)
            append(bytes.dropFirst(bytes: range.lowerBound), bytes: range.count)
        case .list(let offsets, let elements):
            let range = append(offsets: offsets, column.count)
            append((elements.slice(range.lowerBound, range.count).withoutDictionary()) ?? elements)
        }
    }

    /// Adds offsets that begin at 0, and gives what they have addressed.
    private mutating func append(offsets: Buffer, _ count: Int) -> Range<Int> {
        let at = offsets.values(as: Int32.self), first = at[0]
        guard first != 0 else {
            append(offsets, bytes: (count + 1) * 4)
            return 0..<Int(at[count])
        }
        let out = MutableBuffer(capacity: (count + 1) * 4)
        let to = out.values(as: Int32.self)
        for row in 0...count { to[row] = at[row] &- first }
        append(out.freeze(byteCount: (count + 1) * 4), bytes: (count + 1) * 4)
        return Int(first)..<Int(at[count])
    }

    /// The table `RecordBatch` of the body.
    func header(rows: Int) -> FlatValue {
        .table([0: .long(Int64(rows)), 1: .structs(nodes, words: 2), 2: .structs(places, words: 2)])
    }

    func write(to sink: any ByteSink) throws(FormatError) {
        for buffer in buffers {
            try sink.write(UnsafeRawBufferPointer(start: buffer.pointer, count: buffer.byteCount))
            let padding = -buffer.byteCount & (ArrowBody.alignment - 1)
            try sink.write([UInt8](repeating: 0, count: padding))
        }
    }
}

extension Column {
    /// The column with its values as they are where it holds indexes into a dictionary; nil where they are too many bytes for one column.
    func withoutDictionary() -> Column? {
        guard case .dictionary = storage else { return self }
        let builder = StringBuilder(type, capacity: count, averageBytes: 8)
        for row in 0..<count {
            if isNull(row) {
                builder.appendNull()
                continue
            }
            let text = utf8(row)
            if builder.byteCount + text.count > StringBuilder.byteLimit { return nil }
            builder.append(text)
        }
        return builder.finish()
    }
}
