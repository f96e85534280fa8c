// `skip` and `tail`: the rows after the first ones, and the last ones.

/// `skip N`.
struct SkipStep: PlanStep {
    let count: Int

    func require(_ needed: [Bool]) -> [Bool] { needed }

    func start() -> any StepRun { Run(count) }

    private final class Run: StepRun {
        private var left: Int

        init(_ count: Int) { left = count }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            let skipped = min(left, batch.count)
            left -= skipped
            return skipped == batch.count ? nil : batch.slice(skipped, batch.count - skipped)
        }
    }
}

/// `tail N`: holds no more batches than it takes to have the last rows.
struct TailStep: PlanStep {
    let count: Int

    func require(_ needed: [Bool]) -> [Bool] { needed }

    func start() -> any StepRun { Run(count) }

    private final class Run: StepRun {
        private let count: Int
        private var batches: [RecordBatch] = []
        /// The first batch that still matters; those before it are gone.
        private var first = 0
        private var held = 0

        init(_ count: Int) { self.count = count }

        var isFull: Bool { count == 0 }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            if count == 0 { return nil }
            batches.append(batch)
            held += batch.count
            while held - batches[first].count >= count {
                held -= batches[first].count
                batches[first] = RecordBatch(count: 0, columns: [])
                first += 1
            }
            if first > batches.count / 2 {
                batches.removeFirst(first)
                first = 0
            }
            return nil
        }

        func finish(
            _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
        ) throws(EvaluationError) {
            var surplus = max(0, held - count)
            for batch in batches[first...] {
                let wanted = surplus > 0 ? batch.slice(surplus, batch.count - surplus) : batch
                surplus = 0
                if try !emit(wanted) { break }
            }
            batches = []
        }
    }
}
