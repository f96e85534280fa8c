// `select` and `derive`: columns computed from the columns of a batch.

/// `select`: the result has these columns and no others.
struct SelectStep: PlanStep {
    let expressions: [TypedExpression]
    private let width: Int

    static func check(
        _ projections: [Projection], _ checker: inout ExpressionChecker
    ) throws(PlanError) -> (SelectStep, Schema) {
        var expressions: [TypedExpression] = []
        var fields: [Field] = []
        var names: Set<String> = []
        checker.allowsWindows = true
        for projection in projections {
            guard names.insert(projection.name).inserted else { throw .duplicateColumn(name: projection.name, mark: projection.mark) }
            let expression = try checker.check(projection.expression)
            expressions.append(expression)
            fields.append(Field(projection.name, expression.type))
        }
        return (SelectStep(expressions: expressions, width: checker.width), Schema(fields))
    }

    // What is selected and then dropped is computed all the same: its errors do not depend on what follows.
    func require(_ needed: [Bool]) -> [Bool] { Array(repeating: false, count: width).with(expressions) }

    func start() -> any StepRun { Run(expressions) }

    func start(_ count: Int) -> [any StepRun]? { (0..<count).map { _ in Run(expressions) } }

    private final class Run: StepRun {
        private let expressions: [TypedExpression]
        private var rowsBefore = 0

        init(_ expressions: [TypedExpression]) { self.expressions = expressions }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            var columns: [Column] = []
            columns.reserveCapacity(expressions.count)
            for expression in expressions { columns.append(try expression.evaluate(batch, rowsBefore: rowsBefore)) }
            rowsBefore += batch.count
            return RecordBatch(count: batch.count, columns: columns)
        }
    }
}

/// One column of `derive`: added at the end, or put where a column of that name is.
struct DeriveStep: PlanStep {
    let expression: TypedExpression
    let schema: Schema
    private let place: Int
    /// How many columns come in, those of windows after the schema's own.
    private let width: Int
    private let kept: Int

    static func check(_ projection: Projection, _ checker: inout ExpressionChecker) throws(PlanError) -> DeriveStep {
        checker.allowsWindows = true
        let expression = try checker.check(projection.expression)
        var fields = checker.schema.fields
        let place = checker.schema.index(of: projection.name) ?? fields.count
        fields.replaceSubrange(place..<min(place + 1, fields.count), with: [Field(projection.name, expression.type)])
        return DeriveStep(
            expression: expression, schema: Schema(fields), place: place, width: checker.width, kept: checker.schema.fields.count)
    }

    /// One column of `cast`: what the function with the type's name makes of it.
    static func cast(_ column: ColumnName, to type: ColumnName, _ checker: inout ExpressionChecker) throws(PlanError) -> DeriveStep {
        guard Functions.types.contains(type.name) else {
            throw .unknownType(name: type.name, types: Functions.types, mark: type.mark)
        }
        let nodes = [Expression.Node(.name(column.name), mark: column.mark), Expression.Node(.call(type.name, [0]), mark: column.mark)]
        return try check(Projection(name: column.name, expression: Expression(nodes: nodes), mark: column.mark), &checker)
    }

    func require(_ needed: [Bool]) -> [Bool] {
        var before = Array(needed[..<kept]) + Array(repeating: false, count: width - kept)
        if place < kept { before[place] = false }
        return before.with([expression])
    }

    func start() -> any StepRun { Run(self) }

    func start(_ count: Int) -> [any StepRun]? { (0..<count).map { _ in Run(self) } }

    private final class Run: StepRun {
        private let step: DeriveStep
        private var rowsBefore = 0

        init(_ step: DeriveStep) { self.step = step }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            let column = try step.expression.evaluate(batch, rowsBefore: rowsBefore)
            rowsBefore += batch.count
            var columns = Array(batch.columns[..<step.kept])
            if step.place < columns.count { columns[step.place] = column } else { columns.append(column) }
            return RecordBatch(count: batch.count, columns: columns)
        }
    }
}
