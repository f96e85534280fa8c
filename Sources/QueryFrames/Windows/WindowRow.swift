// What there is to know of a window function: help, the checker and the step that runs it read it here.

/// A function over the rows around a row, such as `lag(x, n = 1)`, called with `over (...)`.
public struct WindowRow: Sendable {
    /// The name by which it is called.
    public let name: String
    /// How it is called, up to `over`; arguments that may be left out show what they then are.
    public let usage: String
    /// What it gives, in one sentence.
    public let summary: String
    /// A line that a person could type.
    public let example: String
    /// How many arguments it takes.
    public let arity: ClosedRange<Int>
    /// What it does for arguments of these types.
    let rule: @Sendable (Arguments) throws(PlanError) -> any WindowOperation

    init(
        _ usage: String, _ summary: String, example: String, arity: ClosedRange<Int>,
        rule: @escaping @Sendable (Arguments) throws(PlanError) -> any WindowOperation
    ) {
        name = String(usage.prefix { $0 != "(" })
        self.usage = usage
        self.summary = summary
        self.example = example
        self.arity = arity
        self.rule = rule
    }

    /// What the function does for these arguments, once there are as many as it takes.
    func resolve(_ arguments: Arguments) throws(PlanError) -> any WindowOperation {
        guard arity.contains(arguments.count) else {
            throw .argumentCount(function: name, usage: usage, found: arguments.count, mark: arguments.mark)
        }
        return try rule(arguments)
    }
}

/// A window function whose arguments' types are known.
protocol WindowOperation: Sendable {
    /// The type of the result.
    var type: DataType { get }

    /// The results for all rows. The mark of an error is the caller's to fill in, and so is the name unless it is of an overflow.
    func result(_ input: WindowInput) throws(EvaluationError) -> WindowResult
}

/// What a window function sees: all rows in their groups, and its arguments, batch by batch.
struct WindowInput {
    let groups: WindowGroups
    let arguments: [[Column]]
    /// How many rows each batch has.
    let batches: [Int]
}

/// What a window function gives.
enum WindowResult {
    /// A value for each row, in the order of the rows.
    case values(Column)
    /// For each row, as a UInt32, the row whose value of the first argument it gets; `noRow` for null.
    case rows(Buffer)

    /// Stands for no row.
    static let noRow = UInt32.max
}
