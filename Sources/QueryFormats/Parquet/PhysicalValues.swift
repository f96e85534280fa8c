// Values of a leaf as they are decoded, nulls left out: bytes of one width side by side, or bytes of any number with offsets.
import QueryFrames

/// Values of one chunk, under construction.
final class PhysicalValues {
    /// Bytes of each value; nil where they have any number of bytes.
    let width: Int?
    private(set) var count = 0
    private var bytes: MutableBuffer
    private var offsets: MutableBuffer
    private(set) var byteCount = 0

    /// Bools take a byte each.
    init(_ leaf: ParquetLeaf, capacity: Int) {
        width = leaf.physical == .byteArray ? nil : leaf.physical == .boolean ? 1 : leaf.length
        bytes = MutableBuffer(capacity: capacity * (width ?? 8))
        offsets = MutableBuffer(capacity: width == nil ? (capacity + 1) * 4 : 0)
        if width == nil { offsets.values(as: Int32.self)[0] = 0 }
    }

    /// Room for `count` values of fixed width, which are counted at once.
    func room(_ count: Int, _ width: Int) -> UnsafeMutableRawPointer {
        let used = self.count * width
        if used + count * width > bytes.capacity { bytes.reserve(used + count * width, used: used) }
        self.count += count
        return bytes.pointer + used
    }

    /// Room for `count` values of any number of bytes, `total` in all, to be appended next. False where they are too many.
    func reserve(_ count: Int, total: Int) -> Bool {
        guard byteCount + total <= StringBuilder.byteLimit else { return false }
        if byteCount + total > bytes.capacity { bytes.reserve(byteCount + total, used: byteCount) }
        let needed = (self.count + count + 1) * 4
        if needed > offsets.capacity { offsets.reserve(needed, used: (self.count + 1) * 4) }
        return true
    }

    /// Appends bytes as a value; there is room for them.
    @inline(__always)
    func append(_ start: UnsafeRawPointer?, _ length: Int) {
        if length > 0, let start { (bytes.pointer + byteCount).copyMemory(from: start, byteCount: length) }
        byteCount &+= length
        count &+= 1
        offsets.values(as: Int32.self)[count] = Int32(truncatingIfNeeded: byteCount)
    }

    /// Counts values that were written behind the others, whose bytes then end at `byteCount`.
    func advance(_ count: Int, to byteCount: Int) {
        self.count += count
        self.byteCount = byteCount
    }

    /// The bytes of value `index`.
    @inline(__always)
    subscript(index: Int) -> UnsafeRawBufferPointer {
        if let width { return UnsafeRawBufferPointer(start: bytes.pointer + index &* width, count: width) }
        let at = offsets.values(as: Int32.self)
        return UnsafeRawBufferPointer(start: bytes.pointer + Int(at[index]), count: Int(at[index &+ 1] &- at[index]))
    }

    /// Bytes of all values.
    var usedBytes: Int { width.map { $0 * count } ?? byteCount }

    var pointer: UnsafeMutableRawPointer { bytes.pointer }
    var at: UnsafeMutablePointer<Int32> { offsets.values(as: Int32.self) }

    /// The bytes and the offsets, which are not changed any more.
    func freeze() -> (bytes: Buffer, offsets: Buffer) {
        (bytes.freeze(byteCount: usedBytes), offsets.freeze(byteCount: width == nil ? (count + 1) * 4 : 0))
    }
}
