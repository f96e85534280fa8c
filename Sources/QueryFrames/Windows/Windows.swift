// The table of window functions: one row for each.

/// The window functions of `derive` and `select`.
public enum Windows {
    /// All of them.
    public static let rows: [WindowRow] = [
        WindowRow(
            "row_number()", "The row's number in its group, from 1.",
            example: "j | derive n = row_number() over (by region sort revenue desc)", arity: 0...0
        ) { (_) throws(PlanError) in RowNumber() },
        WindowRow(
            "rank()", "The row's rank in its group, from 1; rows that the sort does not tell apart share one, and the next is left out.",
            example: "j | derive place = rank() over (sort revenue desc)", arity: 0...0
        ) { (_) throws(PlanError) in Rank() },
        WindowRow(
            "lag(x, n = 1)", "x of the row n before this one in its group; null where there is none.",
            example: "j | derive change = revenue - lag(revenue) over (by region sort month)", arity: 1...2
        ) { (call) throws(PlanError) in Offset(type: call.types[0], back: try call.offset(1)) },
        WindowRow(
            "lead(x, n = 1)", "x of the row n after this one in its group; null where there is none.",
            example: "j | derive next = lead(month) over (by region sort month)", arity: 1...2
        ) { (call) throws(PlanError) in
            // Nothing lies as far away as the least int, so what its negation would be makes no difference.
            Offset(type: call.types[0], back: 0 - max(try call.offset(1), -Int64.max))
        },
        WindowRow(
            "cumsum(x)", "The sum of x from the group's first row to this one; nulls add nothing, and before any value it is null.",
            example: "j | derive so_far = cumsum(revenue) over (sort month)", arity: 1...1
        ) { (call) throws(PlanError) in
            switch call.types[0] {
            case .null: return NoWindow(type: .null)
            case .int64, .duration: return RunningIntegerSum(type: call.types[0])
            case .float64: return RunningFloatSum()
            case .decimal(let scale): return RunningDecimalSum(scale: scale)
            default: throw call.mismatch(0, expected: "number or duration")
            }
        },
        WindowRow(
            "moving_avg(x, n)",
            "The average of x over the last n rows of the group up to this one, as a float, or over as many as there are; nulls do not count.",
            example: "j | derive smooth = moving_avg(revenue, 3) over (by region sort month)", arity: 2...2
        ) { (call) throws(PlanError) in
            let type = try call.number(0)
            try call.int(1)
            guard case .int(let size) = try call.constant(1), size > 0 else {
                throw .argumentValue(
                    function: call.function, index: 1, expected: "a number of rows above zero", found: try call.constant(1), mark: call.marks[1])
            }
            return type == .null ? NoWindow(type: .float64) : MovingAverage(values: type, size: Int(clamping: size))
        },
    ]

    /// The window function called `name`.
    public static func row(named name: String) -> WindowRow? { byName[name] }

    private static let byName = Dictionary(rows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}

extension Arguments {
    /// How many rows away, as argument `index` says; 1 where it is left out.
    fileprivate func offset(_ index: Int) throws(PlanError) -> Int64 {
        guard index < count else { return 1 }
        try int(index)
        guard case .int(let offset) = try constant(index) else {
            throw .argumentValue(function: function, index: index, expected: "a number of rows", found: .null, mark: marks[index])
        }
        return offset
    }
}

/// Nulls: what is made of an argument of the type `null`.
struct NoWindow: WindowOperation {
    let type: DataType

    func result(_ input: WindowInput) -> WindowResult { .values(.nulls(input.groups.count, of: type)) }
}
