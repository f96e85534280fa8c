// A column of a few thousand rows that is being filled, as pointers: the loops over rows write here and to no object.
import QueryFrames

/// One column of a segment. Each row has a byte that says whether it has a value, and a value in the width of the shape.
///
/// A shape that turns out too narrow is widened on the spot. Nothing is lost by that, for what the narrow shape does not say itself is kept
/// as a mark: the form in which a timestamp was written, or that a float was written as an int.
struct ColumnSlot {
    private(set) var shape = Shape.empty
    /// The kinds of values that were seen.
    private(set) var kinds: ValueKinds = []
    /// Rows that are in; the loops over arrays, which always have all columns, set it once at the end.
    var rows = 0
    /// A byte for each row, 1 where there is a value. Rows to come are 1 already.
    private(set) var valid: UnsafeMutablePointer<UInt8>
    /// The values: a byte for a bool, the ends of texts among `bytes`, else as Arrow has them.
    private(set) var values: UnsafeMutableRawPointer
    private(set) var bytes: UnsafeMutableRawPointer
    var byteCount = 0
    private(set) var byteCapacity = 0
    /// Bytes of text that there will probably be.
    private let expectedBytes: Int
    /// The mark of all values, unless they have one each.
    private(set) var mark: UInt32 = 0
    private(set) var marks: UnsafeMutablePointer<UInt32>?

    /// The kinds before those that row `kindsRow` added.
    private var kindsBefore: ValueKinds = []
    private var kindsRow = -1
    /// The slot as it was before row `widenedRow` made it wider; else empty.
    private var narrower: [ColumnSlot] = []
    private var widenedRow = -1
    private var validMemory: MutableBuffer
    private var valueMemory: MutableBuffer?
    private var byteMemory: MutableBuffer?
    private var markMemory: MutableBuffer?

    /// Bytes of text in one column of a segment, or of a batch: their ends are numbers of 32 bits, and what is copied may go 16 bytes
    /// further.
    static let byteLimit = Int(Int32.max) - 16

    /// Nothing yet, with room for `capacity` rows; should they be texts, then probably of so many bytes.
    init(capacity: Int, bytes expected: Int = 0) {
        expectedBytes = expected
        validMemory = MutableBuffer(capacity: capacity)
        valid = validMemory.values(as: UInt8.self)
        valid.update(repeating: 1, count: validMemory.capacity)
        // Without values there is nothing to be written to.
        values = validMemory.pointer
        bytes = validMemory.pointer
    }

    /// What is in it so far, to be read.
    var run: ValueRun { run(of: rows) }

    /// Its first `count` rows.
    func run(of count: Int) -> ValueRun {
        ValueRun(shape: shape, count: count, valid: valid, values: values, bytes: bytes, mark: mark, marks: marks)
    }

    /// Bytes that `count` rows take.
    private func valueBytes(_ count: Int) -> Int { shape.hasBytes ? (count + 1) * 4 : count * shape.slotWidth }

    /// Makes room for `capacity` rows, of which `used` are in.
    mutating func reserve(_ capacity: Int, used: Int) {
        let old = validMemory.capacity
        validMemory.reserve(capacity, used: old)
        valid = validMemory.values(as: UInt8.self)
        (valid + old).update(repeating: 1, count: validMemory.capacity - old)
        if let valueMemory {
            valueMemory.reserve(valueBytes(capacity), used: valueBytes(used))
            values = valueMemory.pointer
        }
        if let markMemory {
            markMemory.reserve(capacity * 4, used: used * 4)
            marks = markMemory.values(as: UInt32.self)
        }
    }

    /// Makes room for `needed` bytes of text in all; `used` are in. Refuses more than the ends of texts can tell.
    @inline(never)
    mutating func reserveBytes(_ needed: Int, used: Int) throws(RowFault) {
        guard needed <= ColumnSlot.byteLimit else { throw .textTooLong }
        let byteMemory = byteMemory ?? MutableBuffer(capacity: max(needed, expectedBytes))
        // Half as much again, as a text of unknown length asks again and again.
        byteMemory.reserve(max(needed, expectedBytes, byteCapacity + byteCapacity / 2), used: used)
        self.byteMemory = byteMemory
        bytes = byteMemory.pointer
        byteCapacity = byteMemory.capacity
    }

    /// Notes that row `row` has a value of that kind.
    mutating func note(_ kind: ValueKinds, row: Int) {
        guard !kinds.contains(kind) else { return }
        if kindsRow != row {
            kindsRow = row
            kindsBefore = kinds
        }
        kinds.formUnion(kind)
    }

    /// Gives row `row` a mark that is not that of the rows before, or one among marks of many kinds.
    @inline(never)
    mutating func setMark(_ new: UInt32, row: Int, capacity: Int) {
        if let marks {
            marks[row] = new
        } else if new != mark {
            let memory = MutableBuffer(capacity: capacity * 4)
            let all = memory.values(as: UInt32.self)
            all.update(repeating: mark, count: row)
            all[row] = new
            (markMemory, marks) = (memory, all)
        }
    }

    /// Makes `text` the value of row `row`, after which no other has one yet.
    mutating func append(_ text: TextBuffer, row: Int) throws(RowFault) {
        if byteCount + text.count > byteCapacity { try reserveBytes(byteCount + text.count, used: byteCount) }
        text.withBytes { from in
            if let start = from.baseAddress { (bytes + byteCount).copyMemory(from: start, byteCount: from.count) }
        }
        byteCount += text.count
        values.storeBytes(of: Int32(truncatingIfNeeded: byteCount), toByteOffset: (row + 1) * 4, as: Int32.self)
    }

    /// Makes rows up to `end` null, which have no value yet.
    mutating func fillNulls(to end: Int) {
        while rows < end {
            setNull(rows)
            rows += 1
        }
    }

    /// Makes row `row` null.
    @inline(__always)
    mutating func setNull(_ row: Int) {
        valid[row] = 0
        switch shape {
        case .empty: break
        case .bool: values.storeBytes(of: 0, toByteOffset: row, as: UInt8.self)
        case .date: values.storeBytes(of: 0, toByteOffset: row &* 4, as: Int32.self)
        case .int, .float, .instant, .wallClock: values.storeBytes(of: 0, toByteOffset: row &* 8, as: Int64.self)
        case .decimal: values.storeBytes(of: 0, toByteOffset: row &* 16, as: Int128.self)
        case .text, .json: values.storeBytes(of: Int32(truncatingIfNeeded: byteCount), toByteOffset: (row &+ 1) &* 4, as: Int32.self)
        }
        if let marks { marks[row] = 0 }
    }

    /// Takes back row `row`, the last, as if nothing of it had been read.
    mutating func takeBack(_ row: Int) {
        if widenedRow == row, let narrower = narrower.first { self = narrower }
        valid[row] = 1
        rows = min(rows, row)
        if kindsRow == row {
            kinds = kindsBefore
            kindsRow = -1
        }
        if shape.hasBytes { byteCount = Int(values.load(fromByteOffset: row &* 4, as: Int32.self)) }
    }

    /// Ends the filling: no row is taken back any more.
    mutating func end() { narrower = [] }

    /// Changes the shape of the first `count` rows to a wider one, with room for `capacity` rows. The next value has the mark `mark`.
    mutating func widen(to wider: Shape, count: Int, capacity: Int, mark new: UInt32) {
        narrower = []
        narrower = [self]
        widenedRow = count
        let old = run(of: count)
        let hadNone = shape == .empty
        let isFloat = shape == .int && wider == .float
        let widened = old.widened(to: wider, capacity: capacity)
        shape = wider
        valueMemory = widened.values
        values = widened.values.pointer
        if let text = widened.bytes {
            byteMemory = text
            bytes = text.pointer
            byteCapacity = text.capacity
            byteCount = widened.byteCount
        }
        (marks, markMemory) = (nil, nil)
        // Ints among floats are marked as such.
        mark = hadNone ? new : isFloat ? ValueRun.writtenAsInt : 0
    }
}

extension Shape {
    /// Bytes of one value in a slot; texts have their ends instead.
    var slotWidth: Int {
        switch self {
        case .empty: 0
        case .bool: 1
        case .date, .text, .json: 4
        case .int, .float, .instant, .wallClock: 8
        case .decimal: 16
        }
    }
}
