// One value outside a column: a literal of an expression, a parameter of a query, a cell on its way to a person.

/// A single value of one of the types columns have, or a list of such values.
public enum Scalar: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case float(Double)
    case string(String)
    /// Days since 1970-01-01.
    case date(Int32)
    /// Microseconds since 1970-01-01T00:00:00.
    case timestamp(Int64, utc: Bool)
    /// Microseconds.
    case duration(Int64)
    case decimal(Decimal128)
    case binary([UInt8])
    /// A JSON value, as its text.
    case json(String)
    case list([Scalar])

    /// The type of a column that could hold the value; nil for a list whose elements have no common type.
    public var type: DataType? {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int64
        case .float: .float64
        case .string: .string
        case .date: .date
        case .timestamp(_, let utc): .timestamp(utc: utc)
        case .duration: .duration
        case .decimal(let value): .decimal(scale: value.scale)
        case .binary: .binary
        case .json: .json
        case .list(let values): DataType.common(values).flatMap { $0.listDepth < DataType.listLimit ? .list($0) : nil }
        }
    }

    /// The name by which scripts and messages call the value's type.
    public var typeName: String { type?.name ?? "list" }
}
