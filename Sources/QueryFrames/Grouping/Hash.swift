// Hashes of the tables by which `in` finds elements, `summarize` finds groups and `join` finds rows.

enum Hash {
    private static let first: UInt64 = 0x9e37_79b9_7f4a_7c15
    private static let second: UInt64 = 0xd6e8_feb8_6659_fd93

    /// A hash of 64 bits, good in its high and in its low bits.
    @inline(__always)
    static func of(_ value: UInt64) -> UInt64 {
        let product = (value ^ first).multipliedFullWidth(by: second)
        return product.high ^ product.low
    }

    /// A hash of a string whose first bytes are `prefix`. Past these, the last eight bytes are read at once, though some of
    /// them were read before.
    @inline(__always)
    static func of(_ text: Text, prefix: UInt64) -> UInt64 {
        let hash = of(prefix ^ (UInt64(truncatingIfNeeded: text.count) &* first))
        return text.count <= 8 ? hash : rest(text, hash)
    }

    @inline(__always)
    private static func rest(_ text: Text, _ start: UInt64) -> UInt64 {
        var hash = start
        var at = 8
        while at &+ 8 < text.count {
            hash = of(hash ^ text.word(at))
            at &+= 8
        }
        return of(hash ^ text.word(text.count &- 8))
    }
}

extension Text {
    /// The eight bytes from `offset` on, all of which the string has.
    @inline(__always)
    func word(_ offset: Int) -> UInt64 { UnsafeRawPointer(start).loadUnaligned(fromByteOffset: offset, as: UInt64.self) }

    /// The first eight bytes, or all there are and zeros. No byte past the string is read.
    @inline(__always)
    var prefix: UInt64 {
        if count >= 8 { return word(0) }
        if count >= 4 {
            let raw = UnsafeRawPointer(start)
            let low = UInt64(raw.loadUnaligned(as: UInt32.self))
            let high = UInt64(raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
            return low | high &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
        }
        if count == 0 { return 0 }
        let middle = count &>> 1, last = count &- 1
        return UInt64(start[0]) | UInt64(start[middle]) &<< UInt64(truncatingIfNeeded: middle &* 8)
            | UInt64(start[last]) &<< UInt64(truncatingIfNeeded: last &* 8)
    }

    /// Whether two strings of the same length, more than eight bytes, agree from the ninth byte on.
    @inline(__always)
    func hasSameRest(_ other: Text) -> Bool {
        var at = 8
        while at &+ 8 < count {
            if word(at) != other.word(at) { return false }
            at &+= 8
        }
        return word(count &- 8) == other.word(count &- 8)
    }
}
