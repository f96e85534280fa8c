// How integers and floats are written: in the shortest form that reads back as the same value.

extension TextBuffer {
    /// Two decimal digits for each of 0 to 99.
    @inline(__always)
    private static var pairs: UnsafePointer<UInt8> {
        let text: StaticString = """
            0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
            5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
            """
        return text.utf8Start
    }

    /// How many decimal digits `value` has.
    @inline(__always)
    private static func digitCount(_ value: UInt64) -> Int {
        var count = 1
        var rest = value
        while rest >= 10_000 {
            rest /= 10_000
            count &+= 4
        }
        return rest >= 100 ? (rest >= 1_000 ? count &+ 3 : count &+ 2) : (rest >= 10 ? count &+ 1 : count)
    }

    /// Appends the decimal digits of `value`, with zeros in front up to `width` digits (at most 20).
    public func appendDigits(_ value: UInt64, width: Int = 1) {
        let count = max(TextBuffer.digitCount(value), width)
        let start = reserve(count)
        let pairs = TextBuffer.pairs
        var rest = value
        var at = count
        while at >= 2 {
            let pair = Int(truncatingIfNeeded: rest % 100) &* 2
            rest /= 100
            at &-= 2
            start[at] = pairs[pair]
            start[at &+ 1] = pairs[pair &+ 1]
        }
        if at == 1 { start[0] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10) }
        advance(by: count)
    }

    /// Appends an integer: `-42`.
    public func appendInt(_ value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        appendDigits(value.magnitude)
    }

    /// Appends a float in its shortest form that reads back: `5.0`, `0.1`, `1e+300`, `-0.0`, `NaN`, `-Infinity`.
    public func appendFloat(_ value: Double) {
        let magnitude = value.magnitude
        if magnitude < 1e15 && magnitude.rounded(.towardZero) == magnitude {
            if value.sign == .minus { append(UInt8(ascii: "-")) }
            appendDigits(UInt64(magnitude))
            return append(".0")
        }
        if magnitude >= 1e-3 && magnitude < 1e9 {
            // A decimal of at most 15 digits that rounds to the value is the only one, hence the shortest.
            let scaled = (magnitude * 1e6).rounded()
            if scaled / 1e6 == magnitude {
                if value.sign == .minus { append(UInt8(ascii: "-")) }
                return appendMillionths(UInt64(scaled))
            }
        }
        guard value.isFinite else {
            return value.isNaN ? append("NaN") : value < 0 ? append("-Infinity") : append("Infinity")
        }
        var sink = FloatSink(buffer: self)
        value.write(to: &sink)
    }

    private func appendMillionths(_ value: UInt64) {
        let (whole, millionths) = value.quotientAndRemainder(dividingBy: 1_000_000)
        appendDigits(whole)
        append(UInt8(ascii: "."))
        appendDigits(millionths, width: 6)
        while pointer[count - 1] == UInt8(ascii: "0") { advance(by: -1) }
    }
}

/// Takes what the standard library's float printing writes, without a String in between.
private struct FloatSink: TextOutputStream {
    let buffer: TextBuffer

    mutating func write(_ string: String) { buffer.append(string) }

    // swift-format-ignore: NoLeadingUnderscores
    mutating func _writeASCII(_ ascii: UnsafeBufferPointer<UInt8>) { buffer.append(UnsafeRawBufferPointer(ascii)) }
}
