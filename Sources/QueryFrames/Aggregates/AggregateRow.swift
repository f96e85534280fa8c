// What there is to know of an aggregate: help, completion, the checker and `summarize` read it here.

/// An aggregate of the rows of a group, such as `sum(x)`.
public struct AggregateRow: Callable {
    public let name: String
    public let usage: String
    /// What it gives, in one sentence.
    public let summary: String
    /// A line that a person could type.
    public let example: String
    /// How many arguments it takes.
    public let arity: ClosedRange<Int>
    /// What it does for arguments of these types.
    let rule: @Sendable (Arguments) throws(PlanError) -> AggregateChoice

    init(
        _ usage: String, _ summary: String, example: String, arity: ClosedRange<Int>,
        rule: @escaping @Sendable (Arguments) throws(PlanError) -> AggregateChoice
    ) {
        name = String(usage.prefix { $0 != "(" })
        self.usage = usage
        self.summary = summary
        self.example = example
        self.arity = arity
        self.rule = rule
    }

    /// What the aggregate does for these arguments, once there are as many as it takes.
    func resolve(_ arguments: Arguments) throws(PlanError) -> AggregateChoice {
        guard arity.contains(arguments.count) else {
            throw .argumentCount(function: name, usage: usage, found: arguments.count, mark: arguments.mark)
        }
        return try rule(arguments)
    }

    /// The same, where the sums with these marks are known to need more than 64 bits.
    func resolve(_ arguments: Arguments, wideSums: Set<Int32>) throws(PlanError) -> AggregateChoice {
        let choice = try resolve(arguments)
        return choice.isSumOfInts(of: self) && wideSums.contains(arguments.mark) ? .wideSum : choice
    }
}

/// What an aggregate does for arguments of certain types.
struct AggregateChoice: Sendable {
    /// The types that the leading arguments have to be converted to; those after them it does not read.
    let operands: [DataType]
    /// The type of the result.
    let type: DataType
    /// Begins a run.
    let start: @Sendable () -> Accumulator

    init(_ operands: DataType..., gives type: DataType, start: @escaping @Sendable () -> Accumulator) {
        self.operands = operands
        self.type = type
        self.start = start
    }

    /// The sum of ints as a decimal.
    static let wideSum = AggregateChoice(.int64, gives: .decimal(scale: 0)) { .wideSumOfInts() }

    /// Whether it is `sum` of ints, whose result may need more than 64 bits.
    func isSumOfInts(of row: AggregateRow) -> Bool { row.name == Aggregates.nameOfSum && type == .int64 }

    /// Of a column of nulls, null.
    static let null = AggregateChoice(.null, gives: .null) {
        Accumulator(add: { _, _ in }, finish: { (groups) throws(EvaluationError) in .nulls(groups) })
    }
}
