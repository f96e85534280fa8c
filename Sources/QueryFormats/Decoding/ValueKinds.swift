// What values a column of JSON has had so far, as a set: the set alone decides the column's type, so the order of the values cannot.
import QueryFrames

/// Kinds of values that were seen.
struct ValueKinds: OptionSet, Hashable {
    let rawValue: UInt16

    static let bool = ValueKinds(rawValue: 1 << 0)
    /// An integer of 64 bits.
    static let int = ValueKinds(rawValue: 1 << 1)
    /// One of these was no float exactly, and a float stood in the column too.
    static let inexactInt = ValueKinds(rawValue: 1 << 2)
    /// An integer of up to 38 digits, beyond 64 bits.
    static let decimal = ValueKinds(rawValue: 1 << 3)
    /// An integer of more digits.
    static let tooLong = ValueKinds(rawValue: 1 << 4)
    /// A number with a point or an exponent, and -0, which no integer is.
    static let float = ValueKinds(rawValue: 1 << 5)
    /// A number larger than any float.
    static let overflow = ValueKinds(rawValue: 1 << 6)
    static let date = ValueKinds(rawValue: 1 << 7)
    /// A timestamp with `Z` or an offset.
    static let instant = ValueKinds(rawValue: 1 << 8)
    /// A timestamp without.
    static let wallClock = ValueKinds(rawValue: 1 << 9)
    /// Any other string.
    static let text = ValueKinds(rawValue: 1 << 10)
    /// A list or record.
    static let nested = ValueKinds(rawValue: 1 << 11)

    static let numbers: ValueKinds = [.int, .inexactInt, .decimal, .tooLong, .float, .overflow]
    static let strings: ValueKinds = [.date, .instant, .wallClock, .text]

    /// Whether all values are numbers, of which no one type holds all exactly.
    var isOddNumbers: Bool {
        guard !isEmpty, isSubset(of: .numbers) else { return false }
        return !isDisjoint(with: [.tooLong, .overflow]) || (contains(.float) && !isDisjoint(with: [.inexactInt, .decimal]))
    }

    /// Whether there are values of several sorts, such as numbers and strings.
    var isMixed: Bool {
        let sorts = [!isDisjoint(with: .numbers), !isDisjoint(with: .strings), contains(.bool), contains(.nested)]
        return sorts.filter { $0 }.count > 1
    }

    /// The narrowest shape that has room for all of them. Numbers that go together in no type are JSON here, and text in the frame.
    var shape: Shape {
        if isEmpty { return .empty }
        if isMixed || isOddNumbers || contains(.nested) { return .json }
        if contains(.bool) { return .bool }
        if contains(.float) { return .float }
        if contains(.decimal) { return .decimal }
        if contains(.int) { return .int }
        switch self {
        case .date: return .date
        case .instant: return .instant
        case .wallClock: return .wallClock
        default: return .text
        }
    }

    /// The type of the column.
    var type: DataType { isOddNumbers ? .string : shape.type }
}

extension Shape {
    /// The narrowest shape in which values of this one and of `other` keep all that was written. Whether ints are floats exactly, the
    /// caller has to see to.
    func joinedKeepingAll(_ other: Shape) -> Shape {
        if self == other || other == .empty { return self }
        if self == .empty { return other }
        if isString && other.isString { return .text }
        if (self == .int && other == .float) || (self == .float && other == .int) { return .float }
        if (self == .int && other == .decimal) || (self == .decimal && other == .int) { return .decimal }
        return .json
    }

    /// Whether the values are bytes of any number.
    var hasBytes: Bool { self == .text || self == .json }
}
