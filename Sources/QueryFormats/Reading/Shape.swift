// What the values of a text column have in common so far; readers widen it value by value.
import QueryFrames

/// The form of values, from none at all to any text.
enum Shape: UInt8 {
    /// No value yet.
    case empty
    case bool
    case int
    /// Integers, of which some need more than 64 bits.
    case decimal
    case float
    case date
    /// Timestamps with `Z` or an offset.
    case instant
    /// Timestamps without.
    case wallClock
    case text
    /// Values of JSON of several kinds, or nested ones.
    case json

    /// The type of a column of that shape; a column without values is text.
    var type: DataType {
        switch self {
        case .empty, .text: .string
        case .json: .json
        case .bool: .bool
        case .int: .int64
        case .decimal: .decimal(scale: 0)
        case .float: .float64
        case .date: .date
        case .instant: .timestamp(utc: true)
        case .wallClock: .timestamp(utc: false)
        }
    }

    /// Whether JSON has values of the shape as strings.
    var isString: Bool {
        switch self {
        case .date, .instant, .wallClock, .text: true
        case .empty, .bool, .int, .decimal, .float, .json: false
        }
    }

    /// The narrowest shape that has room for this one and `other`.
    func joined(_ other: Shape) -> Shape {
        if self == other || other == .empty { return self }
        if self == .empty { return other }
        if self == .json || other == .json { return .json }
        if (self == .int && other == .float) || (self == .float && other == .int) { return .float }
        if (self == .int && other == .decimal) || (self == .decimal && other == .int) { return .decimal }
        return .text
    }

    /// The shape of one value, and the number where it is one.
    static func of(_ cell: Cell, _ bytes: UnsafeRawPointer) -> (shape: Shape, number: NumberText) {
        let text = UnsafeRawBufferPointer(start: bytes, count: cell.length)
        switch cell.kind {
        case .null: return (.empty, .none)
        case .doubledQuotes: return (.text, .none)
        case .string: return (time(text), .none)
        case .bare:
            let number = NumberText(text)
            switch number {
            case .int: return (.int, number)
            case .decimal: return (.decimal, number)
            case .float: return (.float, number)
            case .tooLarge: return (.text, number)
            case .none: return (TextParsing.bool(text) != nil ? .bool : time(text), .none)
            }
        }
    }

    private static func time(_ text: UnsafeRawBufferPointer) -> Shape {
        if TextParsing.date(text) != nil { return .date }
        if let time = TextParsing.timestamp(text) { return time.utc ? .instant : .wallClock }
        return .text
    }
}
