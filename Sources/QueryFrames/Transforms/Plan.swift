// A pipeline of transforms checked against a schema: everything that can be wrong with it is known before the first row.

/// Transforms that fit a schema, ready to run over any number of frames.
public struct Plan: Sendable {
    /// The columns of the result; nil where some are made of data, as by `pivot`, and only a run can tell.
    public let schema: Schema?
    /// What a person should know though the plan runs, in the order of the transforms.
    public let warnings: [PlanWarning]
    /// The places, in the schema that was checked against, of the columns whose values the plan reads; a reader may leave
    /// out all others (as columns of nulls).
    public let usedColumns: [Int]

    private let steps: [any PlanStep]
    /// The transform that each step was made of, as scripts call it.
    private let names: [String]

    /// What the plan was made of: where a sum of ints turns out to be more than 64 bits hold, it is made anew.
    private let source: Source

    private struct Source {
        let transforms: [Transform]
        let schema: Schema
        let variables: [String: Scalar]
        let now: Int64
        /// The marks of the sums that are decimals.
        let wideSums: Set<Int32>
    }

    /// Checks `transforms` against `schema` before any row is touched. `variables` are the script's values by name.
    /// `now` (microseconds since 1970-01-01T00:00:00Z) is what the functions `now` and `today` tell, the same for all rows.
    public init(
        _ transforms: [Transform], schema: Schema, variables: [String: Scalar] = [:], now: Int64 = Clock.now
    ) throws(PlanError) {
        try self.init(transforms, schema: schema, variables: variables, now: now, wideSums: [])
    }

    /// The same, where the sums with these marks are decimals.
    init(
        _ transforms: [Transform], schema: Schema, variables: [String: Scalar], now: Int64, wideSums: Set<Int32>
    ) throws(PlanError) {
        try self.init(Source(transforms: transforms, schema: schema, variables: variables, now: now, wideSums: wideSums))
    }

    private init(_ source: Source) throws(PlanError) {
        let variables = source.variables, now = source.now
        var steps: [any PlanStep] = []
        var names: [String] = []
        var warnings: [PlanWarning] = []
        var current = source.schema
        var isOpen = false
        check: for (index, transform) in source.transforms.enumerated() {
            defer { names += repeatElement(transform.name, count: steps.count - names.count) }
            var checker = ExpressionChecker(schema: current, variables: variables, now: now)
            checker.wideSums = source.wideSums
            switch transform {
            case .where(let condition):
                steps.append(FilterStep(condition: try checker.checkCondition(condition), width: current.fields.count))
            case .select(let projections):
                let (step, selected) = try SelectStep.check(projections, &checker)
                steps += checker.windowSteps
                steps.append(step)
                current = selected
            case .derive(let projections):
                for projection in projections {
                    let step = try DeriveStep.check(projection, &checker)
                    steps += checker.windowSteps
                    steps.append(step)
                    current = step.schema
                    warnings += checker.warnings
                    checker = ExpressionChecker(schema: current, variables: variables, now: now)
                }
            case .sort(let keys):
                var checked: [SortStep.Key] = []
                for key in keys {
                    let expression = try checker.checkKey(key.expression)
                    checked.append(SortStep.Key(expression: expression, descending: key.descending, nullsFirst: key.nullsFirst))
                }
                steps.append(SortStep(keys: checked, schema: current))
            case .take(let count, let by):
                guard count >= 0 else { throw .negativeCount(count) }
                var keys: [TypedExpression] = []
                for key in by { keys.append(try checker.check(key)) }
                if keys.isEmpty { Plan.limitSort(&steps, to: count) }
                steps.append(keys.isEmpty ? TakeStep(count: count) : TakeByStep(count: count, keys: keys))
            case .skip(let count):
                guard count >= 0 else { throw .negativeCount(count) }
                steps.append(SkipStep(count: count))
            case .tail(let count):
                guard count >= 0 else { throw .negativeCount(count) }
                steps.append(TailStep(count: count))
            case .sample(let count, let seed):
                guard count >= 0 else { throw .negativeCount(count) }
                steps.append(SampleStep(count: count, seed: seed, width: current.fields.count))
            case .rename(let names):
                current = try current.renamed(names)
            case .drop(let columns):
                let step = PickStep(places: try current.places(without: columns), width: current.fields.count)
                current = Schema(step.places.map { current.fields[$0] })
                steps.append(step)
            case .cast(let casts):
                _ = try current.places(of: casts.map(\.column))
                for (column, type) in casts {
                    let step = try DeriveStep.cast(column, to: type, &checker)
                    steps.append(step)
                    current = step.schema
                    warnings += checker.warnings
                    checker = ExpressionChecker(schema: current, variables: variables, now: now)
                }
            case .unpivot(let columns, let name, let value):
                let step = try UnpivotStep(columns, name: name, value: value, schema: current)
                steps.append(step)
                current = step.schema
            case .explode(let column):
                let step = try ExplodeStep(column, schema: current)
                steps.append(step)
                current = step.schema
            case .pivot(let column, let expression, let by):
                let (made, more) = try PivotStep.check(column, expression, by: by, then: Array(source.transforms[(index + 1)...]), &checker)
                steps += made
                warnings += more
                isOpen = true
                break check
            case .distinct(let columns):
                var keys: [TypedExpression] = []
                for column in columns { keys.append(try checker.check(column)) }
                if columns.isEmpty { keys = current.fields.enumerated().map { TypedExpression(column: $0.offset, $0.element.type) } }
                // Rows without columns are all equal.
                steps.append(keys.isEmpty ? TakeStep(count: 1) : DistinctStep(keys: keys))
            case .summarize(let projections, let groups):
                let (step, summarized, more) = try SummarizeStep.check(projections, by: groups, &checker)
                steps.append(step)
                current = summarized
                warnings += more
                continue
            case .join(let kind, let frame, let keys, let mark):
                let (step, joined) = try JoinStep.check(kind, frame, on: keys, mark: mark, current)
                steps.append(step)
                current = joined
            case .union(let frame, let mark):
                let (step, united) = try UnionStep.check(frame, mark: mark, current)
                steps.append(step)
                current = united
            }
            warnings += checker.warnings
        }
        self.source = source
        self.schema = isOpen ? nil : current
        self.warnings = warnings

        // Columns that no later step reads are not carried along.
        var needed = Array(repeating: true, count: current.fields.count)
        for index in steps.indices.reversed() { needed = steps[index].require(needed) }
        self.steps = steps
        self.names = names
        usedColumns = needed.indices.filter { needed[$0] }
    }

    /// Tells a sort at the end of `steps`, or one that a `skip` follows, that no more than its first rows are wanted.
    private static func limitSort(_ steps: inout [any PlanStep], to count: Int) {
        var last = steps.count - 1
        var wanted = count
        if last > 0, let skip = steps[last] as? SkipStep {
            let (sum, overflow) = wanted.addingReportingOverflow(skip.count)
            if overflow { return }
            wanted = sum
            last -= 1
        }
        if last >= 0, let sort = steps[last] as? SortStep { steps[last] = sort.limited(to: wanted) }
    }

    /// Runs over a frame. `isCancelled` is asked on the caller's thread between batches and within sorts, and ends the run; `warn` is
    /// told what a person should know that could not be known before. The result does not depend on the number of workers, to the
    /// last bit.
    ///
    /// A sum of ints is an int, as `schema` says; where one is more than 64 bits hold, all of the run is done again with decimals
    /// for it, and the frame's schema says so.
    public func run(
        over frame: Frame, workers: Workers = .available, isCancelled: () -> Bool = { false }, warn: (PlanWarning) -> Void = { _ in }
    ) throws(EvaluationError) -> Frame {
        var plan = self
        while true {
            do throws(EvaluationError) {
                return try plan.runOnce(over: frame, workers, isCancelled, warn)
            } catch {
                guard let wider = plan.widened(for: error) else { throw error }
                plan = wider
            }
        }
    }

    /// The plan in which the sum that the error is about is a decimal; nil where the error is another, or what comes after wants an int.
    private func widened(for error: EvaluationError) -> Plan? {
        guard case .overflow(Aggregates.nameOfSum, _, _, _, let mark) = error, !source.wideSums.contains(mark) else { return nil }
        let wider = Source(
            transforms: source.transforms, schema: source.schema, variables: source.variables, now: source.now,
            wideSums: source.wideSums.union([mark]))
        return try? Plan(wider)
    }

    private func runOnce(
        over frame: Frame, _ workers: Workers, _ isCancelled: () -> Bool, _ warn: (PlanWarning) -> Void
    ) throws(EvaluationError) -> Frame {
        if workers.areWorthwhile(rows: frame.count) {
            do throws(EvaluationError) {
                let run = try start(workers)
                let batches = try run.batches(of: frame, workers, isCancelled)
                run.warnings.forEach(warn)
                return Frame(schema: run.schema ?? Schema([]), batches: batches)
            } catch {
                if case .cancelled = error { throw error }
                // Which row's error comes first is known to one thread alone, which may also find that enough rows come before it.
            }
        }
        let run = start()
        var batches: [RecordBatch] = []
        func collect(_ batch: RecordBatch) -> Bool {
            batches.append(batch)
            return true
        }
        for batch in frame.batches where !run.isDone {
            try run.push(batch, isCancelled: isCancelled, into: collect)
        }
        try run.finish(isCancelled: isCancelled, into: collect)
        run.warnings.forEach(warn)
        return Frame(schema: run.schema ?? Schema([]), batches: batches)
    }

    /// A run over batches that come one after the other.
    public func start() -> PlanRun { PlanRun(steps.map { $0.start() }, names: names, schema: schema) }

    /// A run by several threads.
    private func start(_ workers: Workers) throws(EvaluationError) -> PlanRun {
        var runs: [any StepRun] = [], runNames: [String] = []
        var neighbours: [[any StepRun]] = [], neighbourNames: [String] = []
        func join() {
            if neighbours.isEmpty { return }
            runs.append(SideBySide(neighbours, names: neighbourNames, workers))
            runNames.append(neighbourNames.joined(separator: " | "))
            (neighbours, neighbourNames) = ([], [])
        }
        for (step, name) in zip(steps, names) {
            if let many = try step.start(workers.count) {
                neighbours.append(many)
                neighbourNames.append(name)
                continue
            }
            join()
            runs.append(step.start(sharing: workers) ?? step.start())
            runNames.append(name)
        }
        join()
        return PlanRun(runs, names: runNames, schema: schema)
    }
}

/// A transform that was checked; a value, shared by all runs.
protocol PlanStep: Sendable {
    /// Tells the step which columns of its result are needed, and gives which it needs of what comes in.
    mutating func require(_ needed: [Bool]) -> [Bool]

    /// The state of one run.
    func start() -> any StepRun

    /// The state of so many runs at the same time, which share out the batches; nil where what becomes of a batch depends on those
    /// before it. Errors then need not tell the row.
    func start(_ count: Int) throws(EvaluationError) -> [any StepRun]?

    /// The state of a run that shares out rows by what they hold; nil where the step does not do so.
    func start(sharing workers: Workers) -> (any StepRun)?
}

extension PlanStep {
    func start(_ count: Int) throws(EvaluationError) -> [any StepRun]? { nil }

    func start(sharing workers: Workers) -> (any StepRun)? { nil }
}

/// One step of a run: takes batches and gives batches.
protocol StepRun: AnyObject {
    /// Whether no further batch can change what the step gives.
    var isFull: Bool { get }

    /// What becomes of a batch; nil where no row does, or not yet.
    func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch?

    /// What else becomes of the batch pushed last; asked until it is nil.
    func more(_ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch?

    /// What becomes of batches that come one after the other, with several threads where the step has use for them.
    func pushAll(
        _ batches: [RecordBatch], _ workers: Workers, _ isCancelled: () -> Bool
    ) throws(EvaluationError) -> [RecordBatch]

    /// What was held back, with several threads where the step has use for them.
    func finishAll(_ workers: Workers, _ isCancelled: () -> Bool) throws(EvaluationError) -> [RecordBatch]

    /// Gives what was held back, until `emit` says that it is enough.
    func finish(
        _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
    ) throws(EvaluationError)
}

extension StepRun {
    var isFull: Bool { false }

    func pushAll(
        _ batches: [RecordBatch], _ workers: Workers, _ isCancelled: () -> Bool
    ) throws(EvaluationError) -> [RecordBatch] {
        var given: [RecordBatch] = []
        for batch in batches where !isFull {
            if isCancelled() { throw .cancelled }
            guard let first = try push(batch, isCancelled) else { continue }
            given.append(first)
            while let more = try more(isCancelled) { given.append(more) }
        }
        return given
    }

    func finishAll(_ workers: Workers, _ isCancelled: () -> Bool) throws(EvaluationError) -> [RecordBatch] {
        var given: [RecordBatch] = []
        try finish(isCancelled) { (batch) throws(EvaluationError) in
            if isCancelled() { throw .cancelled }
            given.append(batch)
            return true
        }
        return given
    }

    func more(_ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? { nil }

    func finish(
        _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) {}
}

extension [Bool] {
    /// These, and the columns that `expressions` read.
    func with(_ expressions: [TypedExpression]) -> [Bool] {
        var all = self
        for expression in expressions { for column in expression.columns { all[column] = true } }
        return all
    }
}
