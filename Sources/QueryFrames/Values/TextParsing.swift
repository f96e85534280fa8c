// How text becomes values: what readers of files, casts and literals take as an int, a float, a bool, a date, a time.

/// Reads single values from UTF-8 bytes; the whole of the bytes has to be the value, without blanks around it.
public enum TextParsing {
    /// `true` or `false`.
    public static func bool(_ text: UnsafeRawBufferPointer) -> Bool? {
        switch text.count {
        case 4: text.elementsEqual("true".utf8) ? true : nil
        case 5: text.elementsEqual("false".utf8) ? false : nil
        default: nil
        }
    }

    /// Decimal digits with an optional sign; nil where they are no integer of 64 bits.
    public static func int(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard let first = text.first, let start = text.baseAddress else { return nil }
        let negative = first == UInt8(ascii: "-")
        let signed = negative || first == UInt8(ascii: "+")
        return integer(start + (signed ? 1 : 0), text.count - (signed ? 1 : 0), negative: negative)
    }

    /// `count` decimal digits as an integer.
    @inline(__always)
    static func integer(_ start: UnsafeRawPointer, _ count: Int, negative: Bool) -> Int64? {
        guard count > 0 else { return nil }
        let digits = start.assumingMemoryBound(to: UInt8.self)
        var value: UInt64 = 0
        var index = 0
        let safe = min(count, 19)
        while index < safe {
            let digit = digits[index] &- 0x30
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ UInt64(digit)
            index &+= 1
        }
        while index < count {
            let digit = digits[index] &- 0x30
            guard digit <= 9 else { return nil }
            let (times, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = times.addingReportingOverflow(UInt64(digit))
            guard !over, !carry else { return nil }
            value = sum
            index &+= 1
        }
        if negative { return value <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- value) : nil }
        return Int64(exactly: value)
    }
}
