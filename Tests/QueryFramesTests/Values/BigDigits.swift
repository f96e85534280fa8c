// Whole numbers of any length as lists of digits, computed as on paper: what decimals are compared with.

/// A number that is not negative; the least digit comes first, and the last is not zero.
struct BigDigits: Equatable {
    private(set) var digits: [UInt8]

    init(_ digits: [UInt8]) {
        self.digits = digits
        while self.digits.last == 0 { self.digits.removeLast() }
    }

    init(_ value: UInt128) { self.init(String(value).utf8.reversed().map { $0 - 0x30 }) }

    var isZero: Bool { digits.isEmpty }

    /// The number; nil where it has more than 38 digits.
    var value: UInt128? { digits.count > 38 ? nil : digits.reversed().reduce(0) { $0 * 10 + UInt128($1) } }

    /// With so many zeros at the end.
    func shifted(_ count: Int) -> BigDigits { BigDigits(Array(repeating: 0, count: count) + digits) }

    static func < (a: BigDigits, b: BigDigits) -> Bool {
        a.digits.count != b.digits.count ? a.digits.count < b.digits.count : a.digits.reversed().lexicographicallyPrecedes(b.digits.reversed())
    }

    static func + (a: BigDigits, b: BigDigits) -> BigDigits {
        var sum: [UInt8] = [], carry: UInt8 = 0
        for index in 0...max(a.digits.count, b.digits.count) {
            let digit = (index < a.digits.count ? a.digits[index] : 0) + (index < b.digits.count ? b.digits[index] : 0) + carry
            sum.append(digit % 10)
            carry = digit / 10
        }
        return BigDigits(sum)
    }

    /// `a` is not less than `b`.
    static func - (a: BigDigits, b: BigDigits) -> BigDigits {
        var rest: [UInt8] = [], borrow: UInt8 = 0
        for index in a.digits.indices {
            let taken = (index < b.digits.count ? b.digits[index] : 0) + borrow
            borrow = a.digits[index] < taken ? 1 : 0
            rest.append(a.digits[index] + borrow * 10 - taken)
        }
        return BigDigits(rest)
    }

    static func * (a: BigDigits, b: BigDigits) -> BigDigits {
        var sums = Array(repeating: 0, count: a.digits.count + b.digits.count + 1)
        for (i, x) in a.digits.enumerated() { for (j, y) in b.digits.enumerated() { sums[i + j] += Int(x) * Int(y) } }
        for index in 0..<(sums.count - 1) {
            sums[index + 1] += sums[index] / 10
            sums[index] %= 10
        }
        return BigDigits(sums.map { UInt8($0) })
    }

    /// The quotient and the remainder; `divisor` is not zero.
    func divided(by divisor: BigDigits) -> (quotient: BigDigits, rest: BigDigits) {
        var quotient: [UInt8] = [], rest = BigDigits([])
        for digit in digits.reversed() {
            rest = BigDigits([digit] + rest.digits)
            var times: UInt8 = 0
            while !(rest < divisor) {
                rest = rest - divisor
                times += 1
            }
            quotient.append(times)
        }
        return (BigDigits(quotient.reversed()), rest)
    }

    /// The quotient, rounded half away from zero.
    func rounded(by divisor: BigDigits) -> BigDigits {
        let (quotient, rest) = divided(by: divisor)
        return rest + rest < divisor ? quotient : quotient + BigDigits(1)
    }
}
