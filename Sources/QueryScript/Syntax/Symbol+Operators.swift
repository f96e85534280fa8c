// Which signs are operators, and how strongly they bind.
import QueryFrames

/// How strongly an operator binds what stands beside it, the weakest first.
enum Strength: UInt8, Comparable {
    case or, and, not, comparison, coalesce, range, sum, product

    static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }

    /// The next stronger one; of the strongest, itself.
    var next: Strength { Strength(rawValue: rawValue + 1) ?? self }
}

extension Symbol {
    /// How strongly the sign binds as an operator; nil where it is none.
    var strength: Strength? {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
        case .coalesce: .coalesce
        case .range: .range
        case .plus, .minus: .sum
        case .star, .slash, .doubleSlash, .percent: .product
        default: nil
        }
    }

    /// The operator that the sign is; nil of `..`, which makes a range, and where it is none.
    var operation: BinaryOperator? {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .coalesce: .coalesce
        case .plus: .add
        case .minus: .subtract
        case .star: .multiply
        case .slash: .divide
        case .doubleSlash: .floorDivide
        case .percent: .remainder
        default: nil
        }
    }
}
