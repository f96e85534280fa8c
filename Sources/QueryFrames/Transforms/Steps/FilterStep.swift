// `where`: the condition gives a bitmap, the bitmap the rows, and only columns that are needed later are gathered.

struct FilterStep: PlanStep {
    let condition: TypedExpression
    private var needed: [Bool]

    init(condition: TypedExpression, width: Int) {
        self.condition = condition
        needed = Array(repeating: true, count: width)
    }

    mutating func require(_ needed: [Bool]) -> [Bool] {
        self.needed = needed
        return needed.with([condition])
    }

    func start() -> any StepRun { Run(step: self) }

    func start(_ count: Int) -> [any StepRun]? { (0..<count).map { _ in Run(step: self) } }

    private final class Run: StepRun {
        private let step: FilterStep
        private var rowsBefore = 0

        init(step: FilterStep) { self.step = step }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            let condition = try step.condition.evaluate(batch, rowsBefore: rowsBefore)
            rowsBefore += batch.count
            let selection = Selection(whereTrue: condition)
            if selection.count == 0 { return nil }
            return selection.count == batch.count ? batch : batch.gather(selection, needed: step.needed)
        }
    }
}

extension RecordBatch {
    /// The chosen rows. Columns that are not needed become columns of nulls, which take no room.
    func gather(_ selection: Selection, needed: [Bool]) -> RecordBatch {
        var gathered: [Column] = []
        gathered.reserveCapacity(columns.count)
        for (column, isNeeded) in zip(columns, needed) {
            gathered.append(isNeeded ? column.gather(selection) : .nulls(selection.count))
        }
        return RecordBatch(count: selection.count, columns: gathered)
    }
}
