// Aggregates as windows, `sum(x) over (by region)`: every row gets the aggregate of its whole group.

/// An aggregate whose arguments' types are known, computed by the accumulator that `summarize` runs.
struct AggregateWindow: WindowOperation {
    let choice: AggregateChoice

    var type: DataType { choice.type }

    // Rows are taken in the order of the window, which `first` and `last` go by, and are then all of one group after the other.
    func result(_ input: WindowInput) throws(EvaluationError) -> WindowResult {
        let groups = input.groups, count = groups.count, groupCount = groups.starts.count - 1
        let accumulator = choice.start()
        let memory = MutableBuffer(capacity: count * 4), orderedMemory = MutableBuffer(capacity: count * 4)
        let numbers = memory.values(as: UInt32.self), ordered = orderedMemory.values(as: UInt32.self)
        try groups.forEachNumbered { (number, group) throws(EvaluationError) in
            for index in group {
                ordered[index] = number
                numbers[Int(groups.order[index])] = number
            }
        }
        if groups.isSorted {
            let gatherers = zip(input.arguments, choice.operands).map { WindowGatherer($0, type: $1, count: count) }
            var start = 0, size = RecordBatch.rows
            while start < count {
                let rows = min(size, count - start)
                var columns: [Column] = []
                for gatherer in gatherers { if let column = gatherer.gather(groups.order + start, rows) { columns.append(column) } }
                guard columns.count == gatherers.count else {
                    // Long strings: fewer rows at once.
                    guard rows > 1 else { throw .limit(operator: "", row: start + 1, mark: 0) }
                    size = rows / 2
                    continue
                }
                accumulator.add(columns, BatchGroups(numbers: ordered + start, rows: rows, count: groupCount, isTotal: groupCount == 1))
                start += rows
            }
        } else {
            var start = 0
            for (index, rows) in input.batches.enumerated() {
                accumulator.add(input.arguments.map { $0[index] }, BatchGroups(numbers: numbers + start, rows: rows, count: groupCount, isTotal: groupCount == 1))
                start += rows
            }
        }
        withExtendedLifetime(orderedMemory) {}
        let results = try accumulator.finish(groupCount)
        return .values(results.expanded(by: memory.freeze(byteCount: count * 4), validity: nil, count: count))
    }
}
