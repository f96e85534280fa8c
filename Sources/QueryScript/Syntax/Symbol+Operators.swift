// Which signs are operators, by how strongly they bind.
import QueryFrames

extension Symbol {
    /// The operator that the sign is, by its strength; nil where it is none of it.
    var comparison: BinaryOperator? {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        default: nil
        }
    }

    var sum: BinaryOperator? {
        switch self {
        case .plus: .add
        case .minus: .subtract
        default: nil
        }
    }

    var product: BinaryOperator? {
        switch self {
        case .star: .multiply
        case .slash: .divide
        case .doubleSlash: .floorDivide
        case .percent: .remainder
        default: nil
        }
    }
}
