// The rows of a frame as a window sees them: group after group, each in its order.

final class WindowGroups {
    /// How many rows there are.
    let count: Int
    /// The rows, group after group.
    let order: UnsafePointer<UInt32>
    /// Where each group begins in `order`, and last where all end.
    let starts: [Int]
    /// The keys of the order.
    private let keys: [SortKeyColumn]
    /// Keeps `order` alive.
    private let memory: MutableBuffer

    /// Groups `count` rows by the columns `by` (for each batch one of each key) of the types `types`.
    init(
        count: Int, by batches: [[Column]], types: [DataType], sort keys: [SortKeyColumn], isCancelled: () -> Bool
    ) throws(EvaluationError) {
        self.count = count
        self.keys = keys
        memory = MutableBuffer(capacity: count * 4)
        let order = memory.values(as: UInt32.self)
        self.order = UnsafePointer(order)
        if keys.isEmpty {
            for row in 0..<count { order[row] = UInt32(truncatingIfNeeded: row) }
        } else {
            var sorter = Sorter(keys, count: count)
            let sorted = try sorter.sort(isCancelled)
            withExtendedLifetime(sorter) { order.update(from: sorted, count: count) }
        }
        guard !types.isEmpty else {
            starts = [0, count]
            return
        }
        let groups = GroupNumbers(types)
        var numbers: [UInt32] = []
        numbers.reserveCapacity(count)
        for columns in batches {
            let rows = columns[0].count
            numbers += UnsafeBufferPointer(start: groups.numbers(columns, count: rows), count: rows)
        }

        // The order is dealt out to the groups, which keeps it within each.
        var starts = Array(repeating: 0, count: groups.count + 1)
        for number in numbers { starts[Int(number) + 1] += 1 }
        for index in 1..<max(starts.count, 1) { starts[index] += starts[index - 1] }
        var next = starts
        let dealt = MutableBuffer(capacity: count * 4)
        let to = dealt.values(as: UInt32.self)
        for index in 0..<count {
            let row = order[index], group = Int(numbers[Int(row)])
            to[next[group]] = row
            next[group] &+= 1
        }
        order.update(from: to, count: count)
        withExtendedLifetime(dealt) {}
        self.starts = starts
    }

    /// Calls `body` with each group's part of `order`.
    @inline(__always)
    func forEach(_ body: (Range<Int>) throws(EvaluationError) -> Void) throws(EvaluationError) {
        for index in 0..<(starts.count - 1) where starts[index] < starts[index + 1] {
            try body(starts[index]..<starts[index + 1])
        }
    }

    /// Calls `body` with each group's number and its part of `order`.
    @inline(__always)
    func forEachNumbered(_ body: (UInt32, Range<Int>) throws(EvaluationError) -> Void) throws(EvaluationError) {
        for index in 0..<(starts.count - 1) { try body(UInt32(truncatingIfNeeded: index), starts[index]..<starts[index + 1]) }
    }

    /// Whether groups have an order of their own, and not that of the rows.
    var isSorted: Bool { !keys.isEmpty }

    /// Whether the sort does not tell two rows of a group apart.
    func arePeers(_ a: UInt32, _ b: UInt32) -> Bool { keys.allSatisfy { $0.order(Int(a), Int(b)) == 0 } }
}

/// The values of all batches of a fixed-width column, one after the other.
struct WindowValues<T: BitwiseCopyable> {
    let values: UnsafePointer<T>
    /// A bit a row, set where the row has a value; nil where all have.
    let valid: UnsafePointer<UInt8>?
    /// Keeps both alive.
    let owners: [MutableBuffer]

    init(_ batches: [Column], count: Int, as type: T.Type) {
        let memory = MutableBuffer(capacity: count * MemoryLayout<T>.stride)
        let to = memory.values(as: T.self)
        var row = 0
        for batch in batches {
            (to + row).update(from: batch.fixed(as: T.self), count: batch.count)
            row += batch.count
        }
        values = UnsafePointer(to)
        guard batches.contains(where: { $0.nullCount > 0 }) else {
            valid = nil
            owners = [memory]
            return
        }
        let bitmap = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true)
        let bits = bitmap.values(as: UInt8.self)
        row = 0
        for batch in batches {
            for index in 0..<batch.count where !batch.isNull(index) { Bitmap.set(bits, row + index) }
            row += batch.count
        }
        valid = UnsafePointer(bits)
        owners = [memory, bitmap]
    }

    @inline(__always)
    func isNull(_ row: Int) -> Bool { valid.map { !Bitmap.get($0, row) } ?? false }
}
