// Values of one column as they lie in memory, and the same values in a wider shape, with nothing lost.
import QueryFrames

/// Values of `count` rows; a view of memory that somebody else owns.
struct ValueRun {
    let shape: Shape
    let count: Int
    /// A byte for each row, 0 where it is null.
    let valid: UnsafePointer<UInt8>
    /// As in a slot.
    let values: UnsafeRawPointer
    let bytes: UnsafeRawPointer
    let mark: UInt32
    let marks: UnsafePointer<UInt32>?

    /// The mark of a float that was written as an int.
    static let writtenAsInt: UInt32 = 1

    init(
        shape: Shape, count: Int, valid: UnsafePointer<UInt8>, values: UnsafeRawPointer, bytes: UnsafeRawPointer, mark: UInt32,
        marks: UnsafePointer<UInt32>?
    ) {
        (self.shape, self.count, self.valid, self.values, self.bytes) = (shape, count, valid, values, bytes)
        (self.mark, self.marks) = (mark, marks)
    }

    /// Memory in a wider shape.
    struct Widened {
        let values: MutableBuffer
        /// The text, where the shape has some.
        var bytes: MutableBuffer?
        var byteCount = 0
    }

    /// Bytes of all texts.
    var byteCount: Int { Int(values.load(fromByteOffset: count * 4, as: Int32.self)) - Int(values.load(as: Int32.self)) }

    /// Whether no row has a value.
    var isAllNull: Bool { shape == .empty || (0..<count).allSatisfy { valid[$0] == 0 } }

    /// Rows `first ..< first + count`.
    func slice(_ first: Int, _ count: Int) -> ValueRun {
        ValueRun(
            shape: shape, count: count, valid: valid + first, values: values + first * shape.slotWidth, bytes: bytes, mark: mark,
            marks: marks.map { $0 + first })
    }

    /// The bytes of a row of texts.
    @inline(__always)
    func text(_ row: Int) -> UnsafeRawBufferPointer {
        let start = Int(values.load(fromByteOffset: row &* 4, as: Int32.self))
        let end = Int(values.load(fromByteOffset: row &* 4 &+ 4, as: Int32.self))
        return UnsafeRawBufferPointer(start: bytes + start, count: end &- start)
    }

    /// Whether all ints are floats exactly.
    var intsAreFloats: Bool {
        (0..<count).allSatisfy { row in
            let value = values.load(fromByteOffset: row &* 8, as: Int64.self)
            return Int64(exactly: Double(value)) == value
        }
    }

    /// The values in a wider shape, with room for `capacity` rows. Ints that become floats have been looked at by the caller.
    func widened(to wider: Shape, capacity: Int) -> Widened {
        if wider.hasBytes { return asText(wider, capacity) }
        let memory = MutableBuffer(capacity: capacity * wider.slotWidth)
        switch (shape, wider) {
        case (.int, .float):
            let to = memory.values(as: Double.self)
            for row in 0..<count { to[row] = Double(values.load(fromByteOffset: row &* 8, as: Int64.self)) }
        case (.int, .decimal):
            let to = memory.values(as: Int128.self)
            for row in 0..<count { to[row] = Int128(values.load(fromByteOffset: row &* 8, as: Int64.self)) }
        default:
            // Nothing but nulls.
            memory.values(as: UInt8.self).update(repeating: 0, count: count * wider.slotWidth)
        }
        return Widened(values: memory)
    }

    private func asText(_ wider: Shape, _ capacity: Int) -> Widened {
        let memory = MutableBuffer(capacity: (capacity + 1) * 4)
        let ends = memory.values(as: Int32.self)
        let text = TextBuffer(capacity: 16 * count)
        ends[0] = 0
        for row in 0..<count {
            if shape != .empty, valid[row] != 0 { append(row, to: text, quoted: wider == .json) }
            ends[row + 1] = Int32(clamping: text.count)
        }
        let bytes = MutableBuffer(capacity: text.count)
        text.withBytes { from in
            if let start = from.baseAddress { bytes.pointer.copyMemory(from: start, byteCount: from.count) }
        }
        return Widened(values: memory, bytes: bytes, byteCount: text.count)
    }

    /// Appends the value of a row that has one, as JSON where `quoted`, else as the text that it was.
    private func append(_ row: Int, to text: TextBuffer, quoted: Bool) {
        let mark = marks.map { $0[row] } ?? mark
        switch shape {
        case .empty: break
        case .bool: text.append(values.load(fromByteOffset: row, as: UInt8.self) != 0 ? "true" : "false")
        case .int: text.appendInt(values.load(fromByteOffset: row &* 8, as: Int64.self))
        case .decimal: text.appendDecimal(values.load(fromByteOffset: row &* 16, as: Int128.self), scale: 0)
        case .float:
            let value = values.load(fromByteOffset: row &* 8, as: Double.self)
            if mark == ValueRun.writtenAsInt { text.appendInt(Int64(value)) } else { text.appendFloat(value) }
        case .date, .instant, .wallClock:
            if quoted { text.append(UInt8(ascii: "\"")) }
            if shape == .date {
                text.appendDate(values.load(fromByteOffset: row &* 4, as: Int32.self))
            } else {
                text.appendTimestamp(values.load(fromByteOffset: row &* 8, as: Int64.self), written: TimestampForm(rawValue: mark))
            }
            if quoted { text.append(UInt8(ascii: "\"")) }
        case .text: if quoted { text.appendJSON(self.text(row)) } else { text.append(self.text(row)) }
        case .json: text.append(self.text(row))
        }
    }
}

extension ValueRun {
    /// So many rows without a value, at most as many as a batch has.
    static func nulls(_ count: Int) -> ValueRun {
        ValueRun(
            shape: .empty, count: count, valid: zeros, values: UnsafeRawPointer(zeros), bytes: UnsafeRawPointer(zeros), mark: 0, marks: nil)
    }

    /// Never written to, and never freed.
    private nonisolated(unsafe) static let zeros: UnsafePointer<UInt8> = {
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: RecordBatch.rows + 8)
        memory.initialize(repeating: 0, count: RecordBatch.rows + 8)
        return UnsafePointer(memory)
    }()
}
