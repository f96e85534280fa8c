// Decimals against numbers of any length that are computed as on paper, and at their edges.
import Testing

@testable import QueryFrames

@Suite("decimals")
struct DecimalTests {
    static func random(_ generator: inout SeededNumbers) -> Decimal128 {
        let digits = Int.random(in: 0...38, using: &generator)
        let limit = Decimal128.powers[digits]
        let magnitude: UInt128 = switch Int.random(in: 0..<5, using: &generator) {
        case 0: limit - 1
        case 1: limit / 2
        default: UInt128.random(in: 0..<limit, using: &generator)
        }
        let isNegative = Bool.random(using: &generator)
        let scale = Int.random(in: 0...(Bool.random(using: &generator) ? 38 : 4), using: &generator)
        return Decimal128(unscaled: isNegative ? -Int128(magnitude) : Int128(magnitude), scale: scale)
    }

    /// A number with a sign, of so many digits after its point, as a decimal.
    private static func decimal(_ magnitude: BigDigits, _ isNegative: Bool, _ scale: Int) -> Decimal128? {
        magnitude.value.map { Decimal128(unscaled: isNegative ? -Int128($0) : Int128($0), scale: scale) }
    }

    private static func sum(_ a: BigDigits, _ isNegative: Bool, _ b: BigDigits, _ otherIsNegative: Bool) -> (BigDigits, Bool) {
        if isNegative == otherIsNegative { return (a + b, isNegative) }
        return a < b ? (b - a, otherIsNegative) : (a - b, isNegative)
    }

    private static func expected(_ op: BinaryOperator, _ a: Decimal128, _ b: Decimal128) -> Decimal128? {
        let x = BigDigits(a.unscaled.magnitude), y = BigDigits(b.unscaled.magnitude)
        let top = max(a.scale, b.scale)
        let wideX = x.shifted(top - a.scale), wideY = y.shifted(top - b.scale)
        let signs = (a.unscaled < 0) != (b.unscaled < 0)
        switch op {
        case .add, .subtract:
            // Both have to be decimals of the greater scale.
            guard wideX.value != nil, wideY.value != nil else { return nil }
            let (magnitude, isNegative) = sum(wideX, a.unscaled < 0, wideY, (b.unscaled < 0) != (op == .subtract))
            return decimal(magnitude, isNegative, top)
        case .multiply:
            let digits = a.scale + b.scale, scale = digits <= 28 ? digits : max(a.scale, b.scale, 28)
            return decimal((x * y).rounded(by: BigDigits(1).shifted(digits - scale)), signs, scale)
        case .divide:
            let scale = max(18, a.scale, b.scale)
            return decimal(x.shifted(scale - a.scale + b.scale).rounded(by: y), signs, scale)
        default:
            var (quotient, rest) = wideX.divided(by: wideY)
            if signs && !rest.isZero {
                quotient = quotient + BigDigits(1)
                rest = wideY - rest
            }
            return op == .floorDivide ? decimal(quotient, signs, 0) : decimal(rest, b.unscaled < 0, top)
        }
    }

    @Test("every operator gives what the same gives on paper, or nothing where that has more than 38 digits", arguments: [UInt64](1...20))
    func arithmetic(seed: UInt64) {
        var generator = SeededNumbers(seed: seed)
        var fitted = 0
        for _ in 0..<40 {
            let a = DecimalTests.random(&generator), b = DecimalTests.random(&generator)
            for op in [BinaryOperator.add, .subtract, .multiply, .divide, .floorDivide, .remainder] {
                if b.unscaled == 0, op != .add, op != .subtract, op != .multiply { continue }
                let result = a.result(op, b), expected = DecimalTests.expected(op, a, b)
                if result != nil { fitted += 1 }
                #expect(result == expected, "seed \(seed): \(Scalar.decimal(a).text) \(op.rawValue) \(Scalar.decimal(b).text)")
            }
        }
        #expect(fitted > 40, "seed \(seed)")
    }

    @Test("decimals and floats have the order of their exact values", arguments: [UInt64](1...20))
    func order(seed: UInt64) throws {
        var generator = SeededNumbers(seed: seed)
        for _ in 0..<40 {
            let a = DecimalTests.random(&generator), b = DecimalTests.random(&generator)
            let top = max(a.scale, b.scale)
            let x = BigDigits(a.unscaled.magnitude).shifted(top - a.scale), y = BigDigits(b.unscaled.magnitude).shifted(top - b.scale)
            let (difference, isNegative) = DecimalTests.sum(x, a.unscaled < 0, y, !(b.unscaled < 0))
            #expect(a.order(b) == (difference.isZero ? 0 : isNegative ? -1 : 1), "seed \(seed): \(a) \(b)")

            // A float near to it, or far from it: the difference of both, times powers of two and ten that make them whole.
            let float = Bool.random(using: &generator) ? a.float : a.float * Double.random(in: -2...2, using: &generator)
            let isExact = a.order(float) == 0
            var up = BigDigits(a.unscaled.magnitude), other = BigDigits(UInt128(float.magnitude == 0 ? 0 : float.magnitude.significand * 0x1p52))
            let exponent = float.magnitude == 0 ? 0 : Int(float.exponent) - 52
            for _ in 0..<a.scale { other = other.shifted(1) }
            for _ in 0..<exponent.magnitude { if exponent < 0 { up = up + up } else { other = other + other } }
            let (rest, isBelow) = DecimalTests.sum(up, a.unscaled < 0, other, !(float < 0))
            #expect(a.order(float) == (rest.isZero ? 0 : isBelow ? -1 : 1), "seed \(seed): \(Scalar.decimal(a).text) and \(float)")
            #expect((Decimal128(exactly: float, scale: a.scale).map { $0 == a } ?? false) == (isExact && (a.unscaled != 0 || float == 0)))
        }
    }

    @Test("text reads back, and the float of a decimal is the one that its text says", arguments: [UInt64](1...20))
    func text(seed: UInt64) throws {
        var generator = SeededNumbers(seed: seed)
        for _ in 0..<50 {
            let value = DecimalTests.random(&generator), text = Scalar.decimal(value).text
            #expect(Decimal128(text) == value)
            #expect(value.float == Double(text))
            #expect(value.shortest.order(value) == 0)
        }
    }

    @Test("numbers are read with the digits that they are written with", arguments: [
        ("12.50", 1_250 as Int128, 2), ("-1e3", -1_000, 0), ("1.5e-2", 15, 3), ("0", 0, 0), ("-0.00", 0, 2), (".5", 5, 1), ("5.", 5, 0), ("+7", 7, 0),
        ("99999999999999999999999999999999999999", 99_999_999_999_999_999_999_999_999_999_999_999_999, 0), ("1e37", Int128(Decimal128.powers[37]), 0),
        ("1E-38", 1, 38), ("10e-39", 1, 38), ("0e99", 0, 0), ("0e-99", 0, 38),
    ])
    func reads(text: String, unscaled: Int128, scale: Int) {
        #expect(Decimal128(text) == Decimal128(unscaled: unscaled, scale: scale))
    }

    @Test("what is no number, or one of more than 38 digits, is none", arguments: [
        "", "-", ".", "1,5", "1 ", "0x10", "1e", "e5", "1e5.0", "NaN", "100000000000000000000000000000000000000", "1e38", "1e-39", "1e999999999999999999999",
        "0.000000000000000000000000000000000000001",
    ])
    func refuses(text: String) { #expect(Decimal128(text) == nil) }

    @Test("halves are rounded away from zero, and digits before the point can go too", arguments: [
        ("12.345", 2, "12.35"), ("-12.345", 2, "-12.35"), ("12.344", 2, "12.34"), ("0.5", 0, "1"), ("-0.5", 0, "-1"), ("0.49", 0, "0"), ("1250", -2, "1300"),
        ("49", -2, "0"), ("50", -2, "100"), ("99.5", -40, "0"),
    ])
    func rounds(text: String, digits: Int, expected: String) throws {
        let value = try #require(Decimal128(text))
        #expect(value.rounded(to: digits, scale: max(digits, 0)).map { Scalar.decimal($0).text } == expected)
    }
}
