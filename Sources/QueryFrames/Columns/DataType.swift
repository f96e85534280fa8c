// The types a column can have, in Arrow's terms; everything above this file speaks of data in these types.

/// The type of a column's values.
///
/// The layouts are Arrow's: `date` is 32-bit days since 1970-01-01, `timestamp` and `duration` are 64-bit
/// microseconds, `decimal` is 128 bits that count units of `10^-scale`, `string`, `json` and `binary` are bytes with 32-bit
/// offsets, `list` is offsets into a column of elements, `bool` is one bit a row, `null` has no buffers at all.
public indirect enum DataType: Hashable, Sendable {
    case null
    case bool
    case int64
    case float64
    /// Exact numbers of up to 38 digits, `scale` (0 to 38) of them after the point.
    case decimal(scale: Int)
    case string
    case date
    /// Microseconds since 1970-01-01T00:00:00; `utc` tells an instant (written with `Z`) from a wall-clock time.
    case timestamp(utc: Bool)
    case duration
    case binary
    /// One JSON value a row, as its text.
    case json
    /// Lists of elements of one type.
    case list(DataType)
}

/// How the values of a type lie in memory.
public enum Layout: Hashable, Sendable {
    /// No buffers.
    case none
    /// One bit a row.
    case bits
    /// So many bytes a row.
    case fixed(Int)
    /// Bytes of any number, with 32-bit offsets.
    case variable
    /// Elements of another column, with 32-bit offsets.
    case list
}

extension DataType {
    /// The name by which scripts and messages call the type, such as `int` or `timestamp`.
    public var name: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int64: "int"
        case .float64: "float"
        case .decimal: "decimal"
        case .string: "string"
        case .date: "date"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .binary: "binary"
        case .json: "json"
        case .list: "list"
        }
    }

    /// Whether arithmetic takes the type as a number.
    public var isNumeric: Bool {
        switch self {
        case .int64, .float64, .decimal: true
        default: false
        }
    }

    /// Digits after the point that the type's numbers have as decimals: none for ints. Nil for floats and what is no number.
    var decimalScale: Int? {
        switch self {
        case .int64: 0
        case .decimal(let scale): scale
        default: nil
        }
    }

    /// How the values lie in memory.
    public var layout: Layout {
        switch self {
        case .null: .none
        case .bool: .bits
        case .int64, .float64, .timestamp, .duration: .fixed(8)
        case .date: .fixed(4)
        case .decimal: .fixed(16)
        case .string, .binary, .json: .variable
        case .list: .list
        }
    }

    /// Bytes of one value where all values take the same whole number of bytes, else nil.
    public var fixedWidth: Int? { if case .fixed(let width) = layout { width } else { nil } }

    /// Lists of lists of lists ... may be this deep: what walks a type recurses.
    public static let listLimit = 32

    /// How many lists stand around the innermost elements: 0 for an int, 2 for a list of lists of ints.
    public var listDepth: Int {
        var depth = 0
        var type = self
        while case .list(let element) = type {
            depth += 1
            type = element
        }
        return depth
    }

    /// Whether values of the type come one before the other: lists and JSON do not.
    public var isOrdered: Bool {
        switch self {
        case .json, .list: false
        default: true
        }
    }
}
