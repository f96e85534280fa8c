// `sort`: collects what comes in, orders row numbers by the keys, and gathers every column once. Where a `take` follows,
// what cannot be among the first rows is thrown away on the way.

struct SortStep: PlanStep {
    /// A key that was checked.
    struct Key: Sendable {
        let expression: TypedExpression
        let descending: Bool
        let nullsFirst: Bool
    }

    private let keys: [Key]
    private let types: [DataType]
    private var needed: [Bool]
    /// How many of the first rows are wanted; nil for all.
    private var limit: Int?

    init(keys: [Key], schema: Schema) {
        self.keys = keys
        types = schema.fields.map(\.type)
        needed = types.map { _ in true }
    }

    /// The same sort, of which only the first `count` rows are wanted.
    func limited(to count: Int) -> SortStep {
        var step = self
        step.limit = min(count, limit ?? count)
        return step
    }

    mutating func require(_ needed: [Bool]) -> [Bool] {
        self.needed = needed
        return needed.with(keys.map(\.expression))
    }

    func start() -> any StepRun { Run(self) }

    private final class Run: StepRun {
        private let step: SortStep
        /// The columns of the result, then the keys.
        private var batches: [RecordBatch] = []
        private var held = 0
        private var rowsBefore = 0
        /// What the last row kept by a limited sort has as its first key; rows that come after it are thrown away at once.
        private var bound: SortBound?
        /// Rows from which on a limited sort is done at once, to keep only the first.
        private let pruneAt: Int

        init(_ step: SortStep) {
            self.step = step
            pruneAt = step.limit.map(Run.pruneAt) ?? Int.max
        }

        /// Few rows are sorted often, for a bound that is soon close; many are worth a larger sort.
        private static func pruneAt(_ limit: Int) -> Int {
            if limit <= 16_384 { return max(8_192, 4 * limit) }
            return max(4 * RecordBatch.rows, limit > Int.max / 2 ? Int.max : 2 * limit)
        }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            var columns = zip(batch.columns, step.needed).map { $1 ? $0 : .nulls(batch.count) }
            for key in step.keys { columns.append(try key.expression.evaluate(batch, rowsBefore: rowsBefore)) }
            rowsBefore += batch.count
            let rows = RecordBatch(count: batch.count, columns: columns)
            var start = 0
            while start < rows.count {
                // Until there is a bound, no more is taken at once than is sorted at once.
                let count = bound == nil ? min(pruneAt - held, rows.count - start) : rows.count - start
                try hold(count == rows.count ? rows : rows.slice(start, count), isCancelled)
                start += count
            }
            return nil
        }

        /// Takes what may be among the first rows.
        private func hold(_ rows: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) {
            var kept = rows
            if let bound {
                let selection = bound.rows(rows.columns[step.types.count])
                if selection.count == 0 { return }
                kept = rows.gather(selection, needed: step.needed + step.keys.map { _ in true })
            }
            held += kept.count
            batches.append(kept)
            if held >= pruneAt, let limit = step.limit { try prune(to: limit, isCancelled) }
        }

        /// Keeps the first `limit` rows of those held. They stay in order, before all that comes later, so sorting once more
        /// is stable.
        private func prune(to limit: Int, _ isCancelled: () -> Bool) throws(EvaluationError) {
            var kept: [RecordBatch] = []
            try sorted(first: limit, types: step.types + step.keys.map(\.expression.type), isCancelled) { batch in
                kept.append(batch)
                return true
            }
            batches = kept
            held = min(held, limit)
            if let last = kept.last, let key = step.keys.first {
                bound = SortBound(last.columns[step.types.count], row: last.count - 1, key, isOnlyKey: step.keys.count == 1)
            }
        }

        func finish(
            _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
        ) throws(EvaluationError) {
            try sorted(first: step.limit ?? held, types: step.types, isCancelled, emit: emit)
            batches = []
        }

        func finishAll(_ workers: Workers, _ isCancelled: () -> Bool) throws(EvaluationError) -> [RecordBatch] {
            guard step.limit == nil, workers.areWorthwhile(rows: held), held > 0 else {
                var given: [RecordBatch] = []
                try finish(isCancelled) { batch in
                    given.append(batch)
                    return true
                }
                return given
            }
            defer { batches = [] }
            let order = try SharedSort(try keys(isCancelled, workers), workers).order(of: held, isCancelled)
            return try withExtendedLifetime(order) { () throws(EvaluationError) in
                try gatherer(step.types).gatherAll(order.values(as: UInt32.self), held, workers, isCancelled)
            }
        }

        private func sorted(
            first limit: Int, types: [DataType], _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
        ) throws(EvaluationError) {
            if held == 0 || limit == 0 { return }
            var sorter = Sorter(try keys(isCancelled, .one), count: held)
            let order = try sorter.sort(isCancelled)
            try withExtendedLifetime(sorter) { () throws(EvaluationError) in
                try gatherer(types).gather(order, min(limit, held), emit: emit)
            }
        }

        private func keys(_ isCancelled: () -> Bool, _ workers: Workers) throws(EvaluationError) -> [SortKeyColumn] {
            guard held <= Int(UInt32.max) else { throw .limit(operator: "sort", row: held, mark: step.keys.first?.expression.mark ?? 0) }
            // A word and a place for each row, twice, and a word for each key.
            try MemoryBudget.require(held * (24 + 8 * step.keys.count), for: "sort")
            var keys: [SortKeyColumn] = []
            for (index, key) in step.keys.enumerated() {
                let place = step.types.count + index
                for column in SortKeyColumn.parts(batches.map { $0.columns[place] }, type: key.expression.type) {
                    keys.append(try SortKeyColumn(
                        column, type: column[0].type, descending: key.descending, nullsFirst: key.nullsFirst, workers: workers,
                        isCancelled: isCancelled))
                }
            }
            return keys
        }

        private func gatherer(_ types: [DataType]) -> BatchGatherer {
            BatchGatherer(batches, types: types, needed: types.indices.map { $0 < step.needed.count ? step.needed[$0] : true })
        }
    }
}
