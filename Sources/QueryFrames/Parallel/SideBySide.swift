// Steps that treat each batch by itself, such as `where` and `derive`, over several batches at a time.

/// A run of neighbouring steps of which every thread has runs of its own; batches come out in the order in which they came.
final class SideBySide: StepRun {
    /// One for each worker.
    private let runs: [PlanRun]

    /// `steps` has, for each step, its runs, and `names` what it is called.
    init(_ steps: [[any StepRun]], names: [String], _ workers: Workers) {
        runs = (0..<workers.count).map { worker in PlanRun(steps.map { $0[worker] }, names: names, schema: nil) }
    }

    func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
        let given = try given(batch, runs[0], isCancelled)
        waiting += given.dropFirst()
        return given.first
    }

    /// What else the batch pushed last gave.
    private var waiting: [RecordBatch] = []

    func more(_ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
        waiting.isEmpty ? nil : waiting.removeFirst()
    }

    func pushAll(
        _ batches: [RecordBatch], _ workers: Workers, _ isCancelled: () -> Bool
    ) throws(EvaluationError) -> [RecordBatch] {
        try workers.map(batches.count, isCancelled: isCancelled) { (piece, worker, stop) throws(EvaluationError) in
            try given(batches[piece], runs[worker], stop.isRaised)
        }.flatMap { $0 }
    }

    private func given(_ batch: RecordBatch, _ run: PlanRun, _ isCancelled: () -> Bool) throws(EvaluationError) -> [RecordBatch] {
        var given: [RecordBatch] = []
        try run.push(batch, isCancelled: isCancelled) { batch in
            given.append(batch)
            return true
        }
        return given
    }
}
