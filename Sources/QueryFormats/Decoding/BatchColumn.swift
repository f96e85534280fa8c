// A column of a whole batch: the runs of its segments put together in memory of exactly the size that they need.
import QueryFrames

/// Values of one column over the rows of a batch, in the shape that those have. What the shape does not say is still beside it.
final class BatchColumn: Sendable {
    let shape: Shape
    let count: Int
    /// Ints stood among floats that no float is exactly.
    let hasInexactInts: Bool
    private let nullCount: Int
    private let validity: Buffer?
    private let values: Buffer
    private let bytes: Buffer?
    private let mark: UInt32
    private let marks: Buffer?

    /// The runs one after the other.
    init(_ runs: [ValueRun]) {
        count = runs.reduce(0) { $0 + $1.count }
        var shape = Shape.empty
        for run in runs { shape = shape.joinedKeepingAll(run.shape) }
        hasInexactInts = shape == .float && !runs.allSatisfy { $0.shape != .int || $0.intsAreFloats }
        if hasInexactInts { shape = .json }
        self.shape = shape
        let wide = runs.map { WideRun($0, shape) }
        (validity, nullCount) = BatchColumn.validity(runs, count)
        values = BatchColumn.values(wide.map(\.run), shape, count)
        bytes = shape.hasBytes ? BatchColumn.bytes(wide.map(\.run)) : nil
        (mark, marks) = BatchColumn.marks(wide.map(\.run), shape, count)
    }

    /// A run in the shape of its batch, and the memory that it is in.
    private struct WideRun {
        let run: ValueRun
        private let memory: ValueRun.Widened?

        init(_ run: ValueRun, _ shape: Shape) {
            guard run.shape != shape else {
                (self.run, memory) = (run, nil)
                return
            }
            let widened = run.widened(to: shape, capacity: run.count)
            memory = widened
            self.run = ValueRun(
                shape: shape, count: run.count, valid: run.valid, values: widened.values.pointer,
                bytes: widened.bytes?.pointer ?? widened.values.pointer, mark: run.shape == .int ? ValueRun.writtenAsInt : run.mark, marks: nil)
        }
    }

    private static func validity(_ runs: [ValueRun], _ count: Int) -> (Buffer?, Int) {
        let memory = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true)
        let bits = BitWriter(memory)
        var row = 0, set = 0
        for run in runs {
            set += bits.put(run.valid, count: run.count, at: row)
            row += run.count
        }
        return set == count ? (nil, 0) : (memory.freeze(byteCount: Bitmap.byteCount(count)), count - set)
    }

    private static func values(_ runs: [ValueRun], _ shape: Shape, _ count: Int) -> Buffer {
        var row = 0
        switch shape {
        case .empty: return MutableBuffer(capacity: 0).freeze(byteCount: 0)
        case .bool:
            let memory = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true)
            let bits = BitWriter(memory)
            for run in runs {
                _ = bits.put(run.values.assumingMemoryBound(to: UInt8.self), count: run.count, at: row)
                row += run.count
            }
            return memory.freeze(byteCount: Bitmap.byteCount(count))
        case .text, .json:
            let memory = MutableBuffer(capacity: (count + 1) * 4)
            let ends = memory.values(as: Int32.self)
            var end: Int32 = 0
            for run in runs {
                let from = run.values.assumingMemoryBound(to: Int32.self)
                let shift = end &- from[0]
                for index in 0..<run.count { ends[row + index] = from[index] &+ shift }
                row += run.count
                end = from[run.count] &+ shift
            }
            ends[count] = end
            return memory.freeze(byteCount: (count + 1) * 4)
        case .int, .decimal, .float, .date, .instant, .wallClock:
            let width = shape.slotWidth
            let memory = MutableBuffer(capacity: count * width)
            for run in runs {
                (memory.pointer + row * width).copyMemory(from: run.values, byteCount: run.count * width)
                row += run.count
            }
            return memory.freeze(byteCount: count * width)
        }
    }

    private static func bytes(_ runs: [ValueRun]) -> Buffer {
        let lengths = runs.map(\.byteCount)
        let memory = MutableBuffer(capacity: lengths.reduce(0, +))
        var used = 0
        for (run, length) in zip(runs, lengths) {
            let first = Int(run.values.load(as: Int32.self))
            (memory.pointer + used).copyMemory(from: run.bytes + first, byteCount: length)
            used += length
        }
        return memory.freeze(byteCount: used)
    }

    /// The mark that all values have, or theirs one by one.
    private static func marks(_ runs: [ValueRun], _ shape: Shape, _ count: Int) -> (UInt32, Buffer?) {
        guard shape == .float || shape == .instant || shape == .wallClock else { return (0, nil) }
        let marked = runs.filter { !$0.isAllNull }
        guard let first = marked.first else { return (0, nil) }
        if marked.allSatisfy({ $0.marks == nil && $0.mark == first.mark }) { return (first.mark, nil) }
        let memory = MutableBuffer(capacity: count * 4)
        var to = memory.values(as: UInt32.self)
        for run in runs {
            if let marks = run.marks { to.update(from: marks, count: run.count) } else { to.update(repeating: run.mark, count: run.count) }
            to += run.count
        }
        return (0, memory.freeze(byteCount: count * 4))
    }

    // MARK: The column

    /// Whether ints are not floats exactly.
    var intsAreInexact: Bool { shape == .int && !run { $0.intsAreFloats } }

    /// The column in the shape of all batches, which has the type `type`; nil where the text gets too long for one column.
    func column(_ wanted: Shape, _ type: DataType) -> Column? {
        if shape == .empty { return BatchColumn.nulls(count, wanted, type) }
        if shape == wanted { return column(type, values, bytes) }
        let widened = run { $0.widened(to: wanted, capacity: count) }
        guard widened.byteCount < Int(Int32.max) else { return nil }
        let size = wanted.hasBytes ? (count + 1) * 4 : count * wanted.slotWidth
        return column(type, widened.values.freeze(byteCount: size), widened.bytes?.freeze(byteCount: widened.byteCount))
    }

    private func column(_ type: DataType, _ values: Buffer, _ bytes: Buffer?) -> Column {
        let storage: Column.Storage =
            if let bytes { .variable(offsets: values, bytes: bytes) } else if type == .bool { .bits(values) } else { .fixed(values) }
        return Column(type: type, count: count, validity: validity, nullCount: nullCount, storage: storage)
    }

    /// `count` nulls.
    static func nulls(_ count: Int, _ shape: Shape, _ type: DataType) -> Column {
        let shape = shape == .empty ? .text : shape
        let size = shape.hasBytes ? (count + 1) * 4 : shape == .bool ? Bitmap.byteCount(count) : count * shape.slotWidth
        let validity = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true).freeze(byteCount: Bitmap.byteCount(count))
        let values = MutableBuffer(capacity: size, zeroed: true).freeze(byteCount: size)
        let storage: Column.Storage =
            if shape.hasBytes {
                .variable(offsets: values, bytes: MutableBuffer(capacity: 0).freeze(byteCount: 0))
            } else if shape == .bool { .bits(values) } else { .fixed(values) }
        return Column(type: type, count: count, validity: validity, nullCount: count, storage: storage)
    }

    /// Hands the values over as a run, a byte for each bit.
    private func run<R>(_ body: (ValueRun) -> R) -> R {
        let valid = BatchColumn.bytes(validity, count), bools = shape == .bool ? BatchColumn.bytes(values, count) : nil
        return withExtendedLifetime((valid, bools)) {
            body(
                ValueRun(
                    shape: shape, count: count, valid: valid.values(as: UInt8.self), values: bools.map { UnsafeRawPointer($0.pointer) } ?? values.pointer,
                    bytes: bytes?.pointer ?? values.pointer, mark: mark, marks: marks?.values(as: UInt32.self)))
        }
    }

    private static func bytes(_ bits: Buffer?, _ count: Int) -> MutableBuffer {
        let memory = MutableBuffer(capacity: count)
        let to = memory.values(as: UInt8.self)
        guard let bits = bits?.values(as: UInt8.self) else {
            to.update(repeating: 1, count: count)
            return memory
        }
        for row in 0..<count { to[row] = Bitmap.get(bits, row) ? 1 : 0 }
        return memory
    }
}

/// Puts bytes of 0 and 1 into a bitmap of zeros, eight at a time where they begin on a byte.
private struct BitWriter {
    private let bits: UnsafeMutablePointer<UInt8>

    init(_ memory: MutableBuffer) { bits = memory.values(as: UInt8.self) }

    /// Puts `count` bytes from bit `first` on; gives how many were 1.
    func put(_ bytes: UnsafePointer<UInt8>, count: Int, at first: Int) -> Int {
        var index = 0, set = 0
        while index < count {
            let bit = first &+ index
            if bit & 7 == 0, index &+ 8 <= count {
                let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let packed = UInt8(truncatingIfNeeded: (word &* 0x0102_0408_1020_4080) &>> 56)
                bits[bit &>> 3] = packed
                set &+= packed.nonzeroBitCount
                index &+= 8
            } else {
                bits[bit &>> 3] |= bytes[index] &<< UInt8(truncatingIfNeeded: bit & 7)
                set &+= Int(bytes[index])
                index &+= 1
            }
        }
        return set
    }
}
