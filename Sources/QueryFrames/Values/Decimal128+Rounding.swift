// Decimals with fewer digits: rounding, and the whole numbers around one.

/// Which of the two numbers around a value is taken.
enum DecimalRounding: Sendable {
    /// The nearer, of two that are equally near the one away from zero.
    case nearest
    case down
    case up
}

extension Decimal128 {
    /// The number at `scale`, rounded to `digits` after the point, which may be negative and are no more than `scale`; nil where it
    /// then has too many digits.
    func rounded(_ rounding: DecimalRounding = .nearest, to digits: Int, scale: Int) -> Decimal128? {
        if digits >= self.scale { return rescaled(to: scale) }
        let left = self.scale - digits
        if left > Decimal128.maximumDigits {
            // All digits go, and half of the unit is more than any number has; `down` and `up` leave no negative digits.
            return Decimal128(unscaled: 0, scale: scale)
        }
        let unit = Decimal128.powers[left]
        let (down, rest) = unscaled.magnitude.quotientAndRemainder(dividingBy: unit)
        let isAway = switch rounding {
        case .nearest: rest >= unit - rest
        case .down: rest != 0 && unscaled < 0
        case .up: rest != 0 && unscaled > 0
        }
        let (magnitude, overflow) = (isAway ? down + 1 : down).multipliedReportingOverflow(by: Decimal128.powers[scale - digits])
        return overflow ? nil : Decimal128(magnitude, isNegative: unscaled < 0, scale: scale)
    }

    /// The same number with no zeros at the end of its fraction.
    var shortest: Decimal128 {
        var value = unscaled, scale = scale
        while scale > 0 {
            let (quotient, rest) = value.quotientAndRemainder(dividingBy: 10)
            if rest != 0 { break }
            value = quotient
            scale -= 1
        }
        return Decimal128(unscaled: value, scale: scale)
    }
}
