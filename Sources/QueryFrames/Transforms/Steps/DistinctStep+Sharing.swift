// `distinct` by several threads: rows are shared out by their keys, each thread finds the first rows of its own keys, and every batch
// then gives the rows that any of them found.

extension DistinctStep {
    func start(sharing workers: Workers) -> (any StepRun)? { SharedRun(self, parts: workers.count) }

    private final class SharedRun: StepRun {
        /// The rows of a batch that go to one part, and their keys.
        private struct Share: Sendable {
            let rows: Selection
            let keys: [Column]
        }

        private let step: DistinctStep
        /// The keys met so far, those of each part apart.
        private let parts: [GroupNumbers]
        private var rowsBefore = 0

        init(_ step: DistinctStep, parts: Int) {
            self.step = step
            self.parts = (0..<parts).map { _ in GroupNumbers(step.keys.map(\.type)) }
        }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            try pushAll([batch], .one, isCancelled).first
        }

        func pushAll(
            _ batches: [RecordBatch], _ workers: Workers, _ isCancelled: () -> Bool
        ) throws(EvaluationError) -> [RecordBatch] {
            rowsBefore += batches.reduce(0) { $0 + $1.count }
            guard rowsBefore < Int(UInt32.max) else { throw .limit(operator: "distinct", row: rowsBefore, mark: 0) }
            let shares = try workers.map(batches.count, isCancelled: isCancelled) { (piece, _, _) throws(EvaluationError) in
                try shareOut(batches[piece])
            }
            let found = try workers.map(parts.count, isCancelled: isCancelled) { (part, _, stop) throws(EvaluationError) in
                var found: [Selection] = []
                for shares in shares {
                    if stop.isRaised() { throw .cancelled }
                    found.append(firstRows(shares[part], parts[part]))
                }
                return found
            }
            return try workers.map(batches.count, isCancelled: isCancelled) { (piece, _, _) throws(EvaluationError) in
                let batch = batches[piece]
                let selection = DistinctStep.SharedRun.union(found.map { $0[piece] }, rows: batch.count)
                if selection.count == 0 { return RecordBatch(count: 0, columns: batch.columns.map { $0.slice(0, 0) }) }
                return selection.count == batch.count ? batch : batch.gather(selection, needed: step.needed)
            }.filter { $0.count > 0 }
        }

        private func shareOut(_ batch: RecordBatch) throws(EvaluationError) -> [Share] {
            var keys: [Column] = []
            for key in step.keys { keys.append(try key.evaluate(batch, rowsBefore: 0)) }
            return KeyPartition(keys, count: batch.count, into: parts.count).parts.map { rows in
                Share(rows: rows, keys: keys.map { $0.gather(rows) })
            }
        }

        /// The rows of the batch with which new keys of a part come.
        private func firstRows(_ share: Share, _ groups: GroupNumbers) -> Selection {
            let known = groups.count
            let numbers = groups.numbers(share.keys, count: share.rows.count)
            let first = FirstRows(numbers, count: share.rows.count, known: known, groups: groups.count)
            let memory = MutableBuffer(capacity: first.count * 4)
            let to = memory.values(as: UInt32.self), rows = share.rows.rows
            for index in 0..<first.count { to[index] = rows[Int(first.rows[index])] }
            return withExtendedLifetime((share, first)) { Selection(buffer: memory.freeze(byteCount: first.count * 4), count: first.count) }
        }

        /// The rows that are in any of the selections, in their own order.
        private static func union(_ selections: [Selection], rows count: Int) -> Selection {
            let memory = MutableBuffer(capacity: Bitmap.wordCount(count) * 8, zeroed: true)
            let bits = memory.values(as: UInt8.self)
            for selection in selections {
                withExtendedLifetime(selection) { for index in 0..<selection.count { Bitmap.set(bits, Int(selection.rows[index])) } }
            }
            let buffer = memory.freeze(byteCount: Bitmap.byteCount(count))
            return Selection(whereTrue: Column(type: .bool, count: count, validity: nil, storage: .bits(buffer)))
        }
    }
}
