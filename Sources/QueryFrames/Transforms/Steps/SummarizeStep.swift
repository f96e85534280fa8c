// `summarize`: rows are numbered by group, aggregates take them a column at a time, and what is made of their results is
// computed once for each group.

struct SummarizeStep: PlanStep {
    let keys: [TypedExpression]
    let aggregates: [SummaryChecker.Aggregate]
    /// The columns of the result, over the keys and the aggregates' results of a group.
    let results: [TypedExpression]
    private let width: Int

    static func check(
        _ projections: [Projection], by groups: [Projection], _ checker: inout ExpressionChecker
    ) throws(PlanError) -> (SummarizeStep, Schema, [PlanWarning]) {
        var names: Set<String> = []
        for projection in projections + groups where !names.insert(projection.name).inserted {
            throw .duplicateColumn(name: projection.name, mark: projection.mark)
        }
        var keys: [TypedExpression] = []
        var keyFields: [Field] = []
        for group in groups {
            let key = try checker.check(group.expression)
            keys.append(key)
            keyFields.append(Field(group.name, key.type))
        }
        var summary = SummaryChecker(rows: checker, keys: keyFields)
        var expressions: [Expression] = []
        for projection in projections { expressions.append(try summary.summary(of: projection.expression)) }
        // Columns stand in the order in which they are written: what is computed, then the groups.
        for field in keyFields { expressions.append(Expression(nodes: [.init(.name(field.name))])) }

        var outer = ExpressionChecker(schema: summary.schema, variables: checker.variables, now: checker.now)
        var results: [TypedExpression] = []
        var fields: [Field] = []
        for (name, expression) in zip(projections.map(\.name) + groups.map(\.name), expressions) {
            let result = try outer.check(expression)
            results.append(result)
            fields.append(Field(name, result.type))
        }
        let step = SummarizeStep(keys: keys, aggregates: summary.aggregates, results: results, width: checker.schema.fields.count)
        return (step, Schema(fields), summary.warnings)
    }

    func require(_ needed: [Bool]) -> [Bool] {
        Array(repeating: false, count: width).with(keys + aggregates.flatMap(\.arguments))
    }

    func start() -> any StepRun { Run(self) }

    private final class Run: StepRun {
        private let step: SummarizeStep
        private let groups: SummaryGroups
        private var rowsBefore = 0

        init(_ step: SummarizeStep) {
            self.step = step
            groups = SummaryGroups(keys: step.keys, step.aggregates)
        }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            guard rowsBefore + batch.count < Int(UInt32.max) else { throw .limit(operator: "summarize", row: rowsBefore, mark: 0) }
            var columns: [Column] = []
            for key in step.keys { columns.append(try key.evaluate(batch, rowsBefore: rowsBefore)) }
            _ = try groups.add(columns, count: batch.count) { (aggregate) throws(EvaluationError) in
                var arguments: [Column] = []
                for argument in aggregate.arguments { arguments.append(try argument.evaluate(batch, rowsBefore: rowsBefore)) }
                return arguments
            }
            rowsBefore += batch.count
            return nil
        }

        func finish(
            _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
        ) throws(EvaluationError) {
            let count = groups.count
            if count == 0 { return }
            let columns = try groups.results(isCancelled)
            var done = 0
            func summarize(_ keys: [Column], _ count: Int) throws(EvaluationError) -> Bool {
                let group = RecordBatch(count: count, columns: keys + columns.map { $0.slice(done, count) })
                var results: [Column] = []
                for result in step.results { results.append(try result.evaluate(group, rowsBefore: done)) }
                done += count
                return try emit(RecordBatch(count: count, columns: results))
            }
            if step.keys.isEmpty {
                _ = try summarize([], count)
                return
            }
            let memory = MutableBuffer(capacity: count * 4)
            let rows = memory.values(as: UInt32.self)
            for row in 0..<count { rows[row] = UInt32(truncatingIfNeeded: row) }
            let gatherer = BatchGatherer(groups.keys, types: step.keys.map(\.type), needed: step.keys.map { _ in true })
            try withExtendedLifetime(memory) { () throws(EvaluationError) in
                try gatherer.gather(rows, count) { (keys) throws(EvaluationError) in try summarize(keys.columns, keys.count) }
            }
        }
    }
}
