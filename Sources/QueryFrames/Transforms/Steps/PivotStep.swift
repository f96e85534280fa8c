// `pivot`: the values of a column become columns. What they are is only known when all rows have come, so the step carries
// the transforms after it along, checks them then, and runs them itself.

struct PivotStep: PlanStep {
    /// The columns that make a row, as they come in behind the cell's value; behind them stands the one that makes columns.
    private let rows: [Field]
    private let column: Field
    /// The cell of no rows: what the aggregates give for none.
    private let cell: TypedExpression
    private let aggregates: [SummaryChecker.Aggregate]
    private let rest: [Transform]
    private let variables: [String: Scalar]
    private let now: Int64
    private let wideSums: Set<Int32>
    private let mark: Int32

    /// The most columns that one pivot makes.
    static let mostColumns = 10_000

    /// The summary of each row and column, and the step that puts them side by side. `rest` are the transforms that follow.
    static func check(
        _ column: ColumnName, _ expression: Expression, by names: [ColumnName], then rest: [Transform], _ checker: inout ExpressionChecker
    ) throws(PlanError) -> (steps: [any PlanStep], warnings: [PlanWarning]) {
        let schema = checker.schema
        let places = try schema.places(of: names + [column])
        let groups = (names + [column]).map { Projection(name: $0.name, expression: Expression(nodes: [.init(.name($0.name), mark: $0.mark)]), mark: $0.mark) }
        // Longer than any other name, and so unlike it.
        let cellName = String(repeating: " ", count: groups.reduce(0) { max($0, $1.name.count) } + 1)
        // Aggregates alone make a cell: there may be one where there is no row to take a column from.
        var summary = SummaryChecker(rows: checker, keys: [])
        let result = try summary.summary(of: expression)
        var outer = ExpressionChecker(schema: summary.schema, variables: checker.variables, now: checker.now)
        let cell = try outer.check(result)
        let (summarize, _, warnings) = try SummarizeStep.check([Projection(name: cellName, expression: expression)], by: groups, &checker)
        let pivot = PivotStep(
            rows: places.dropLast().map { schema.fields[$0] }, column: schema.fields[places[places.count - 1]], cell: cell,
            aggregates: summary.aggregates, rest: rest, variables: checker.variables, now: checker.now,
            wideSums: checker.wideSums, mark: column.mark)
        return ([summarize, pivot], warnings)
    }

    func require(_ needed: [Bool]) -> [Bool] { Array(repeating: true, count: rows.count + 2) }

    func start() -> any StepRun { Run(self) }

    final class Run: StepRun {
        private let step: PivotStep
        private let rows: GroupNumbers
        private let columns: GroupNumbers
        /// The values of the cells, and the numbers of their rows and columns.
        private var cells: [Column] = []
        private var cellRows: [UInt32] = []
        private var cellColumns: [UInt32] = []
        /// The columns that make a row, of each row once.
        private var keys: [RecordBatch] = []
        private var names: [String] = []
        /// What was found once all rows had come: the columns of the result, and what a person should know.
        private(set) var schema: Schema?
        private(set) var warnings: [PlanWarning] = []

        init(_ step: PivotStep) {
            self.step = step
            rows = GroupNumbers(step.rows.map(\.type))
            columns = GroupNumbers([step.column.type])
        }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            let keyColumns = Array(batch.columns[1..<(1 + step.rows.count)]), column = batch.columns[1 + step.rows.count]
            let knownRows = rows.count, knownColumns = names.count
            let number = rows.numbers(keyColumns, count: batch.count)
            cellRows += UnsafeBufferPointer(start: number, count: batch.count)
            if rows.count > knownRows {
                let first = FirstRows(number, count: batch.count, known: knownRows, groups: rows.count)
                keys.append(RecordBatch(count: first.count, columns: keyColumns.map { $0.gather(first.selection) }))
            }
            let place = columns.numbers([column], count: batch.count)
            cellColumns += UnsafeBufferPointer(start: place, count: batch.count)
            guard columns.count <= PivotStep.mostColumns else {
                throw .tooManyColumns(of: step.column.name, limit: PivotStep.mostColumns, mark: step.mark)
            }
            let first = FirstRows(place, count: batch.count, known: knownColumns, groups: columns.count)
            for index in 0..<first.count { names.append(column.scalar(Int(first.rows[index])).text) }
            cells.append(batch.columns[0])
            return nil
        }

        func finish(
            _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
        ) throws(EvaluationError) {
            let fresh = ColumnNames(step.rows.map(\.name) + names).names.dropFirst(step.rows.count)
            let plan: Plan
            do throws(PlanError) {
                plan = try Plan(
                    step.rest, schema: Schema(step.rows + fresh.map { Field($0, step.cell.type) }), variables: step.variables, now: step.now,
                    wideSums: step.wideSums)
            } catch {
                throw .plan(error)
            }
            let run = plan.start()
            var made: [RecordBatch] = []
            func take(_ batch: RecordBatch) -> Bool {
                made.append(batch)
                return true
            }
            var isEnough = false
            func handOn() throws(EvaluationError) {
                for batch in made where !isEnough { isEnough = try !emit(batch) }
                made = []
            }
            try forEachBatch { (batch) throws(EvaluationError) -> Bool in
                try run.push(batch, isCancelled: isCancelled, into: take)
                try handOn()
                return !isEnough && !run.isDone
            }
            try run.finish(isCancelled: isCancelled, into: take)
            try handOn()
            schema = run.schema
            warnings = plan.warnings + run.warnings
        }

        /// Makes the rows of the result, so many at a time that their cells are not too many.
        private func forEachBatch(_ body: (RecordBatch) throws(EvaluationError) -> Bool) throws(EvaluationError) {
            guard !cells.isEmpty else { return }
            let rowCount = rows.count, width = names.count
            // Behind the cells that there are stands the one of no rows, which fills the gaps.
            let gap = UInt64(cells.count) << 32
            let hasGaps = cellRows.count < rowCount * width
            let gatherer = ColumnGatherer(hasGaps ? cells + [try emptyCell()] : cells, type: step.cell.type)
            let keyGatherers = step.rows.enumerated().map { index, field in ColumnGatherer(keys.map { $0.columns[index] }, type: field.type) }
            let keyPlaces = keys.enumerated().flatMap { number, batch in (0..<batch.count).map { UInt64(number) << 32 | UInt64($0) } }
            var places: [UInt64] = []
            for (number, column) in cells.enumerated() { places += (0..<column.count).map { UInt64(number) << 32 | UInt64($0) } }
            let grouped = GroupedRows(cellRows, count: cellRows.count, groups: rowCount)

            var size = max(1, min(RecordBatch.rows, 4_000_000 / max(1, width)))
            var start = 0
            while start < rowCount {
                let count = min(size, rowCount - start)
                var grid = Array(repeating: gap, count: count * width)
                for row in 0..<count {
                    for cell in grouped.range(start + row) {
                        let cell = Int(grouped.rows[cell])
                        grid[Int(cellColumns[cell]) * count + row] = places[cell]
                    }
                }
                var columns: [Column] = []
                for gatherer in keyGatherers {
                    if let column = keyPlaces.withUnsafeBufferPointer({ $0.baseAddress.flatMap { gatherer.gather($0 + start, count) } }) {
                        columns.append(column)
                    }
                }
                for place in 0..<width {
                    if let column = grid.withUnsafeBufferPointer({ $0.baseAddress.flatMap { gatherer.gather($0 + place * count, count) } }) {
                        columns.append(column)
                    }
                }
                guard columns.count == keyGatherers.count + width else {
                    // Long strings: fewer rows at once.
                    guard count > 1 else { throw .limit(operator: "pivot", row: start + 1, mark: step.mark) }
                    size = count / 2
                    continue
                }
                start += count
                if try !body(RecordBatch(count: count, columns: columns)) { return }
            }
        }

        /// The cell of no rows, as a column of one.
        private func emptyCell() throws(EvaluationError) -> Column {
            var columns: [Column] = []
            for aggregate in step.aggregates {
                do throws(EvaluationError) {
                    columns.append(try aggregate.choice.start().finish(1))
                } catch {
                    throw error.located(aggregate.name, row: nil, mark: aggregate.mark)
                }
            }
            return try step.cell.evaluate(RecordBatch(count: 1, columns: columns), rowsBefore: 0)
        }
    }
}
