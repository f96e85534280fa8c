// `take`: the first rows, of all or of each group.

/// `take N`.
struct TakeStep: PlanStep {
    let count: Int

    func require(_ needed: [Bool]) -> [Bool] { needed }

    func start() -> any StepRun { Run(count) }

    private final class Run: StepRun {
        private var left: Int

        init(_ count: Int) { left = count }

        var isFull: Bool { left == 0 }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            let taken = min(left, batch.count)
            left -= taken
            return taken == 0 ? nil : batch.slice(0, taken)
        }
    }
}

/// `take N by ...`: rows are numbered within their group as they come. Nulls make a group, and so do NaNs.
struct TakeByStep: PlanStep {
    let count: Int
    let keys: [TypedExpression]
    private var needed: [Bool] = []

    init(count: Int, keys: [TypedExpression]) {
        self.count = count
        self.keys = keys
    }

    mutating func require(_ needed: [Bool]) -> [Bool] {
        self.needed = needed
        return needed.with(keys)
    }

    func start() -> any StepRun { Run(self) }

    private final class Run: StepRun {
        private let step: TakeByStep
        private let groups: GroupNumbers
        private var taken: [Int] = []
        private var rowsBefore = 0

        init(_ step: TakeByStep) {
            self.step = step
            groups = GroupNumbers(step.keys.map(\.type))
        }

        var isFull: Bool { step.count == 0 }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            var keys: [Column] = []
            for key in step.keys { keys.append(try key.evaluate(batch, rowsBefore: rowsBefore)) }
            rowsBefore += batch.count
            let numbers = groups.numbers(keys, count: batch.count)
            taken.append(contentsOf: repeatElement(0, count: groups.count - taken.count))
            var rows: [UInt32] = []
            for row in 0..<batch.count where taken[Int(numbers[row])] < step.count {
                taken[Int(numbers[row])] += 1
                rows.append(UInt32(truncatingIfNeeded: row))
            }
            if rows.isEmpty { return nil }
            return rows.count == batch.count ? batch : batch.gather(Selection(rows), needed: step.needed)
        }
    }
}
