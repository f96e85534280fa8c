// The types a column can have, in Arrow's terms; everything above this file speaks of data in these types.

/// The type of a column's values.
///
/// The layouts are Arrow's: `date` is 32-bit days since 1970-01-01, `timestamp` and `duration` are 64-bit
/// microseconds, `string` is UTF-8 with 32-bit offsets, `bool` is one bit a row, `null` has no buffers at all.
public enum DataType: Hashable, Sendable {
    case null
    case bool
    case int64
    case float64
    case string
    case date
    /// Microseconds since 1970-01-01T00:00:00; `utc` tells an instant (written with `Z`) from a wall-clock time.
    case timestamp(utc: Bool)
    case duration
}

extension DataType {
    /// The name by which scripts and messages call the type, such as `int` or `timestamp`.
    public var name: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int64: "int"
        case .float64: "float"
        case .string: "string"
        case .date: "date"
        case .timestamp: "timestamp"
        case .duration: "duration"
        }
    }

    /// Whether arithmetic takes the type as a number.
    public var isNumeric: Bool { self == .int64 || self == .float64 }

    /// Bytes of one value where all values take the same whole number of bytes, else nil.
    public var fixedWidth: Int? {
        switch self {
        case .int64, .float64, .timestamp, .duration: 8
        case .date: 4
        case .null, .bool, .string: nil
        }
    }
}
