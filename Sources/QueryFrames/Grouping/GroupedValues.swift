// Values collected with the numbers of their groups and then put group by group: what medians are selected from and distinct values
// are counted in.

/// A growing list of values, each with the number of its group.
final class GroupedValues<Value: BitwiseCopyable> {
    /// The values of a batch; memory that is not moved again when more come.
    private struct Chunk {
        let values: MutableBuffer
        let groups: MutableBuffer
        var count = 0
    }

    private var chunks: [Chunk] = []
    private var arranged = MutableBuffer(capacity: 64)
    private var starts = MutableBuffer(capacity: 64)
    /// How many values there are.
    private(set) var count = 0

    /// Room for `more` values and the numbers of their groups, behind those there are; `advance` counts what was written.
    func room(_ more: Int) -> (values: UnsafeMutablePointer<Value>, groups: UnsafeMutablePointer<UInt32>) {
        let chunk = Chunk(values: MutableBuffer(capacity: more * MemoryLayout<Value>.stride), groups: MutableBuffer(capacity: more * 4))
        chunks.append(chunk)
        return (chunk.values.values(as: Value.self), chunk.groups.values(as: UInt32.self))
    }

    func advance(by written: Int) {
        chunks[chunks.count - 1].count = written
        count += written
    }

    /// Puts the values of each group side by side, in the order in which they came. All numbers are less than `groupCount`.
    @inline(__always)
    func arrange(_ groupCount: Int) {
        arranged = MutableBuffer(capacity: count * MemoryLayout<Value>.stride)
        starts = MutableBuffer(capacity: (groupCount + 2) * 4, zeroed: true)
        // Counts stand two places up, so that after adding them up the next place of a group stands one up.
        let next = starts.values(as: UInt32.self), to = arranged.values(as: Value.self)
        for chunk in chunks {
            let group = chunk.groups.values(as: UInt32.self)
            for index in 0..<chunk.count { next[Int(group[index]) &+ 2] &+= 1 }
        }
        for group in 0..<groupCount { next[group &+ 2] &+= next[group &+ 1] }
        for chunk in chunks {
            let group = chunk.groups.values(as: UInt32.self), from = chunk.values.values(as: Value.self)
            for index in 0..<chunk.count {
                let place = next + (Int(group[index]) &+ 1)
                to[Int(place.pointee)] = from[index]
                place.pointee &+= 1
            }
        }
    }

    /// The values of a group; after `arrange`.
    @inline(__always)
    func values(of group: Int) -> UnsafeMutableBufferPointer<Value> {
        let starts = starts.values(as: UInt32.self)
        let low = Int(starts[group]), high = Int(starts[group &+ 1])
        return UnsafeMutableBufferPointer(start: arranged.values(as: Value.self) + low, count: high &- low)
    }

    /// Forgets the values but for the first of each group as `arrange` put them, as many as `kept` says.
    @inline(__always)
    func keep(_ groupCount: Int, _ kept: (Int) -> Int) {
        let total = (0..<groupCount).reduce(0) { $0 + kept($1) }
        (chunks, count) = ([], 0)
        let (to, group) = room(total)
        var written = 0
        for number in 0..<groupCount {
            let all = values(of: number)
            for index in 0..<kept(number) {
                to[written] = all[index]
                group[written] = UInt32(truncatingIfNeeded: number)
                written &+= 1
            }
        }
        advance(by: written)
    }
}
