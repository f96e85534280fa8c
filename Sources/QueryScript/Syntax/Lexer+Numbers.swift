// Numbers, durations and dates of the lexer.
import QueryFrames

extension Lexer {
    mutating func literal(_ value: Scalar) -> Literal {
        read.literals.append(value)
        return Literal(number: UInt32(truncatingIfNeeded: read.literals.count - 1))
    }

    // NUMBER: 42  1_000_000  0xff  2.5  1e9  250ms  1h30m
    @inline(__always)
    mutating func number() throws(SyntaxError) -> TokenKind {
        let start = at
        var index = at, value: UInt64 = 0
        while index < end, isDigit(bytes[index]) {
            value = value &* 10 &+ UInt64(bytes[index] &- UInt8(ascii: "0"))
            index &+= 1
        }
        at = index
        // So many digits fit; where there is more than digits, the number is read anew.
        guard index &- start <= 18, index &- start == 1 || bytes[start] != UInt8(ascii: "0"), !goesOn(index) else { return try number(start) }
        return integer(value)
    }

    /// Whether digits before `index` are only the beginning of a number.
    @inline(__always)
    private func goesOn(_ index: Int) -> Bool {
        index < end && (mayStand(index, .name) || bytes[index] == UInt8(ascii: ".") && isDigit(byte(1)))
    }

    /// Any number.
    private mutating func number(_ start: Int) throws(SyntaxError) -> TokenKind {
        at = start
        if byte() == UInt8(ascii: "0"), byte(1) | 0x20 == UInt8(ascii: "x") {
            at += 2
            let digits = at
            skipWord()
            guard let value = UInt64(text(digits).filter { $0 != "_" }, radix: 16) else {
                throw fail(.badNumber(text(start)), start, at)
            }
            return integer(value)
        }
        digits()
        var isFloat = false
        if byte() == UInt8(ascii: "."), isDigit(byte(1)) {
            isFloat = true
            at += 1
            digits()
        }
        if byte() | 0x20 == UInt8(ascii: "e") {
            let next = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 2 : 1
            if isDigit(byte(next)) {
                isFloat = true
                at += next
                digits()
            }
        }
        if isWordStart(byte()) { return isFloat ? try badSuffix(start) : try duration(start) }
        if isFloat {
            guard let value = Double(digitsAlone(start)), value.isFinite else { throw fail(.badNumber(text(start)), start, at) }
            return .float(literal(.float(value)))
        }
        return try longInteger(start)
    }

    /// The integer whose digits have been read.
    private mutating func longInteger(_ start: Int) throws(SyntaxError) -> TokenKind {
        var value: UInt64 = 0
        var digitCount = 0
        var overflows = false
        for c in bytes[start..<at] where c != UInt8(ascii: "_") {
            let (product, isTooLong) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLarge) = product.addingReportingOverflow(UInt64(c - UInt8(ascii: "0")))
            value = sum
            overflows = overflows || isTooLong || isTooLarge
            digitCount += 1
        }
        if digitCount > 1, bytes[start] == UInt8(ascii: "0") { throw fail(.leadingZero(text(start)), start, at) }
        if !overflows { return integer(value) }
        guard let value = Decimal128(digitsAlone(start)) else { throw fail(.integerTooLarge(text(start)), start, at) }
        return .scalar(literal(.decimal(value)))
    }

    /// The number that has been read, without the `_` in it.
    private func digitsAlone(_ start: Int) -> String { text(start).filter { $0 != "_" } }

    /// An integer, or a decimal where 64 bits have no room for it; they have for the least one, whose sign is another token.
    @inline(__always)
    private mutating func integer(_ value: UInt64) -> TokenKind {
        // The small ones are many, and one literal each.
        if value < UInt64(smallIntegers.count) {
            let known = smallIntegers[Int(truncatingIfNeeded: value)]
            if known != 0 { return .integer(Literal(number: known &- 1)) }
            let new = literal(.int(Int64(truncatingIfNeeded: value)))
            smallIntegers[Int(truncatingIfNeeded: value)] = new.number &+ 1
            return .integer(new)
        }
        if let value = Int64(exactly: value) { return .integer(literal(.int(value))) }
        let decimal = literal(.decimal(Decimal128(unscaled: Int128(value), scale: 0)))
        return value == Int64.min.magnitude ? .integer(decimal) : .scalar(decimal)
    }

    private mutating func badSuffix(_ start: Int) throws(SyntaxError) -> TokenKind {
        skipWord()
        throw fail(.badNumber(text(start)), start, at)
    }

    private mutating func digits() {
        while at < end, isDigit(bytes[at]) || bytes[at] == UInt8(ascii: "_") { at += 1 }
    }

    func text(_ start: Int) -> String { String(decoding: bytes[start..<at], as: UTF8.self) }

    // DURATION: 250ms  30s  5m  2h  1d  2w, and several in a row, the largest unit first: 1h30m
    private mutating func duration(_ start: Int) throws(SyntaxError) -> TokenKind {
        at = start
        skipWord()
        guard let micros = DurationText.microseconds(text(start)) else { throw fail(.badDuration(text(start)), start, at) }
        return .scalar(literal(.duration(micros)))
    }

    // DATE: @2024-05-01  @2024-05-01T10:00:00  @2024-05-01T10:00:00.25Z  @2024-05-01T10:00:00+02:00
    mutating func date() throws(SyntaxError) -> TokenKind {
        let start = at
        at += 1
        while at < end {
            let c = bytes[at]
            let isPart = isDigit(c) || c == UInt8(ascii: "-") || c == UInt8(ascii: ":") || c == UInt8(ascii: "T") || c == UInt8(ascii: "Z")
                || c == UInt8(ascii: "+") || c == UInt8(ascii: ".") && isDigit(byte(1))
            guard isPart else { break }
            at += 1
        }
        let digits = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start + 1..<at])
        if let days = TextParsing.date(digits) { return .scalar(literal(.date(days))) }
        if let (micros, utc) = TextParsing.timestamp(digits) { return .scalar(literal(.timestamp(micros, utc: utc))) }
        throw fail(.badDate(text(start)), start, at)
    }
}
