// The table of functions: one row for each, in groups, a file a group.

/// The functions of row expressions.
public enum Functions {
    /// All of them, by group.
    public static let rows: [FunctionRow] = numbers + strings + dates + clock + conversions + conditions + [split, format, parseDate, hash]

    /// The names of the types that `cast` converts to: those of the functions that do it.
    public static var types: [String] { conversions.map(\.name) }

    /// The function called `name`.
    public static func row(named name: String) -> FunctionRow? { byName[name] }

    private static let byName = Dictionary(rows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}

/// Gives its operand.
struct Identity: Operation {
    let type: DataType

    func column(_ operands: [Operand], count: Int) -> Outcome { Outcome(operands[0].column) }

    func scalar(_ operands: [Scalar]) -> Scalar { operands[0] }
}
