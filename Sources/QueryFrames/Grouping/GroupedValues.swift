// Values collected with the numbers of their groups and then put group by group: what medians are selected from and distinct values
// are counted in.

/// A growing list of values, each with the number of its group.
final class GroupedValues<Value: BitwiseCopyable> {
    private var values = MutableBuffer(capacity: 64)
    private var groups = MutableBuffer(capacity: 64)
    private var starts = MutableBuffer(capacity: 64)
    /// How many values there are.
    private(set) var count = 0

    /// Room for `more` values and the numbers of their groups, behind those there are; `advance` counts what was written.
    func room(_ more: Int) -> (values: UnsafeMutablePointer<Value>, groups: UnsafeMutablePointer<UInt32>) {
        let size = MemoryLayout<Value>.stride
        values.reserve((count + more) * size, used: count * size)
        groups.reserve((count + more) * 4, used: count * 4)
        return (values.values(as: Value.self) + count, groups.values(as: UInt32.self) + count)
    }

    func advance(by written: Int) { count += written }

    /// Puts the values of each group side by side, in the order in which they came. All numbers are less than `groupCount`.
    @inline(__always)
    func arrange(_ groupCount: Int) {
        let size = MemoryLayout<Value>.stride
        let arranged = MutableBuffer(capacity: count * size)
        starts = MutableBuffer(capacity: (groupCount + 2) * 4, zeroed: true)
        // Counts stand two places up, so that after adding them up the next place of a group stands one up.
        let next = starts.values(as: UInt32.self), group = groups.values(as: UInt32.self)
        let from = values.values(as: Value.self), to = arranged.values(as: Value.self)
        for index in 0..<count { next[Int(group[index]) &+ 2] &+= 1 }
        for group in 0..<groupCount { next[group &+ 2] &+= next[group &+ 1] }
        for index in 0..<count {
            let place = next + (Int(group[index]) &+ 1)
            to[Int(place.pointee)] = from[index]
            place.pointee &+= 1
        }
        values = arranged
    }

    /// The values of a group; after `arrange`.
    @inline(__always)
    func values(of group: Int) -> UnsafeMutableBufferPointer<Value> {
        let starts = starts.values(as: UInt32.self)
        let low = Int(starts[group]), high = Int(starts[group &+ 1])
        return UnsafeMutableBufferPointer(start: values.values(as: Value.self) + low, count: high &- low)
    }

    /// Forgets the values that `arrange` put in order but for the first of each group, as many as `kept` says.
    @inline(__always)
    func keep(_ groupCount: Int, _ kept: (Int) -> Int) {
        let group = groups.values(as: UInt32.self), to = values.values(as: Value.self)
        var written = 0
        for number in 0..<groupCount {
            let all = values(of: number)
            for index in 0..<kept(number) {
                to[written] = all[index]
                group[written] = UInt32(truncatingIfNeeded: number)
                written &+= 1
            }
        }
        count = written
    }
}
