// What an aggregate remembers of each group: one flat array, indexed by the group's number.

/// A growing array of one state a group.
final class GroupStates<State: BitwiseCopyable> {
    private let memory = MutableBuffer(capacity: 64)
    private let empty: State
    /// How many groups have a state.
    private(set) var count = 0

    /// No groups; a new one begins with `empty`.
    init(_ empty: State) { self.empty = empty }

    /// The states, with those of new groups up to `groups` among them; valid until the next call.
    func grown(to groups: Int) -> UnsafeMutablePointer<State> {
        let size = MemoryLayout<State>.stride
        if groups > count {
            memory.reserve(groups * size, used: count * size)
            (memory.values(as: State.self) + count).update(repeating: empty, count: groups - count)
            count = groups
        }
        return memory.values(as: State.self)
    }
}

/// The groups of the rows of a batch.
struct BatchGroups {
    /// A number a row.
    let numbers: UnsafePointer<UInt32>
    /// How many rows there are.
    let rows: Int
    /// How many groups there are so far.
    let count: Int
    /// Whether nothing is grouped by, so that all rows are one group.
    let isTotal: Bool
}

extension Column {
    /// Calls `body` for each row that is not null.
    @inline(__always)
    func forEachValid(_ body: (Int) -> Void) {
        if nullCount == 0 {
            for row in 0..<count { body(row) }
        } else if let valid = validBits {
            for row in 0..<count where Bitmap.get(valid, row) { body(row) }
        }
    }
}

extension ResultCell {
    /// A column of `type` with a value for each group; null where `body` gives none.
    @inline(__always)
    static func column(_ type: DataType, groups: Int, _ body: (Int) -> Self?, empty: Self) -> Column {
        let validity = Bitmap.rows(groups) { body($0) != nil }
        let storage = Self.storage(groups) { body($0) ?? empty }
        return Column(type: type, count: groups, validity: validity, storage: storage)
    }
}
