// The step that computes windows: it holds all rows, and gives them on with a column more for each window.

/// A window that was checked.
struct WindowCall: Sendable {
    let name: String
    let mark: Int32
    let operation: any WindowOperation
    let arguments: [TypedExpression]
    let by: [TypedExpression]
    let sort: [SortStep.Key]

    /// Groups and order where both are of plain columns; windows that have the same share the work.
    struct PlainOver: Hashable {
        let by: [Int]
        let sort: [[Int]]
    }

    var plainOver: PlainOver? {
        var by: [Int] = [], sort: [[Int]] = []
        for key in self.by {
            guard let place = key.plainColumn else { return nil }
            by.append(place)
        }
        for key in self.sort {
            guard let place = key.expression.plainColumn else { return nil }
            sort.append([place, key.descending ? 1 : 0, key.nullsFirst ? 1 : 0])
        }
        return PlainOver(by: by, sort: sort)
    }

    /// Everything that is evaluated for it.
    var expressions: [TypedExpression] { arguments + by + sort.map(\.expression) }
}

extension TypedExpression {
    /// The place of the column that the expression is, where it is no more than one.
    fileprivate var plainColumn: Int? {
        guard nodes.count == 1, case .column(let place) = nodes[0].kind else { return nil }
        return place
    }
}

struct WindowStep: PlanStep {
    private let calls: [WindowCall]
    private let width: Int
    /// Of the columns that come in and, after them, those of the windows.
    private var needed: [Bool]

    init(_ calls: [WindowCall], width: Int) {
        self.calls = calls
        self.width = width
        needed = Array(repeating: true, count: width + calls.count)
    }

    // A window that nobody needs is computed all the same: its errors do not depend on what follows.
    mutating func require(_ needed: [Bool]) -> [Bool] {
        self.needed = needed.with(calls.flatMap(\.expressions))
        return Array(self.needed[..<width])
    }

    func start() -> any StepRun { Run(self) }

    private final class Run: StepRun {
        private let step: WindowStep
        private var batches: [RecordBatch] = []
        private var held = 0

        init(_ step: WindowStep) { self.step = step }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            let columns = zip(batch.columns, step.needed).map { $1 ? $0 : .nulls(batch.count) }
            batches.append(RecordBatch(count: batch.count, columns: columns))
            held += batch.count
            return nil
        }

        func finish(
            _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
        ) throws(EvaluationError) {
            if held == 0 { return }
            guard held < Int(UInt32.max) else {
                throw .limit(operator: step.calls[0].name, row: held, mark: step.calls[0].mark)
            }
            // The order of the rows, their groups, and a column for each call.
            try MemoryBudget.require(held * (24 + 16 * step.calls.count), for: step.calls[0].name, mark: step.calls[0].mark)
            var known: [WindowCall.PlainOver: WindowGroups] = [:]
            for call in step.calls {
                if isCancelled() { throw .cancelled }
                let over = call.plainOver
                let groups = if let over, let groups = known[over] { groups } else { try self.groups(call, isCancelled) }
                if let over { known[over] = groups }
                var arguments: [[Column]] = []
                for argument in call.arguments { arguments.append(try columns(argument)) }
                do {
                    try extend(call.operation.result(WindowInput(groups: groups, arguments: arguments, batches: batches.map(\.count))), call, arguments)
                } catch {
                    // A sum names its operator itself: `1 + 2`, and not `1 cumsum 2`.
                    let name = if case .overflow(let name, _, _, _, _) = error { name } else { call.name }
                    throw error.located(name, row: error.row, mark: call.mark)
                }
            }
            for batch in batches where try !emit(batch) { break }
            batches = []
        }

        /// The expression's values for each batch.
        private func columns(_ expression: TypedExpression) throws(EvaluationError) -> [Column] {
            var columns: [Column] = []
            var rowsBefore = 0
            for batch in batches {
                columns.append(try expression.evaluate(batch, rowsBefore: rowsBefore))
                rowsBefore += batch.count
            }
            return columns
        }

        private func groups(_ call: WindowCall, _ isCancelled: () -> Bool) throws(EvaluationError) -> WindowGroups {
            var by: [[Column]] = Array(repeating: [], count: batches.count)
            for key in call.by {
                for (index, column) in try columns(key).enumerated() { by[index].append(column) }
            }
            var keys: [SortKeyColumn] = []
            for key in call.sort {
                keys.append(try SortKeyColumn(
                    columns(key.expression), type: key.expression.type, descending: key.descending, nullsFirst: key.nullsFirst,
                    isCancelled: isCancelled))
            }
            return try WindowGroups(count: held, by: by, types: call.by.map(\.type), sort: keys, isCancelled: isCancelled)
        }

        /// Adds the window's column to every batch.
        private func extend(_ result: WindowResult, _ call: WindowCall, _ arguments: [[Column]]) throws(EvaluationError) {
            var extended: [RecordBatch] = []
            var start = 0
            switch result {
            case .values(let column):
                for batch in batches {
                    extended.append(RecordBatch(count: batch.count, columns: batch.columns + [column.slice(start, batch.count)]))
                    start += batch.count
                }
            case .rows(let rows):
                let gatherer = WindowGatherer(arguments[0], type: call.operation.type, count: held)
                // Long strings: a batch is cut where those of all its rows do not fit one.
                var left: [RecordBatch] = batches.reversed()
                while let batch = left.popLast() {
                    if let column = gatherer.gather(rows.values(as: UInt32.self) + start, batch.count) {
                        extended.append(RecordBatch(count: batch.count, columns: batch.columns + [column]))
                        start += batch.count
                    } else {
                        guard batch.count > 1 else { throw .limit(operator: "", row: start + 1, mark: 0) }
                        let half = batch.count / 2
                        left.append(batch.slice(half, batch.count - half))
                        left.append(batch.slice(0, half))
                    }
                }
            }
            batches = extended
        }
    }
}

/// Gathers values by the numbers of their rows, counted through all batches.
struct WindowGatherer {
    private let type: DataType
    private let gatherer: ColumnGatherer
    /// The batch of each row in the high half, its row there in the low half.
    private let locations: MutableBuffer

    init(_ batches: [Column], type: DataType, count: Int) {
        self.type = type
        gatherer = ColumnGatherer(batches, type: type)
        locations = MutableBuffer(capacity: count * 8)
        let location = locations.values(as: UInt64.self)
        var row = 0
        for (number, batch) in batches.enumerated() {
            for index in 0..<batch.count { location[row &+ index] = UInt64(number) &<< 32 | UInt64(index) }
            row += batch.count
        }
    }

    /// The values of the rows; null for `noRow`. Nil where their strings are more than one batch can hold.
    func gather(_ rows: UnsafePointer<UInt32>, _ count: Int) -> Column? {
        let memory = MutableBuffer(capacity: count * 8)
        let places = memory.values(as: UInt64.self), location = locations.values(as: UInt64.self)
        var isMissing = false
        for index in 0..<count {
            let row = rows[index]
            if row == WindowResult.noRow {
                isMissing = true
                places[index] = 0
            } else {
                places[index] = location[Int(row)]
            }
        }
        guard let column = withExtendedLifetime(memory, { gatherer.gather(places, count) }) else { return nil }
        if !isMissing || type == .null { return column }
        let there = Bitmap.rows(count) { rows[$0] != WindowResult.noRow }
        let validity = column.validity.map { Bitmap.and($0, there, count: count) } ?? there
        return Column(type: type, count: count, validity: validity, storage: column.storage)
    }
}
