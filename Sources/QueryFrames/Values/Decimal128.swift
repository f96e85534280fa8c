// An exact decimal number: 128 bits that count units of a power of ten, as Arrow's decimal128 columns hold them.

/// A number of up to 38 digits, `scale` of them after the point: `unscaled / 10^scale`.
///
/// Two decimals are the same only where their scales are; whether they are equal numbers, `order` tells.
public struct Decimal128: Hashable, Sendable {
    /// The number without its point.
    public let unscaled: Int128
    /// Digits after the point, 0 to 38.
    public let scale: Int

    /// Digits that a decimal can have.
    public static let maximumDigits = 38

    /// `unscaled / 10^scale`; the caller has seen to it that there are no more than 38 digits.
    public init(unscaled: Int128, scale: Int) {
        assert((0...Decimal128.maximumDigits).contains(scale) && unscaled.magnitude < Decimal128.limit)
        self.unscaled = unscaled
        self.scale = scale
    }

    /// What a row of a column of `scale` holds, which for a null may be any bits.
    @inline(__always)
    init(cell unscaled: Int128, scale: Int) {
        self.unscaled = unscaled
        self.scale = scale
    }

    /// An int.
    public init(_ value: Int64) { self.init(unscaled: Int128(value), scale: 0) }

    /// 10^38: the least magnitude that has too many digits.
    static let limit: UInt128 = powers[maximumDigits]

    /// The powers of ten from 10^0 to 10^38.
    static let powers: [UInt128] = {
        var powers: [UInt128] = [1]
        for _ in 0..<maximumDigits { powers.append(powers[powers.count - 1] * 10) }
        return powers
    }()

    /// The same number with `scale` digits after the point; nil where digits would be lost, or be more than 38.
    public func rescaled(to scale: Int) -> Decimal128? {
        if scale == self.scale { return self }
        if scale < self.scale {
            let (quotient, rest) = unscaled.quotientAndRemainder(dividingBy: Int128(Decimal128.powers[self.scale - scale]))
            return rest == 0 ? Decimal128(unscaled: quotient, scale: scale) : nil
        }
        let (product, overflow) = unscaled.multipliedReportingOverflow(by: Int128(Decimal128.powers[scale - self.scale]))
        return overflow || product.magnitude >= Decimal128.limit ? nil : Decimal128(unscaled: product, scale: scale)
    }
}

extension TextBuffer {
    /// Appends a decimal with all digits of its scale: `12.50`.
    public func appendDecimal(_ unscaled: Int128, scale: Int) {
        if unscaled < 0 { append(UInt8(ascii: "-")) }
        let digits = String(unscaled.magnitude)
        let whole = digits.utf8.count - scale
        if whole > 0 {
            append(String(digits.prefix(whole)))
        } else {
            append(UInt8(ascii: "0"))
        }
        if scale == 0 { return }
        append(UInt8(ascii: "."))
        for _ in 0..<max(0, -whole) { append(UInt8(ascii: "0")) }
        append(String(digits.suffix(min(scale, digits.utf8.count))))
    }
}
