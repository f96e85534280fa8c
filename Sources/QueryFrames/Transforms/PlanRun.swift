// A plan under way: batches are pushed through all of its steps at once, so nothing is held that a step does not have to hold.

/// One run of a plan over a stream of batches. It belongs to one thread at a time.
public final class PlanRun {
    private let steps: [any StepRun]
    /// What each step is called.
    private let names: [String]
    private let watch = StepWatch()
    private var isEnough = false
    private let known: Schema?

    init(_ steps: [any StepRun], names: [String], schema: Schema?) {
        self.steps = steps
        self.names = names
        known = schema
    }

    /// The columns of the result; nil where the plan does not know them, until the run is finished.
    public var schema: Schema? { known ?? open?.schema }

    /// What a person should know that the plan could not; complete when the run is finished.
    public var warnings: [PlanWarning] { open?.warnings ?? [] }

    /// The step whose columns are made of data; it is the last one, as it runs those that follow itself.
    private var open: PivotStep.Run? { steps.last as? PivotStep.Run }

    /// Whether no further batch can change the result: a `take` has all its rows, or the sink wants no more. Whoever reads
    /// the batches can stop then, and has to call `finish` all the same.
    public var isDone: Bool { isEnough || steps.contains { $0.isFull } }

    /// Pushes a batch; what comes out goes into `sink`, which returns false when it wants no more.
    ///
    /// Large batches are cut, so that what the steps work on stays in the cache, and `isCancelled` is asked between the parts.
    public func push(
        _ batch: RecordBatch, isCancelled: () -> Bool = { false }, into sink: (RecordBatch) -> Bool
    ) throws(EvaluationError) {
        var start = 0
        while start < batch.count && !isDone {
            if isCancelled() { throw .cancelled }
            let count = min(RecordBatch.rows, batch.count - start)
            try pass(batch.slice(start, count), from: 0, isCancelled, sink)
            start += count
        }
    }

    /// Pushes out what the steps hold. Nothing may be pushed afterwards.
    public func finish(isCancelled: () -> Bool = { false }, into sink: (RecordBatch) -> Bool) throws(EvaluationError) {
        for index in steps.indices {
            if isEnough { return }
            try watch.over(names[index]) { () throws(EvaluationError) in
                try steps[index].finish(isCancelled) { (batch) throws(EvaluationError) -> Bool in
                    if isCancelled() { throw .cancelled }
                    try watch.over(names[index]) { () throws(EvaluationError) in try pass(batch, from: index + 1, isCancelled, sink) }
                    return !isEnough && !steps[(index + 1)...].contains { $0.isFull }
                }
            }
        }
    }

    private func pass(
        _ batch: RecordBatch, from first: Int, _ isCancelled: () -> Bool, _ sink: (RecordBatch) -> Bool
    ) throws(EvaluationError) {
        var batch = batch
        for index in first..<steps.count {
            let pushed = try watch.over(names[index]) { () throws(EvaluationError) in try steps[index].push(batch, isCancelled) }
            guard var next = pushed else { return }
            // A step that makes many rows of few gives them a batch at a time.
            while let more = try watch.over(names[index], { () throws(EvaluationError) in try steps[index].more(isCancelled) }) {
                if isCancelled() { throw .cancelled }
                try pass(next, from: index + 1, isCancelled, sink)
                if isEnough || steps[(index + 1)...].contains(where: { $0.isFull }) { return }
                next = more
            }
            batch = next
        }
        if batch.count > 0, !sink(batch) { isEnough = true }
    }

    /// What becomes of a frame, with several threads: many batches at a time go through one step after the other.
    func batches(of frame: Frame, _ workers: Workers, _ isCancelled: () -> Bool) throws(EvaluationError) -> [RecordBatch] {
        var waiting: [RecordBatch] = []
        for batch in frame.batches {
            for start in stride(from: 0, to: batch.count, by: RecordBatch.rows) {
                waiting.append(batch.slice(start, min(RecordBatch.rows, batch.count - start)))
            }
        }
        var given: [RecordBatch] = []
        func pass(_ batches: [RecordBatch], from first: Int) throws(EvaluationError) {
            var wave = batches
            for index in first..<steps.count where !wave.isEmpty {
                let pushed = wave
                wave = try watch.over(names[index]) { () throws(EvaluationError) in try steps[index].pushAll(pushed, workers, isCancelled) }
            }
            given += wave.filter { $0.count > 0 }
        }
        // The first wave is small, for a `take` may be content with it.
        var size = workers.count, done = 0
        while done < waiting.count && !isDone {
            let wave = Array(waiting[done..<min(done + size, waiting.count)])
            try pass(wave, from: 0)
            done += wave.count
            size = min(size * 4, PlanRun.wave * workers.count)
        }
        for index in steps.indices {
            let rest = try watch.over(names[index]) { () throws(EvaluationError) in try steps[index].finishAll(workers, isCancelled) }
            if !rest.isEmpty { try pass(rest, from: index + 1) }
        }
        return given
    }

    /// Batches for each worker that go through a step together: they are held until all of them did.
    private static let wave = 8
}
