// The shortening that the labels of one axis have in common: 1.5M beside 20M.

/// How the numbers of one axis are shortened, all in the same way.
struct NumberUnit {
    private let divisor: Double
    private let suffix: String
    private let isScientific: Bool

    /// The unit for numbers up to `largest` that lie `step` apart.
    init(largest: Double, step: Double) {
        isScientific = largest >= 1e15 || step < 1e-6
        let units: [(Double, String)] = [(1e12, "tn"), (1e9, "bn"), (1e6, "M")]
        // Labels keep apart what the unit would make alike.
        let unit = isScientific ? nil : units.first { largest >= $0.0 && step >= $0.0 / 1000 }
        divisor = unit?.0 ?? 1
        suffix = unit?.1 ?? ""
    }

    /// A value with `digits` digits after the point where it stands without a unit.
    func label(_ value: Double, digits: Int) -> String {
        if value == 0 { return "0" }
        if isScientific { return ChartNumberText.scientific(value, digits: 12) }
        var digits = digits, power = divisor
        while power > 1 {
            digits += 1
            power /= 10
        }
        return ChartNumberText.fixed(value / divisor, digits: min(max(digits, 0), 12)) + suffix
    }
}
