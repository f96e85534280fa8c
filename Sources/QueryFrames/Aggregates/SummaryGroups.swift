// The groups of a `summarize` under way: their keys, and what the aggregates remember of each.

/// Groups of the rows that were added, in the order in which they first appeared.
final class SummaryGroups {
    private let aggregates: [SummaryChecker.Aggregate]
    private let groups: GroupNumbers
    private let accumulators: [Accumulator]
    private let isTotal: Bool
    private var keyCount = 0
    /// The keys of each group, as they first appeared.
    private(set) var keys: [RecordBatch] = []

    /// How many groups there are.
    var count: Int { groups.count }

    init(keys: [TypedExpression], _ aggregates: [SummaryChecker.Aggregate]) {
        self.aggregates = aggregates
        groups = GroupNumbers(keys.map(\.type))
        accumulators = aggregates.map { $0.choice.start() }
        isTotal = keys.isEmpty
    }

    /// Adds rows by their keys; `arguments` gives the columns that an aggregate takes. Gives the rows with which new groups appeared.
    func add<Failure: Error>(
        _ columns: [Column], count: Int, arguments: (SummaryChecker.Aggregate) throws(Failure) -> [Column]
    ) throws(Failure) -> FirstRows? {
        let numbers = groups.numbers(columns, count: count)
        var first: FirstRows?
        if !columns.isEmpty && groups.count > keyCount {
            let rows = FirstRows(numbers, count: count, known: keyCount, groups: groups.count)
            keys.append(RecordBatch(count: rows.count, columns: columns.map { $0.gather(rows.selection) }))
            keyCount = groups.count
            first = rows
        }
        let rows = BatchGroups(numbers: numbers, rows: count, count: groups.count, isTotal: isTotal)
        for (aggregate, accumulator) in zip(aggregates, accumulators) { accumulator.add(try arguments(aggregate), rows) }
        return first
    }

    /// The results of the aggregates, a column each.
    func results(_ isCancelled: () -> Bool) throws(EvaluationError) -> [Column] {
        var columns: [Column] = []
        for (aggregate, accumulator) in zip(aggregates, accumulators) {
            if isCancelled() { throw .cancelled }
            do throws(EvaluationError) {
                columns.append(try accumulator.finish(count))
            } catch {
                throw error.located(aggregate.name, row: nil, mark: aggregate.mark)
            }
        }
        return columns
    }
}
