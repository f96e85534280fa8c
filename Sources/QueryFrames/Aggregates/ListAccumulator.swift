// `list(x)`: the values of each group's rows, in their order, nulls among them.

extension Accumulator {
    /// Columns are kept with the groups of their rows, and what belongs together is gathered at the end.
    static func list(_ element: DataType) -> Accumulator {
        let states = GroupStates<Int64>(0)
        var kept: [(column: Column, groups: [UInt32])] = []
        return Accumulator(
            add: { columns, groups in
                let to = states.grown(to: groups.count)
                for row in 0..<groups.rows { to[Int(groups.numbers[row])] &+= 1 }
                kept.append((columns[0], Array(UnsafeBufferPointer(start: groups.numbers, count: groups.rows))))
            },
            finish: { (groups) throws(EvaluationError) in
                let counts = states.grown(to: groups)
                let total = kept.reduce(0) { $0 + $1.groups.count }
                guard total <= ListRows.elementLimit else { throw .limit(operator: "list", row: nil, mark: 0) }
                let offsets = MutableBuffer(capacity: (groups + 1) * 4), ends = offsets.values(as: Int32.self)
                var next: [Int] = []
                ends[0] = 0
                for group in 0..<groups {
                    next.append(Int(ends[group]))
                    ends[group + 1] = ends[group] + Int32(truncatingIfNeeded: counts[group])
                }
                let memory = MutableBuffer(capacity: total * 8), places = memory.values(as: UInt64.self)
                for (batch, part) in kept.enumerated() {
                    for (row, group) in part.groups.enumerated() {
                        places[next[Int(group)]] = UInt64(batch) &<< 32 | UInt64(row)
                        next[Int(group)] += 1
                    }
                }
                let elements = withExtendedLifetime(memory) {
                    kept.isEmpty ? .nulls(0, of: element) : ColumnGatherer(kept.map(\.column), type: element).gather(places, total)
                }
                guard let elements else { throw .limit(operator: "list", row: nil, mark: 0) }
                let storage = Column.Storage.list(offsets: offsets.freeze(byteCount: (groups + 1) * 4), elements: elements)
                return Column(type: .list(element), count: groups, validity: nil, storage: storage)
            })
    }
}
