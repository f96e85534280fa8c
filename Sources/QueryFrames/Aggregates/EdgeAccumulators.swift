// `first` and `last`: the value of each group's first or last row, null or not.

extension Accumulator {
    /// The value of each group's last row, or of its first. Columns are kept, and the rows gathered at the end.
    static func edge(_ type: DataType, isLast: Bool) -> Accumulator {
        let states = GroupStates<UInt64>(.max)
        var kept: [Column] = []
        return Accumulator(
            add: { columns, groups in
                let to = states.grown(to: groups.count), numbers = groups.numbers
                let batch = UInt64(kept.count) << 32
                kept.append(columns[0])
                for row in 0..<groups.rows where isLast || to[Int(numbers[row])] == .max {
                    to[Int(numbers[row])] = batch | UInt64(truncatingIfNeeded: row)
                }
            },
            finish: { (groups) throws(EvaluationError) in
                let places = states.grown(to: groups)
                // The one group of no rows has no value.
                if kept.isEmpty { return .nulls(groups, of: type) }
                guard let column = ColumnGatherer(kept, type: type).gather(places, groups) else {
                    throw .limit(operator: isLast ? "last" : "first", row: nil, mark: 0)
                }
                return column
            })
    }
}
