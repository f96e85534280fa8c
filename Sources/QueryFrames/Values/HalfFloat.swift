// Floats of 16 bits, which no column holds: they become the floats that they are.

public enum HalfFloat {
    /// The number whose bits these are.
    public static func double(_ bits: UInt16) -> Double {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 0x1f), fraction = Double(bits & 0x3ff)
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 0x1f: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * (1_024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
        }
    }
}
