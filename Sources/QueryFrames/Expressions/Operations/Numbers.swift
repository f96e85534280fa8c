// What arithmetic and order mean for numbers, said once for columns and for single values.

enum Numbers {
    /// `a // b`, rounded down; nil where it does not fit. `b` is not zero.
    @inline(__always)
    static func floorDivide(_ a: Int64, _ b: Int64) -> Int64? {
        let (quotient, overflow) = a.dividedReportingOverflow(by: b)
        if overflow { return nil }
        return (a ^ b) < 0 && quotient &* b != a ? quotient &- 1 : quotient
    }

    /// What `a // b` leaves, with the sign of `b`, which is not zero.
    @inline(__always)
    static func remainder(_ a: Int64, _ b: Int64) -> Int64 {
        if b == -1 { return 0 }
        let rest = a % b
        return rest != 0 && (rest ^ b) < 0 ? rest &+ b : rest
    }

    /// What `a // b` leaves, with the sign of `b`, which is not zero.
    @inline(__always)
    static func remainder(_ a: Double, _ b: Double) -> Double {
        let rest = a.truncatingRemainder(dividingBy: b)
        if rest == 0 { return b.sign == .minus ? -0.0 : 0.0 }
        return (rest < 0) != (b < 0) ? rest + b : rest
    }

    /// `a // b`, rounded down, such that `(a // b) * b + a % b` is as near to `a` as floats allow. `b` is not zero.
    @inline(__always)
    static func floorDivide(_ a: Double, _ b: Double) -> Double {
        if !a.isFinite || !b.isFinite { return (a / b).rounded(.down) }
        let quotient = (a - remainder(a, b)) / b
        let down = quotient.rounded(.down)
        return quotient - down > 0.5 ? down + 1 : down
    }

    /// The order of all floats, in which -0.0 is 0.0, and NaN is itself and greater than any other.
    @inline(__always)
    static func isLess(_ a: Double, _ b: Double) -> Bool { a < b || (b != b && a == a) }

    /// -1, 0 or 1, as `a` is less than, equal to or greater than `b`, in the order of all floats.
    @inline(__always)
    static func order(_ a: Double, _ b: Double) -> Int { isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0 }

    /// -1, 0 or 1 by the exact values: 2^53 + 1 is greater than the float 2^53.
    @inline(__always)
    static func order(_ a: Int64, _ b: Double) -> Int {
        if !(b < 0x1p63) { return -1 }
        if b < -0x1p63 { return 1 }
        let whole = b.rounded(.towardZero)
        let other = Int64(whole)
        if a != other { return a < other ? -1 : 1 }
        return b > whole ? -1 : b < whole ? 1 : 0
    }

    /// -1, 0 or 1.
    @inline(__always)
    static func order<T: FixedWidthInteger>(_ a: T, _ b: T) -> Int { a < b ? -1 : a > b ? 1 : 0 }
}

/// The orders of two values for which a comparison holds.
struct Orders: OptionSet, Sendable {
    let rawValue: UInt8
    static let less = Orders(rawValue: 1)
    static let equal = Orders(rawValue: 2)
    static let greater = Orders(rawValue: 4)

    /// Whether values in this order (negative, zero, positive) are among them.
    @inline(__always)
    func contains(order: Int) -> Bool { rawValue & (order < 0 ? 1 : order == 0 ? 2 : 4) != 0 }
}

extension BinaryOperator {
    /// The orders for which a comparison holds; none for other operators.
    var orders: Orders {
        switch self {
        case .equal: .equal
        case .notEqual: [.less, .greater]
        case .less: .less
        case .lessOrEqual: [.less, .equal]
        case .greater: .greater
        case .greaterOrEqual: [.greater, .equal]
        default: []
        }
    }

    /// Whether the operator compares two values by their order.
    var isComparison: Bool { orders != [] }

    /// The comparison that holds for `b` and `a` where this one holds for `a` and `b`.
    var swapped: BinaryOperator {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        default: self
        }
    }
}
