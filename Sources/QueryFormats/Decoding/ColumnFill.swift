// A column of a batch while rows are added to it: memory in Arrow's layout, of which the first part is in use.
import QueryFrames

/// Values of one shape and with one mark, in memory that a batch takes over as it is.
///
/// Rows behind those of whoever adds some are forgotten: a table that goes back to an earlier one goes on in the same memory.
final class ColumnFill {
    let shape: Shape
    /// The mark that all values have.
    let mark: UInt32
    private(set) var count = 0
    private var byteCount = 0
    private let validity: MutableBuffer
    private let values: MutableBuffer
    private let bytes: MutableBuffer?

    /// Room for `capacity` rows, and for `bytes` of text.
    init(_ shape: Shape, mark: UInt32, capacity: Int, bytes expected: Int) {
        (self.shape, self.mark) = (shape, mark)
        validity = MutableBuffer(capacity: Bitmap.byteCount(capacity), zeroed: true)
        values = MutableBuffer(capacity: shape.byteCount(capacity), zeroed: shape == .bool)
        bytes = shape.hasBytes ? MutableBuffer(capacity: min(expected, ColumnSlot.byteLimit)) : nil
        if bytes != nil { values.storeEnd(0, at: 0) }
    }

    /// Adds rows behind the first `used`; there is room for them.
    func append(_ run: ValueRun, after used: Int) throws(RowFault) {
        if used < count { forget(after: used) }
        BitWriter(validity).put(run.valid, count: run.count, at: count)
        switch shape {
        case .empty: break
        case .bool:
            if run.shape == .bool { BitWriter(values).put(run.values.assumingMemoryBound(to: UInt8.self), count: run.count, at: count) }
        case .text, .json: try appendTexts(run)
        case .int, .decimal, .float, .date, .instant, .wallClock:
            let width = shape.slotWidth, to = values.pointer + count * width
            if run.shape == shape {
                to.copyMemory(from: run.values, byteCount: run.count * width)
            } else {
                to.initializeMemory(as: UInt8.self, repeating: 0, count: run.count * width)
            }
        }
        count += run.count
    }

    private func appendTexts(_ run: ValueRun) throws(RowFault) {
        guard run.shape == shape, let bytes else {
            for index in 0..<run.count { values.storeEnd(Int32(truncatingIfNeeded: byteCount), at: count + index + 1) }
            return
        }
        let length = run.byteCount
        guard byteCount + length <= ColumnSlot.byteLimit else { throw .textTooLong }
        let from = run.values.assumingMemoryBound(to: Int32.self), to = values.values(as: Int32.self) + count
        let shift = Int32(truncatingIfNeeded: byteCount) &- from[0]
        for index in 0...run.count { to[index] = from[index] &+ shift }
        bytes.reserve(byteCount + length, used: byteCount)
        (bytes.pointer + byteCount).copyMemory(from: run.bytes + Int(from[0]), byteCount: length)
        byteCount += length
    }

    /// Makes the first `used` rows all that there are.
    func forget(after used: Int) {
        BitWriter(validity).clear(from: used, to: count)
        if shape == .bool { BitWriter(values).clear(from: used, to: count) }
        count = used
        if bytes != nil { byteCount = Int(values.values(as: Int32.self)[used]) }
    }

    /// The rows in memory of about the size that they need; nothing is added any more.
    func ended() -> (validity: Buffer?, nullCount: Int, values: Buffer, bytes: Buffer?) {
        let nulls = count - BitWriter(validity).count(count)
        let bits = nulls == 0 ? nil : validity.fitted(Bitmap.byteCount(count))
        return (bits, nulls, values.fitted(shape.byteCount(count)), bytes?.fitted(byteCount))
    }
}

extension Shape {
    /// Bytes of the values of `count` rows in Arrow's layout, the text itself not among them.
    func byteCount(_ count: Int) -> Int {
        self == .empty ? 0 : self == .bool ? Bitmap.byteCount(count) : hasBytes ? (count + 1) * 4 : count * slotWidth
    }
}

extension MutableBuffer {
    fileprivate func storeEnd(_ end: Int32, at row: Int) { pointer.storeBytes(of: end, toByteOffset: row * 4, as: Int32.self) }

    /// The first `byteCount` bytes: where they are, unless much of the memory would be left over.
    fileprivate func fitted(_ byteCount: Int) -> Buffer {
        if capacity <= byteCount + byteCount / 8 + 64 { return freeze(byteCount: byteCount) }
        let memory = MutableBuffer(capacity: byteCount)
        memory.pointer.copyMemory(from: pointer, byteCount: byteCount)
        return memory.freeze(byteCount: byteCount)
    }
}
