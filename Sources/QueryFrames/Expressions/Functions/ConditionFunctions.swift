// `coalesce`, `if` and `case`: functions that choose among their arguments, and fail only with the one they take.

extension Functions {
    static let conditions: [FunctionRow] = [
        FunctionRow(
            "coalesce(x, ...)", "The first value that is not null.", FunctionExample(.null, .int(2), .int(3), gives: .int(2)),
            arity: 1...FunctionRow.mostArguments, choice: .notNull
        ) { (call) throws(PlanError) in
            let type = try call.common(Array(0..<call.count))
            return FunctionChoice(FirstNotNull(type: type), all: Array(repeating: type, count: call.count))
        },
        FunctionRow(
            "if(condition, a, b)", "a where the condition is true, else b.",
            FunctionExample(.bool(true), .string("yes"), .string("no"), gives: .string("yes")), arity: 3...3, choice: .byCondition,
            rule: conditional),
        FunctionRow(
            "case(condition, value, ..., otherwise)", "The value after the first condition that is true, or else the last.",
            FunctionExample(.bool(false), .int(1), .bool(true), .int(2), .int(3), gives: .int(2)), arity: 3...FunctionRow.mostArguments, choice: .byCondition,
            rule: conditional),
    ]

    @Sendable
    private static func conditional(_ call: Arguments) throws(PlanError) -> FunctionChoice {
        guard call.count % 2 == 1 else {
            throw .argumentCount(function: call.function, usage: call.usage, found: call.count, mark: call.mark)
        }
        let conditions = stride(from: 0, to: call.count - 1, by: 2)
        for index in conditions { try call.condition(index) }
        let type = try call.common(conditions.map { $0 + 1 } + [call.count - 1])
        var types = Array(repeating: type, count: call.count)
        for index in conditions { types[index] = .bool }
        return FunctionChoice(Conditional(type: type), all: types)
    }
}
