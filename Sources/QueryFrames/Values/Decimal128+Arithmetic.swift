// Exact arithmetic of decimals. No operation traps: what would have more than 38 digits has no result.

extension Decimal128 {
    /// Digits after the point that a product is not rounded for.
    static let productScale = 28
    /// Digits after the point that a quotient has at least.
    static let quotientScale = 18

    /// The digits after the point of `a op b`, from those of `a` and `b`.
    static func scale(of op: BinaryOperator, _ a: Int, _ b: Int) -> Int {
        switch op {
        case .multiply: a + b <= productScale ? a + b : max(a, b, productScale)
        case .divide: max(a, b, quotientScale)
        case .floorDivide: 0
        default: max(a, b)
        }
    }

    /// `self op other` for `+ - * / // %`, at the scale that `scale(of:)` says; nil where it has too many digits. A divisor is
    /// not zero.
    func result(_ op: BinaryOperator, _ other: Decimal128) -> Decimal128? {
        switch op {
        case .add: sum(other.unscaled, other.scale)
        case .subtract: sum(0 &- other.unscaled, other.scale)
        case .multiply: product(other)
        case .divide: quotient(other)
        case .floorDivide: divided(other)?.floor
        default: remainder(other)
        }
    }

    /// The number with the other sign.
    var negated: Decimal128 { Decimal128(unscaled: 0 &- unscaled, scale: scale) }

    /// The number without its sign.
    var magnitude: Decimal128 { unscaled < 0 ? negated : self }

    /// Nil where it has more than 38 digits.
    @inline(__always)
    init?(fitting unscaled: Int128, scale: Int) {
        guard unscaled.magnitude < Decimal128.limit else { return nil }
        self.init(unscaled: unscaled, scale: scale)
    }

    /// From a magnitude and a sign; nil where it has more than 38 digits.
    @inline(__always)
    init?(_ magnitude: UInt128, isNegative: Bool, scale: Int) {
        guard magnitude < Decimal128.limit else { return nil }
        let value = Int128(truncatingIfNeeded: magnitude)
        self.init(unscaled: isNegative ? 0 &- value : value, scale: scale)
    }

    private func sum(_ other: Int128, _ otherScale: Int) -> Decimal128? {
        let scale = max(scale, otherScale)
        guard let a = rescaled(to: scale), let b = Decimal128(unscaled: other, scale: otherScale).rescaled(to: scale) else { return nil }
        // Two numbers below 10^38 have a sum that 128 bits may not hold.
        let (sum, overflow) = a.unscaled.addingReportingOverflow(b.unscaled)
        return overflow ? nil : Decimal128(fitting: sum, scale: scale)
    }

    private func product(_ other: Decimal128) -> Decimal128? {
        let digits = scale + other.scale
        let wanted = Decimal128.scale(of: .multiply, scale, other.scale)
        let (high, low) = unscaled.magnitude.multipliedFullWidth(by: other.unscaled.magnitude)
        let isNegative = (unscaled < 0) != (other.unscaled < 0)
        if digits == wanted { return high == 0 ? Decimal128(low, isNegative: isNegative, scale: wanted) : nil }
        let unit = Decimal128.powers[digits - wanted]
        guard high < unit else { return nil }
        let (down, rest) = unit.dividingFullWidth((high, low))
        return Decimal128(rest >= unit - rest ? down + 1 : down, isNegative: isNegative, scale: wanted)
    }

    private func quotient(_ other: Decimal128) -> Decimal128? {
        let wanted = Decimal128.scale(of: .divide, scale, other.scale)
        let divisor = other.unscaled.magnitude
        var (quotient, rest) = unscaled.magnitude.quotientAndRemainder(dividingBy: divisor)
        // Digits are brought down as many at a time as there are powers of ten.
        var missing = wanted - scale + other.scale
        while missing > 0 {
            let count = min(missing, Decimal128.maximumDigits)
            let unit = Decimal128.powers[count]
            let (shifted, overflow) = quotient.multipliedReportingOverflow(by: unit)
            guard !overflow, shifted < Decimal128.limit else { return nil }
            let (digits, next) = divisor.dividingFullWidth(rest.multipliedFullWidth(by: unit))
            quotient = shifted + digits
            rest = next
            missing -= count
        }
        if rest >= divisor - rest { quotient += 1 }
        return Decimal128(quotient, isNegative: (unscaled < 0) != (other.unscaled < 0), scale: wanted)
    }

    /// The quotient without its fraction, and what is left, at the greater scale; nil where the quotient has too many digits.
    private func divided(_ other: Decimal128) -> Division? {
        let (dividend, divisor) = aligned(other)
        let isNegative = (unscaled < 0) != (other.unscaled < 0)
        guard divisor.high == 0 else { return Division(quotient: 0, hasRest: unscaled != 0, isNegative: isNegative) }
        guard dividend.high < divisor.low else { return nil }
        let (quotient, rest) = divisor.low.dividingFullWidth(dividend)
        return Division(quotient: quotient, hasRest: rest != 0, isNegative: isNegative)
    }

    private struct Division {
        let quotient: UInt128
        let hasRest: Bool
        let isNegative: Bool

        var floor: Decimal128? {
            guard quotient < Decimal128.limit else { return nil }
            return Decimal128(isNegative && hasRest ? quotient + 1 : quotient, isNegative: isNegative, scale: 0)
        }
    }

    /// What `//` leaves, with the sign of `other`.
    private func remainder(_ other: Decimal128) -> Decimal128? {
        let (dividend, divisor) = aligned(other)
        let wanted = max(scale, other.scale)
        let signs = (unscaled < 0) != (other.unscaled < 0)
        // A divisor of more than 128 bits is greater than any dividend.
        guard divisor.high == 0 else {
            return unscaled == 0 || !signs ? rescaled(to: wanted) : nil
        }
        let rest = divisor.low.dividingFullWidth((dividend.high % divisor.low, dividend.low)).remainder
        return Decimal128(rest != 0 && signs ? divisor.low - rest : rest, isNegative: other.unscaled < 0, scale: wanted)
    }

    typealias Wide = (high: UInt128, low: UInt128)

    /// The magnitudes of both numbers in units of the greater scale.
    private func aligned(_ other: Decimal128) -> (Wide, Wide) {
        let wanted = max(scale, other.scale)
        return (
            unscaled.magnitude.multipliedFullWidth(by: Decimal128.powers[wanted - scale]),
            other.unscaled.magnitude.multipliedFullWidth(by: Decimal128.powers[wanted - other.scale])
        )
    }

    /// -1, 0 or 1, as the number is less than, equal to or greater than `other`.
    public func order(_ other: Decimal128) -> Int {
        if scale == other.scale { return Numbers.order(unscaled, other.unscaled) }
        if unscaled.signum() != other.unscaled.signum() { return unscaled < other.unscaled ? -1 : 1 }
        let (a, b) = aligned(other)
        let order = a.high != b.high ? Numbers.order(a.high, b.high) : Numbers.order(a.low, b.low)
        return unscaled < 0 ? -order : order
    }
}
