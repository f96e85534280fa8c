// Format strings: how the Arrow C data interface spells a type, and which type a column gets of each.

/// What a format string says of an array's layout, as far as columns can be made of it.
enum ArrowFormat: Hashable {
    case null
    case bool
    /// Integers of `width` bytes.
    case integer(width: Int, signed: Bool)
    case float16, float32, float64
    /// Text or bytes with offsets of 32 bits, or of 64 where it is `large`.
    case bytes(isText: Bool, large: Bool)
    /// Text or bytes of which each row knows where it stands.
    case views(isText: Bool)
    /// Bytes, so many a row.
    case fixedBytes(Int)
    /// Decimals of `width` bytes; the scale may be negative.
    case decimal(scale: Int, width: Int)
    case days
    /// Milliseconds that are whole days.
    case dayMilliseconds
    case timestamp(ArrowTimeUnit, utc: Bool)
    case duration(ArrowTimeUnit)
    /// Times of a day, counted from midnight in numbers of `width` bytes; columns hold them as durations.
    case time(ArrowTimeUnit, width: Int)
    /// Lists; maps are lists of keys and values.
    case list(large: Bool)
    /// Lists of so many elements each.
    case fixedList(Int)
    /// Structs, which columns hold as JSON.
    case record

    /// Nil where no column holds such values, or the text is no format at all.
    init?(_ format: String) {
        let parts = format.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let argument = parts.count > 1 ? String(parts[1]) : nil
        switch (String(parts[0]), argument) {
        case ("n", nil): self = .null
        case ("b", nil): self = .bool
        case ("c", nil): self = .integer(width: 1, signed: true)
        case ("C", nil): self = .integer(width: 1, signed: false)
        case ("s", nil): self = .integer(width: 2, signed: true)
        case ("S", nil): self = .integer(width: 2, signed: false)
        case ("i", nil): self = .integer(width: 4, signed: true)
        case ("I", nil): self = .integer(width: 4, signed: false)
        case ("l", nil): self = .integer(width: 8, signed: true)
        case ("L", nil): self = .integer(width: 8, signed: false)
        case ("e", nil): self = .float16
        case ("f", nil): self = .float32
        case ("g", nil): self = .float64
        case ("u", nil): self = .bytes(isText: true, large: false)
        case ("U", nil): self = .bytes(isText: true, large: true)
        case ("z", nil): self = .bytes(isText: false, large: false)
        case ("Z", nil): self = .bytes(isText: false, large: true)
        case ("vu", nil): self = .views(isText: true)
        case ("vz", nil): self = .views(isText: false)
        case ("tdD", nil): self = .days
        case ("tdm", nil): self = .dayMilliseconds
        case ("tDs", nil): self = .duration(.seconds)
        case ("tDm", nil): self = .duration(.milliseconds)
        case ("tDu", nil): self = .duration(.microseconds)
        case ("tDn", nil): self = .duration(.nanoseconds)
        case ("tts", nil): self = .time(.seconds, width: 4)
        case ("ttm", nil): self = .time(.milliseconds, width: 4)
        case ("ttu", nil): self = .time(.microseconds, width: 8)
        case ("ttn", nil): self = .time(.nanoseconds, width: 8)
        // A zone only says how an instant is to be shown; the values count from the same moment in all of them.
        case ("tss", let zone?): self = .timestamp(.seconds, utc: !zone.isEmpty)
        case ("tsm", let zone?): self = .timestamp(.milliseconds, utc: !zone.isEmpty)
        case ("tsu", let zone?): self = .timestamp(.microseconds, utc: !zone.isEmpty)
        case ("tsn", let zone?): self = .timestamp(.nanoseconds, utc: !zone.isEmpty)
        case ("+l", nil), ("+m", nil): self = .list(large: false)
        case ("+L", nil): self = .list(large: true)
        case ("+s", nil): self = .record
        case ("w", let width?):
            guard let width = Int(width), width >= 0, width <= Int(Int32.max) else { return nil }
            self = .fixedBytes(width)
        case ("+w", let size?):
            guard let size = Int(size), size >= 0, size <= Int(Int32.max) else { return nil }
            self = .fixedList(size)
        case ("d", let digits?):
            let numbers = digits.split(separator: ",").map { Int($0) }
            guard numbers.count == 2 || numbers.count == 3, numbers[0] != nil, let scale = numbers[1] else { return nil }
            let bits = numbers.count == 3 ? numbers[2] : 128
            guard let bits, [32, 64, 128, 256].contains(bits), abs(scale) <= Decimal128.maximumDigits else { return nil }
            self = .decimal(scale: scale, width: bits / 8)
        default: return nil
        }
    }

    /// The type of a column of such values; `element` is that of a list's.
    func type(element: DataType?, isJSON: Bool) -> DataType {
        switch self {
        case .null: .null
        case .bool: .bool
        // An unsigned number may be too great for 64 bits with a sign, and the type of a column is known before its values are.
        case .integer(let width, let signed): width == 8 && !signed ? .decimal(scale: 0) : .int64
        case .float16, .float32, .float64: .float64
        case .bytes(let isText, _), .views(let isText): isText ? isJSON ? .json : .string : .binary
        case .fixedBytes: .binary
        case .decimal(let scale, _): .decimal(scale: max(scale, 0))
        case .days, .dayMilliseconds: .date
        case .timestamp(_, let utc): .timestamp(utc: utc)
        case .duration, .time: .duration
        case .list, .fixedList: .list(element ?? .null)
        case .record: .json
        }
    }

    /// How many buffers an array of the format has; nil where that depends on the array.
    var bufferCount: Int? {
        switch self {
        case .null: 0
        case .bytes: 3
        case .views: nil
        case .fixedList, .record: 1
        default: 2
        }
    }

    /// How many children it has; nil where that depends on the schema.
    var childCount: Int? {
        switch self {
        case .list, .fixedList: 1
        case .record: nil
        default: 0
        }
    }
}

/// The units in which Arrow counts time.
enum ArrowTimeUnit: Hashable {
    case seconds, milliseconds, microseconds, nanoseconds

    /// Microseconds are `value * factor / divisor`.
    var factor: Int64 {
        switch self {
        case .seconds: 1_000_000
        case .milliseconds: 1_000
        case .microseconds, .nanoseconds: 1
        }
    }

    var divisor: Int64 { self == .nanoseconds ? 1_000 : 1 }
}

extension DataType {
    /// The format string of the type: `d:38,2`, `tsu:UTC`.
    var arrowFormat: String {
        switch self {
        case .null: "n"
        case .bool: "b"
        case .int64: "l"
        case .float64: "g"
        case .decimal(let scale): "d:\(Decimal128.maximumDigits),\(scale)"
        case .string, .json: "u"
        case .date: "tdD"
        case .timestamp(let utc): utc ? "tsu:UTC" : "tsu:"
        case .duration: "tDu"
        case .binary: "z"
        case .list: "+l"
        }
    }
}
