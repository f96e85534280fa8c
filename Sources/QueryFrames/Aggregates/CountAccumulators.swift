// `count()`, `count(x)` and `count_distinct(x)`.

extension Accumulator {
    /// The rows of each group.
    static func countOfRows() -> Accumulator {
        let states = GroupStates<Int64>(0)
        return Accumulator(
            add: { _, groups in
                let to = states.grown(to: groups.count), numbers = groups.numbers
                if groups.isTotal {
                    to[0] &+= Int64(groups.rows)
                    return
                }
                for row in 0..<groups.rows { to[Int(numbers[row])] &+= 1 }
            },
            finish: { (groups) throws(EvaluationError) in counts(states, groups) })
    }

    /// The values that are not null.
    static func countOfValues() -> Accumulator {
        let states = GroupStates<Int64>(0)
        return Accumulator(
            add: { columns, groups in
                let to = states.grown(to: groups.count), numbers = groups.numbers
                if groups.isTotal {
                    to[0] &+= Int64(groups.rows - columns[0].nullCount)
                    return
                }
                columns[0].forEachValid { to[Int(numbers[$0])] &+= 1 }
            },
            finish: { (groups) throws(EvaluationError) in counts(states, groups) })
    }

    /// The distinct values that are not null.
    static func countOfDistinct(_ type: DataType) -> Accumulator {
        let distinct = DistinctValues(type)
        return Accumulator(
            add: { distinct.add($0[0], $1) },
            finish: { (groups) throws(EvaluationError) in
                let counts = distinct.counts(groups)
                return Column(type: .int64, count: groups, validity: nil, storage: Int64.storage(groups) { counts[$0] })
            })
    }

    private static func counts(_ states: GroupStates<Int64>, _ groups: Int) -> Column {
        let from = states.grown(to: groups)
        return Column(type: .int64, count: groups, validity: nil, storage: Int64.storage(groups) { from[$0] })
    }
}

/// Which values each group has: the numbers of values are collected, and the repeated ones thrown away once they are many.
private final class DistinctValues {
    private let type: DataType
    private let keys: KeyNumbers
    private let codeMemory = MutableBuffer(capacity: 64)
    private let pairs = GroupedValues<UInt32>()
    /// Pairs of a group and a value from which on repeated ones are thrown away.
    private var limit = 1 << 21

    init(_ type: DataType) {
        self.type = type
        keys = KeyNumbers(type)
    }

    func add(_ column: Column, _ groups: BatchGroups) {
        if column.nullCount == groups.rows { return }
        codeMemory.reserve(groups.rows * 4, used: 0)
        let codes = codeMemory.values(as: UInt32.self), numbers = groups.numbers
        var known = UInt32(truncatingIfNeeded: keys.count)
        keys.assign(column, to: codes)
        let (values, owners) = pairs.room(groups.rows)
        var written = 0
        if groups.count == 1 {
            // The values of the only group are all those that there are, so just new ones are of interest.
            let before = known
            column.forEachValid { row in
                guard codes[row] >= max(before, known) else { return }
                known = codes[row] &+ 1
                values[written] = codes[row]
                owners[written] = 0
                written &+= 1
            }
        } else {
            column.forEachValid { row in
                values[written] = codes[row]
                owners[written] = numbers[row]
                written &+= 1
            }
        }
        pairs.advance(by: written)
        if pairs.count > limit {
            let counts = counts(groups.count)
            pairs.keep(groups.count) { Int(counts[$0]) }
            limit = max(limit, pairs.count * 2)
        }
    }

    /// How many values each group has; they then stand first among those of their group.
    func counts(_ groups: Int) -> [Int64] {
        pairs.arrange(groups)
        // The group in which a value was met last, plus one.
        let memory = MutableBuffer(capacity: keys.count * 4, zeroed: true)
        let met = memory.values(as: UInt32.self)
        return withExtendedLifetime(memory) {
            (0..<groups).map { group in
                let values = pairs.values(of: group), mark = UInt32(truncatingIfNeeded: group) &+ 1
                guard let all = values.baseAddress else { return 0 }
                var found = 0
                for index in 0..<values.count {
                    let value = all[index]
                    // Every value is written, and only one met for the first time moves on.
                    all[found] = value
                    found += met[Int(value)] != mark ? 1 : 0
                    met[Int(value)] = mark
                }
                return Int64(found)
            }
        }
    }
}
