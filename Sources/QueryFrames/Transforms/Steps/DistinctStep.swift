// `distinct`: the first row of each group, whole.

struct DistinctStep: PlanStep {
    let keys: [TypedExpression]
    private(set) var needed: [Bool] = []

    /// At least one key.
    init(keys: [TypedExpression]) { self.keys = keys }

    mutating func require(_ needed: [Bool]) -> [Bool] {
        self.needed = needed
        return needed.with(keys)
    }

    func start() -> any StepRun { Run(self) }

    private final class Run: StepRun {
        private let step: DistinctStep
        private let groups: GroupNumbers
        private var rowsBefore = 0

        init(_ step: DistinctStep) {
            self.step = step
            groups = GroupNumbers(step.keys.map(\.type))
        }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            guard rowsBefore + batch.count < Int(UInt32.max) else { throw .limit(operator: "distinct", row: rowsBefore, mark: 0) }
            var keys: [Column] = []
            for key in step.keys { keys.append(try key.evaluate(batch, rowsBefore: rowsBefore)) }
            rowsBefore += batch.count
            let known = groups.count
            let numbers = groups.numbers(keys, count: batch.count)
            if groups.count == known { return nil }
            let first = FirstRows(numbers, count: batch.count, known: known, groups: groups.count)
            return first.count == batch.count ? batch : batch.gather(first.selection, needed: step.needed)
        }
    }
}
