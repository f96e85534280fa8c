// What there is to know of a function: help, completion, the checker and both evaluators read it here.

/// What an expression can call by a name and arguments: a function or an aggregate.
public protocol Callable: Sendable {
    /// The name by which it is called.
    var name: String { get }
    /// How it is called; arguments that may be left out show what they then are.
    var usage: String { get }
}

/// A function of row expressions, such as `round(x, n = 0)`.
public struct FunctionRow: Callable {
    public let name: String
    public let usage: String
    /// What it gives, in one sentence.
    public let summary: String
    /// A call with its result.
    public let example: FunctionExample
    /// How many arguments it takes.
    public let arity: ClosedRange<Int>
    /// How it chooses among its arguments, where it computes only those that it needs.
    public let choice: Choice?
    /// What it does for arguments of these types.
    let rule: @Sendable (Arguments) throws(PlanError) -> FunctionChoice

    /// How a function chooses one of its arguments.
    public enum Choice: Sendable {
        /// `if` and `case`: the value after the first condition that is true, or else the last one.
        case byCondition
        /// `coalesce`: the first value that is not null.
        case notNull
    }

    /// Arguments that a function without an end to its list may have.
    static let mostArguments = 1_000

    init(
        _ usage: String, _ summary: String, _ example: FunctionExample, arity: ClosedRange<Int>, choice: Choice? = nil,
        rule: @escaping @Sendable (Arguments) throws(PlanError) -> FunctionChoice
    ) {
        name = String(usage.prefix { $0 != "(" })
        self.usage = usage
        self.summary = summary
        self.example = example
        self.arity = arity
        self.choice = choice
        self.rule = rule
    }

    /// The function of these values. It gives what a column of each would give, and `mark` comes back in its errors.
    ///
    /// Values are there already when they arrive, so `if`, `case` and `coalesce` cannot keep one from failing; a caller that
    /// wants that computes only the ones it needs.
    public func apply(_ values: [Scalar], mark: Int32 = 0) throws(EvaluationError) -> Scalar {
        var types: [DataType] = []
        for value in values {
            guard let type = value.type else { throw .plan(.listMisplaced(mark: mark)) }
            types.append(type)
        }
        let choice: FunctionChoice
        do {
            let marks = Array(repeating: mark, count: values.count)
            choice = try resolve(Arguments(
                function: name, usage: usage, types: types, constants: values, marks: marks, mark: mark, now: Clock.now))
        } catch {
            throw .plan(error)
        }
        do {
            var operands: [Scalar] = []
            for (index, type) in choice.operands { operands.append(try values[index].converted(to: type)) }
            return try choice.operation.scalar(operands)
        } catch {
            throw error.located(name, row: nil, mark: mark)
        }
    }

    /// What the function does for these arguments, once there are as many as it takes.
    func resolve(_ arguments: Arguments) throws(PlanError) -> FunctionChoice {
        guard arity.contains(arguments.types.count) else {
            throw .argumentCount(function: name, usage: usage, found: arguments.types.count, mark: arguments.mark)
        }
        return try rule(arguments)
    }
}

/// A call of a function and what it gives: `round(2.567, 2)` is `2.57`.
public struct FunctionExample: Sendable {
    /// The arguments.
    public let arguments: [Scalar]
    /// The result.
    public let result: Scalar

    init(_ arguments: Scalar..., gives result: Scalar) {
        self.arguments = arguments
        self.result = result
    }

    /// The call as a script writes it.
    public func text(_ name: String) -> String {
        "\(name)(\(arguments.map(\.literal).joined(separator: ", ")))"
    }
}

extension Scalar {
    /// The value as a script writes it: strings quoted, dates and timestamps after an `@`.
    public var literal: String {
        let buffer = TextBuffer()
        switch self {
        case .date, .timestamp: buffer.append(UInt8(ascii: "@"))
        default: break
        }
        buffer.append(self, quoted: true)
        return buffer.text
    }
}

/// What a function does for arguments of certain types.
struct FunctionChoice {
    /// The arguments that the operation takes, and the types that they have to be converted to.
    let operands: [(index: Int, type: DataType)]
    let operation: any Operation

    init(_ operation: any Operation, _ types: DataType...) {
        operands = types.enumerated().map { ($0.offset, $0.element) }
        self.operation = operation
    }

    init(_ operation: any Operation, all types: [DataType]) {
        operands = types.enumerated().map { ($0.offset, $0.element) }
        self.operation = operation
    }
}
