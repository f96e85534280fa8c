// Ticks of numbers: multiples of 1, 2 or 5 times a power of ten, and their labels.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Round numbers between two numbers: 0, 200, 400 for 0...450.
struct NumberTicks {
    /// The distance between two ticks.
    let step: Double
    let ticks: [ChartTick]

    /// About `count` ticks (at least 2) in `lower...upper`, which are finite and differ; they lie at least `leastStep` apart.
    init(_ lower: Double, _ upper: Double, _ count: Int, leastStep: Double = 0) {
        let rough = max((upper / 2 - lower / 2) * (2 / Double(max(count, 2))), leastStep)
        var exponent = Int(log10(rough).rounded(.down))
        // The first of 1, 2, 5, 10 that gives no more ticks than wanted; rounding in log10 may be one power off.
        var mantissa = 1
        for candidate in [1, 2, 5, 10] {
            mantissa = candidate
            if Double(candidate) * pow(10, Double(exponent)) >= rough * 0.999_999 { break }
        }
        if mantissa == 10 { (mantissa, exponent) = (1, exponent + 1) }
        let step = NumberTicks.value(Double(mantissa), exponent)
        self.step = step
        let first = (lower / step - 1e-9).rounded(.up), last = (upper / step + 1e-9).rounded(.down)
        guard first <= last, last - first <= 1000 else {
            ticks = []
            return
        }
        let values = (0...Int(last - first)).map { NumberTicks.value((first + Double($0)) * Double(mantissa), exponent) }
        let unit = NumberUnit(largest: values.reduce(0) { max($0, abs($1)) }, step: step)
        ticks = values.map { ChartTick(value: $0, label: unit.label($0, digits: -exponent)) }
    }

    /// `count` times ten to the power of `exponent`, the nearest double: 3 and -1 give 0.3.
    private static func value(_ count: Double, _ exponent: Int) -> Double {
        if exponent >= 0 { return count * pow(10, Double(exponent)) }
        // Beyond this the power itself is no double.
        return exponent >= -300 ? count / pow(10, Double(-exponent)) : count * pow(10, Double(exponent))
    }
}
