// Rows put in the order of their groups: what medians are selected from, and where a join finds the rows of a key.

/// The rows of each group, in their own order, group after group.
struct GroupedRows {
    private let rowMemory: MutableBuffer
    private let startMemory: MutableBuffer

    /// The rows; those of a group stand side by side.
    var rows: UnsafePointer<UInt32> { UnsafePointer(rowMemory.values(as: UInt32.self)) }
    /// Where the rows of each group begin, and after the last one where they end.
    var starts: UnsafePointer<UInt32> { UnsafePointer(startMemory.values(as: UInt32.self)) }

    /// Groups `count` rows by their numbers, all less than `groups`; rows with `IntegerTable.absent` are left out.
    init(_ numbers: UnsafePointer<UInt32>, count: Int, groups: Int) {
        rowMemory = MutableBuffer(capacity: count * 4)
        startMemory = MutableBuffer(capacity: (groups + 2) * 4, zeroed: true)
        let rows = rowMemory.values(as: UInt32.self)
        // Counts stand two places up, so that after adding them up the next place of a group stands one up.
        let next = startMemory.values(as: UInt32.self)
        for row in 0..<count where numbers[row] != IntegerTable.absent { next[Int(numbers[row]) &+ 2] &+= 1 }
        for group in 0..<groups { next[group &+ 2] &+= next[group &+ 1] }
        for row in 0..<count where numbers[row] != IntegerTable.absent {
            let place = next + (Int(numbers[row]) + 1)
            rows[Int(place.pointee)] = UInt32(truncatingIfNeeded: row)
            place.pointee &+= 1
        }
    }

    /// Where the rows of a group stand.
    func range(_ group: Int) -> Range<Int> { Int(starts[group])..<Int(starts[group + 1]) }
}
