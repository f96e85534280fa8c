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

    /// The runs one after the other; refuses more text than the ends of texts can tell.
    init(_ runs: [ValueRun]) throws(RowFault) {
        count = runs.reduce(0) { $0 + $1.count }
        var shape = Shape.empty
        for run in runs { shape = shape.joinedKeepingAll(run.shape) }
        hasInexactInts = shape == .float && !runs.allSatisfy { $0.shape != .int || $0.intsAreFloats }
        if hasInexactInts { shape = .json }
        self.shape = shape
        let wide = runs.map { WideRun($0, shape) }
        let text = shape.hasBytes ? wide.reduce(0) { $0 + $1.run.byteCount } : 0
        guard text <= ColumnSlot.byteLimit else { throw .textTooLong }
        let fill = ColumnFill(shape, mark: 0, capacity: count, bytes: text)
        for one in wide { try fill.append(one.run, after: fill.count) }
        (validity, nullCount, values, bytes) = fill.ended()
        (mark, marks) = BatchColumn.marks(wide.map(\.run), shape, count)
    }

    /// Columns one after the other.
    convenience init(_ columns: [BatchColumn]) throws(RowFault) {
        let held = columns.map(\.held)
        defer { withExtendedLifetime((columns, held)) {} }
        try self.init(held.map(\.run))
    }

    /// The rows of `fill`, to which none are added any more.
    init(_ fill: ColumnFill) {
        (shape, count, mark, marks, hasInexactInts) = (fill.shape, fill.count, fill.mark, nil, false)
        (validity, nullCount, values, bytes) = fill.ended()
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
        guard widened.byteCount <= ColumnSlot.byteLimit else { return nil }
        return column(type, widened.values.freeze(byteCount: wanted.byteCount(count)), widened.bytes?.freeze(byteCount: widened.byteCount))
    }

    private func column(_ type: DataType, _ values: Buffer, _ bytes: Buffer?) -> Column {
        let storage: Column.Storage =
            if let bytes { .variable(offsets: values, bytes: bytes) } else if type == .bool { .bits(values) } else { .fixed(values) }
        return Column(type: type, count: count, validity: validity, nullCount: nullCount, storage: storage)
    }

    /// `count` nulls.
    static func nulls(_ count: Int, _ shape: Shape, _ type: DataType) -> Column {
        let shape = shape == .empty ? .text : shape
        let size = shape.byteCount(count)
        let validity = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true).freeze(byteCount: Bitmap.byteCount(count))
        let values = MutableBuffer(capacity: size, zeroed: true).freeze(byteCount: size)
        let storage: Column.Storage =
            if shape.hasBytes {
                .variable(offsets: values, bytes: MutableBuffer(capacity: 0).freeze(byteCount: 0))
            } else if shape == .bool { .bits(values) } else { .fixed(values) }
        return Column(type: type, count: count, validity: validity, nullCount: count, storage: storage)
    }

    /// The values as a run, a byte for each bit, and the memory that these are in.
    var held: (run: ValueRun, memory: [MutableBuffer]) {
        let valid = BatchColumn.bytes(validity, count), bools = shape == .bool ? BatchColumn.bytes(values, count) : nil
        let values = bools.map { UnsafeRawPointer($0.pointer) } ?? values.pointer
        let run = ValueRun(
            shape: shape, count: count, valid: valid.values(as: UInt8.self), values: values, bytes: bytes?.pointer ?? values, mark: mark,
            marks: marks?.values(as: UInt32.self))
        return (run, [valid] + (bools.map { [$0] } ?? []))
    }

    /// Hands the values over as a run.
    private func run<R>(_ body: (ValueRun) -> R) -> R {
        let held = held
        return withExtendedLifetime(held.memory) { body(held.run) }
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
