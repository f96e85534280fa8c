// How integers and floats are appended to text: in the shortest form that reads back as the same value.

extension TextBuffer {
    /// Appends what `write` puts at the place that it is given, at most `ValueBytes.widest` bytes.
    @inline(__always)
    func appendValue(_ write: (ValueBytes.Place) -> ValueBytes.Place) {
        let start = reserve(ValueBytes.widest)
        advance(by: write(start) - start)
    }

    /// Appends the decimal digits of `value`, with zeros in front up to `width` digits (at most 20).
    public func appendDigits(_ value: UInt64, width: Int = 1) {
        appendValue { start in
            let end = ValueBytes.digits(value, start)
            let missing = width - (end - start)
            guard missing > 0 else { return end }
            (start + missing).update(from: start, count: end - start)
            start.update(repeating: UInt8(ascii: "0"), count: missing)
            return end + missing
        }
    }

    /// Appends an integer: `-42`.
    public func appendInt(_ value: Int64) { appendValue { ValueBytes.int(value, $0) } }

    /// Appends a float in its shortest form that reads back: `5.0`, `0.1`, `1e+300`, `-0.0`, `NaN`, `-Infinity`.
    public func appendFloat(_ value: Double) { appendValue { ValueBytes.float(value, $0) } }
}
