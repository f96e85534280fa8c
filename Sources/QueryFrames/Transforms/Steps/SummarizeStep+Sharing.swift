// `summarize` by several threads: rows are shared out by their keys, so that each group lies with one thread, which adds its rows in
// their order. What comes out is the same as of one thread, to the last bit of a float.

extension SummarizeStep {
    func start(sharing workers: Workers) -> (any StepRun)? { SharedRun(self, parts: keys.isEmpty ? 1 : workers.count) }

    private final class SharedRun: StepRun {
        /// The groups of one thread.
        private final class Part {
            let groups: SummaryGroups
            /// For each group the number of the row with which it appeared, among all rows.
            var firstRows: [UInt32] = []

            init(_ groups: SummaryGroups) { self.groups = groups }
        }

        /// The rows of a batch that go to one part, and their keys and arguments.
        private struct Share: Sendable {
            let rows: Selection?
            let columns: RecordBatch
        }

        private let step: SummarizeStep
        private let parts: [Part]
        /// The arguments of all aggregates, one aggregate after the other.
        private let arguments: [TypedExpression]
        private var rowsBefore = 0

        init(_ step: SummarizeStep, parts: Int) {
            self.step = step
            self.parts = (0..<parts).map { _ in Part(SummaryGroups(keys: step.keys, step.aggregates)) }
            arguments = step.aggregates.flatMap(\.arguments)
        }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            try pushAll([batch], .one, isCancelled).first
        }

        func pushAll(
            _ batches: [RecordBatch], _ workers: Workers, _ isCancelled: () -> Bool
        ) throws(EvaluationError) -> [RecordBatch] {
            let shares = try workers.map(batches.count, isCancelled: isCancelled) { (piece, _, _) throws(EvaluationError) in
                try shareOut(batches[piece])
            }
            var starts = [rowsBefore]
            for batch in batches { starts.append(starts[starts.count - 1] + batch.count) }
            rowsBefore = starts[batches.count]
            guard rowsBefore < Int(UInt32.max) else { throw .limit(operator: "summarize", row: rowsBefore, mark: 0) }
            _ = try workers.map(parts.count, isCancelled: isCancelled) { (part, _, stop) throws(EvaluationError) in
                for (piece, shares) in shares.enumerated() {
                    if stop.isRaised() { throw .cancelled }
                    add(shares[part], to: parts[part], rowsBefore: starts[piece])
                }
            }
            return []
        }

        private func shareOut(_ batch: RecordBatch) throws(EvaluationError) -> [Share] {
            var columns: [Column] = []
            for expression in step.keys + arguments { columns.append(try expression.evaluate(batch, rowsBefore: 0)) }
            if parts.count == 1 { return [Share(rows: nil, columns: RecordBatch(count: batch.count, columns: columns))] }
            return KeyPartition(Array(columns[..<step.keys.count]), count: batch.count, into: parts.count).parts.map { rows in
                Share(rows: rows, columns: RecordBatch(count: rows.count, columns: columns.map { $0.gather(rows) }))
            }
        }

        private func add(_ share: Share, to part: Part, rowsBefore: Int) {
            var next = step.keys.count
            let first = part.groups.add(Array(share.columns.columns[..<next]), count: share.columns.count) { aggregate in
                defer { next += aggregate.arguments.count }
                return Array(share.columns.columns[next..<(next + aggregate.arguments.count)])
            }
            guard let first else { return }
            for index in 0..<first.count {
                let row = Int(first.rows[index])
                part.firstRows.append(UInt32(truncatingIfNeeded: rowsBefore + (share.rows.map { Int($0.rows[row]) } ?? row)))
            }
        }

        func finish(
            _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
        ) throws(EvaluationError) {
            for batch in try finishAll(.one, isCancelled) { if try !emit(batch) { return } }
        }

        func finishAll(_ workers: Workers, _ isCancelled: () -> Bool) throws(EvaluationError) -> [RecordBatch] {
            let results = try workers.map(parts.count, isCancelled: isCancelled) { (part, _, stop) throws(EvaluationError) in
                try batches(of: parts[part].groups, stop.isRaised)
            }.flatMap { $0 }
            let groups = step.keys.isEmpty ? results : try inOrder(results, workers, isCancelled)
            return try workers.map(groups.count, isCancelled: isCancelled) { (piece, _, _) throws(EvaluationError) in
                var columns: [Column] = []
                for result in step.results { columns.append(try result.evaluate(groups[piece], rowsBefore: 0)) }
                return RecordBatch(count: groups[piece].count, columns: columns)
            }
        }

        /// The keys of a part's groups, and the results of the aggregates.
        private func batches(of groups: SummaryGroups, _ isStopped: () -> Bool) throws(EvaluationError) -> [RecordBatch] {
            let columns = try groups.results(isStopped)
            if step.keys.isEmpty { return [RecordBatch(count: groups.count, columns: columns)] }
            var done = 0
            return groups.keys.map { keys in
                defer { done += keys.count }
                return RecordBatch(count: keys.count, columns: keys.columns + columns.map { $0.slice(done, keys.count) })
            }
        }

        /// The groups of all parts in the order in which they first appeared.
        private func inOrder(
            _ batches: [RecordBatch], _ workers: Workers, _ isCancelled: () -> Bool
        ) throws(EvaluationError) -> [RecordBatch] {
            let count = parts.reduce(0) { $0 + $1.firstRows.count }
            let memory = MutableBuffer(capacity: count * 4)
            let order = memory.values(as: UInt32.self)
            // Where the groups of each part begin if those of all are numbered through, and the next one of each.
            var places = [0]
            for part in parts { places.append(places[places.count - 1] + part.firstRows.count) }
            var next = parts.map { _ in 0 }
            for index in 0..<count {
                var best = -1
                for part in parts.indices where next[part] < parts[part].firstRows.count {
                    if best < 0 || parts[part].firstRows[next[part]] < parts[best].firstRows[next[best]] { best = part }
                }
                order[index] = UInt32(truncatingIfNeeded: places[best] + next[best])
                next[best] += 1
            }
            let types = step.keys.map(\.type) + step.aggregates.map(\.choice.type)
            let gatherer = BatchGatherer(batches, types: types, needed: types.map { _ in true })
            return try withExtendedLifetime(memory) { () throws(EvaluationError) in
                try gatherer.gatherAll(order, count, workers, isCancelled)
            }
        }
    }
}
