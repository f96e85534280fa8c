// Groups of rows with equal keys, numbered in the order in which they first appear.

/// Numbers the groups of rows that come batch after batch. Equal means equal in the order of sorts; null equals null.
final class GroupNumbers {
    private let keys: [KeyNumbers]
    /// For each key but the first: the distinct pairs of what the keys before it gave and what it gives.
    private let pairs: [PairNumbers]
    private let memory = MutableBuffer(capacity: RecordBatch.rows * 4)
    private let codeMemory = MutableBuffer(capacity: RecordBatch.rows * 4)

    /// Groups by keys of these types; without one, all rows are one group, which is there before the first row.
    init(_ types: [DataType]) {
        keys = types.map { KeyNumbers($0) }
        pairs = types.dropFirst().map { _ in PairNumbers() }
    }

    /// How many groups there are so far.
    var count: Int { pairs.last?.count ?? keys.last?.count ?? 1 }

    /// The number of each row's group, until the next call.
    func numbers(_ columns: [Column], count rows: Int) -> UnsafePointer<UInt32> {
        let numbers = room(memory, rows)
        guard !keys.isEmpty else {
            numbers.update(repeating: 0, count: rows)
            return UnsafePointer(numbers)
        }
        keys[0].assign(columns[0], to: numbers)
        var lefts = keys[0].count
        for index in columns.indices.dropFirst() {
            let codes = room(codeMemory, rows)
            keys[index].assign(columns[index], to: codes)
            pairs[index - 1].assign(rows, numbers, lefts: lefts, codes, rights: keys[index].count)
            lefts = pairs[index - 1].count
        }
        return UnsafePointer(numbers)
    }

    /// The number of each row's group, until the next call with the same memory; `IntegerTable.absent` where there is none or a key is
    /// null. Several threads may look at the same time, each with a memory of its own, while no group is added.
    func find(_ columns: [Column], count rows: Int, _ memory: Lookup) -> UnsafePointer<UInt32> {
        let numbers = room(memory.numbers, rows)
        keys[0].find(columns[0], to: numbers, memory.texts)
        for index in columns.indices.dropFirst() {
            let codes = room(memory.codes, rows)
            keys[index].find(columns[index], to: codes, memory.texts)
            pairs[index - 1].find(rows, numbers, codes)
        }
        return UnsafePointer(numbers)
    }

    /// What one who looks for groups needs.
    final class Lookup {
        fileprivate let numbers = MutableBuffer(capacity: RecordBatch.rows * 4)
        fileprivate let codes = MutableBuffer(capacity: RecordBatch.rows * 4)
        fileprivate let texts = TextTable.Block()
    }

    private func room(_ memory: MutableBuffer, _ rows: Int) -> UnsafeMutablePointer<UInt32> {
        memory.reserve(rows * 4, used: 0)
        return memory.values(as: UInt32.self)
    }
}

/// The rows with which groups first appear, of a batch whose groups are numbered.
struct FirstRows {
    private let memory: MutableBuffer
    /// How many there are.
    let count: Int

    var rows: UnsafePointer<UInt32> { UnsafePointer(memory.values(as: UInt32.self)) }

    /// Of the groups in `numbers`, those from number `known` on are new.
    init(_ numbers: UnsafePointer<UInt32>, count rows: Int, known: Int, groups: Int) {
        memory = MutableBuffer(capacity: (groups - known) * 4)
        count = groups - known
        let to = memory.values(as: UInt32.self)
        var next = UInt32(truncatingIfNeeded: known)
        var found = 0, row = 0
        while found < count && row < rows {
            // Groups are numbered as they appear, so the next new one bears the next number.
            if numbers[row] == next {
                to[found] = UInt32(truncatingIfNeeded: row)
                found &+= 1
                next &+= 1
            }
            row &+= 1
        }
    }

    /// The rows as a selection.
    var selection: Selection { Selection(buffer: memory.freeze(byteCount: count * 4), count: count) }
}
