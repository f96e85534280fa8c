// `count()`, `count(x)` and `count_distinct(x)`.

extension Accumulator {
    /// The rows of each group.
    static func countOfRows() -> Accumulator {
        let states = GroupStates<Int64>(0)
        return Accumulator(
            add: { _, groups in
                let to = states.grown(to: groups.count), numbers = groups.numbers
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
                columns[0].forEachValid { to[Int(numbers[$0])] &+= 1 }
            },
            finish: { (groups) throws(EvaluationError) in counts(states, groups) })
    }

    /// The distinct values that are not null.
    static func countOfDistinct(_ type: DataType) -> Accumulator {
        let states = GroupStates<Int64>(0)
        let values = KeyNumbers(type), pairs = IntegerTable()
        let codeMemory = MutableBuffer(capacity: 64), pairMemory = MutableBuffer(capacity: 64)
        return Accumulator(
            add: { columns, groups in
                let to = states.grown(to: groups.count), numbers = groups.numbers
                let column = columns[0]
                codeMemory.reserve(groups.rows * 4, used: 0)
                pairMemory.reserve(groups.rows * 4, used: 0)
                let codes = codeMemory.values(as: UInt32.self), found = pairMemory.values(as: UInt32.self)
                values.assign(column, to: codes)
                var next = UInt32(truncatingIfNeeded: pairs.count)
                pairs.assign(
                    groups.rows, to: found, isNull: { _ in false }, key: { UInt64(numbers[$0]) &<< 32 | UInt64(codes[$0]) })
                let valid = column.validBits, isAllNull = column.type == .null
                for row in 0..<groups.rows where found[row] == next {
                    // A pair that came for the first time; one with null counts for nothing.
                    next &+= 1
                    if !isAllNull, valid.map({ Bitmap.get($0, row) }) ?? true { to[Int(numbers[row])] &+= 1 }
                }
            },
            finish: { (groups) throws(EvaluationError) in counts(states, groups) })
    }

    private static func counts(_ states: GroupStates<Int64>, _ groups: Int) -> Column {
        let from = states.grown(to: groups)
        return Column(type: .int64, count: groups, validity: nil, storage: Int64.storage(groups) { from[$0] })
    }
}
