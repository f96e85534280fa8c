// Columns for other programs: an ArrowArray points to the buffers of a column, and keeps the column alive until it is released.
import CArrow

/// What one ArrowArray points to, and what keeps its buffers alive.
private final class ArrayMemory {
    private let buffers: UnsafeMutablePointer<UnsafeRawPointer?>
    let children: ArrowChildren<ArrowArray>
    let dictionary: ArrowChildren<ArrowArray>
    /// The owners of the buffers.
    private let owners: [AnyObject]
    private let bufferCount: Int

    /// The first buffer is the validity; nil where no row is null.
    init(_ buffers: [Buffer?], children: Int = 0, hasDictionary: Bool = false) {
        bufferCount = buffers.count
        self.buffers = .allocate(capacity: max(buffers.count, 1))
        for (index, buffer) in buffers.enumerated() { (self.buffers + index).initialize(to: buffer?.pointer) }
        owners = buffers.compactMap { $0?.owner }
        self.children = ArrowChildren(children, empty: ArrowArray())
        dictionary = ArrowChildren(hasDictionary ? 1 : 0, empty: ArrowArray())
    }

    deinit { buffers.deallocate() }

    /// Fills `array`, which owns this object from then on. The rows begin at the first of the buffers: columns that are slices
    /// of others have moved their pointers already.
    func fill(_ array: UnsafeMutablePointer<ArrowArray>, length: Int, nullCount: Int) {
        array.pointee = ArrowArray(
            length: Int64(length), null_count: Int64(nullCount), offset: 0,
            n_buffers: Int64(bufferCount), n_children: Int64(children.count), buffers: buffers,
            children: children.pointers, dictionary: dictionary.first,
            release: { array in
                guard let array, let memory = array.pointee.private_data else { return }
                array.pointee.release = nil
                array.pointee.private_data = nil
                Unmanaged<ArrayMemory>.fromOpaque(memory).takeRetainedValue().releaseChildren()
            },
            private_data: Unmanaged.passRetained(self).toOpaque())
    }

    /// Releases what nobody has moved elsewhere; what was moved keeps its own buffers.
    private func releaseChildren() {
        for part in [children, dictionary] {
            part.forEach { child in child.pointee.release.map { $0(child) } }
        }
    }
}

extension Column {
    /// Whether the values stand in a dictionary that other programs can be given: theirs hold no JSON.
    var isArrowDictionary: Bool { if case .dictionary = storage { type != .json } else { false } }

    /// Fills `array` with the column, without a copy of its values; `asDictionary` is what its schema says. A dictionary
    /// that is given as plain values is copied.
    func export(to array: UnsafeMutablePointer<ArrowArray>, field: String, asDictionary: Bool) throws(ArrowError) {
        let memory: ArrayMemory
        switch storage {
        case .none: memory = ArrayMemory([])
        case .bits(let values), .fixed(let values): memory = ArrayMemory([validity, values])
        case .variable(let offsets, let bytes): memory = ArrayMemory([validity, offsets, bytes])
        case .dictionary(let indices, let values):
            guard asDictionary else {
                guard let plain = plain() else { throw .tooLarge(field: field) }
                return try plain.export(to: array, field: field, asDictionary: false)
            }
            memory = ArrayMemory([validity, definedIndices(indices, values.count)], hasDictionary: true)
            if let child = memory.dictionary.first { try values.export(to: child, field: field, asDictionary: false) }
        case .list(let offsets, let elements):
            memory = ArrayMemory([validity, offsets], children: 1)
            if let child = memory.children.first { try elements.export(to: child, field: field, asDictionary: false) }
        }
        memory.fill(array, length: count, nullCount: nullCount)
    }

    /// The indexes of a dictionary, those of null rows made 0 where they are none: here they may be anything.
    private func definedIndices(_ indices: Buffer, _ distinct: Int) -> Buffer {
        guard let validBits else { return indices }
        let index = indices.values(as: UInt32.self), limit = UInt32(truncatingIfNeeded: distinct)
        guard (0..<count).contains(where: { index[$0] >= limit }) else { return indices }
        let out = MutableBuffer(capacity: count * 4)
        let defined = out.values(as: UInt32.self)
        for row in 0..<count { defined[row] = Bitmap.get(validBits, row) ? index[row] : 0 }
        return out.freeze(byteCount: count * 4)
    }

    /// The column without its dictionary; nil where the values are more than a column's offsets can address.
    private func plain() -> Column? {
        let source = TextSource(self)
        var total = 0
        for row in 0..<count where !isNull(row) { total += source[row].count }
        return total <= StringBuilder.byteLimit ? decoded() : nil
    }
}

extension RecordBatch {
    /// Fills `array` with a struct of the columns.
    func export(to array: UnsafeMutablePointer<ArrowArray>, schema: Schema, dictionaries: [Bool]) throws(ArrowError) {
        // The validity of the struct itself: all rows are there.
        let memory = ArrayMemory([nil], children: columns.count)
        for (index, column) in columns.enumerated() {
            guard let child = memory.children[index] else { continue }
            do throws(ArrowError) {
                try column.export(to: child, field: schema.fields[index].name, asDictionary: dictionaries[index])
            } catch {
                for index in 0..<index { memory.children[index].map { done in done.pointee.release.map { $0(done) } } }
                throw error
            }
        }
        memory.fill(array, length: count, nullCount: 0)
    }
}
