// `sample`: every row draws a number, and the rows with the least numbers stay. So all have equal chances, the choice depends on
// nothing but the seed and the number of rows, and no more rows are held than a few times those wanted.

struct SampleStep: PlanStep {
    let count: Int
    let seed: Int64?
    private var needed: [Bool]

    init(count: Int, seed: Int64?, width: Int) {
        self.count = count
        self.seed = seed
        needed = Array(repeating: true, count: width)
    }

    mutating func require(_ needed: [Bool]) -> [Bool] {
        self.needed = needed
        return needed
    }

    func start() -> any StepRun { Run(self) }

    private final class Run: StepRun {
        private let step: SampleStep
        private var numbers: SeededNumbers
        /// Rows held, and the number that each drew.
        private var batches: [RecordBatch] = []
        private var draws: [[UInt64]] = []
        private var held = 0
        /// Rows that draw more than this are not among the chosen.
        private var bound = UInt64.max

        init(_ step: SampleStep) {
            self.step = step
            numbers = SeededNumbers(seed: step.seed.map { UInt64(bitPattern: $0) } ?? UInt64.random(in: .min ... .max))
        }

        var isFull: Bool { step.count == 0 }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            if step.count == 0 { return nil }
            let drawn = (0..<batch.count).map { _ in numbers.next() }
            hold(batch, drawn) { $0 <= bound }
            if held - RecordBatch.rows > step.count, held / 2 > step.count { prune() }
            return nil
        }

        /// Holds the rows of `batch` whose numbers pass.
        private func hold(_ batch: RecordBatch, _ drawn: [UInt64], where passes: (UInt64) -> Bool) {
            let rows = drawn.indices.filter { passes(drawn[$0]) }
            if rows.isEmpty { return }
            let selection = Selection(rows.map { UInt32(truncatingIfNeeded: $0) })
            batches.append(rows.count == batch.count ? batch : batch.gather(selection, needed: step.needed))
            draws.append(rows.count == batch.count ? drawn : rows.map { drawn[$0] })
            held += rows.count
        }

        /// Keeps the rows with the least numbers; of equal ones the earlier.
        private func prune() {
            guard held > step.count else { return }
            bound = least(step.count)
            var last = step.count
            for drawn in draws { for number in drawn where number < bound { last -= 1 } }
            let all = zip(batches, draws)
            batches = []
            draws = []
            held = 0
            for (batch, drawn) in all {
                hold(batch, drawn) { number in
                    if number != bound { return number < bound }
                    last -= 1
                    return last >= 0
                }
            }
        }

        /// The greatest of the `count` least numbers: found among those that share their highest bits with it.
        private func least(_ count: Int) -> UInt64 {
            var counts = Array(repeating: 0, count: 1 << 16)
            for drawn in draws { for number in drawn { counts[Int(number &>> 48)] += 1 } }
            var before = 0, high = 0
            while before + counts[high] < count {
                before += counts[high]
                high += 1
            }
            var near: [UInt64] = []
            for drawn in draws { for number in drawn where number &>> 48 == high { near.append(number) } }
            near.sort()
            return near[count - before - 1]
        }

        func finish(
            _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
        ) throws(EvaluationError) {
            prune()
            for batch in batches where try !emit(batch) { break }
            batches = []
        }
    }
}
