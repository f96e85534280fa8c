// Hashes of the tables by which `in` finds elements and `take ... by` finds groups.

enum Hash {
    private static let first: UInt64 = 0x9e37_79b9_7f4a_7c15
    private static let second: UInt64 = 0xd6e8_feb8_6659_fd93

    /// A hash of 64 bits, good in its high and in its low bits.
    @inline(__always)
    static func of(_ value: UInt64) -> UInt64 {
        let product = (value ^ first).multipliedFullWidth(by: second)
        return product.high ^ product.low
    }

    /// A hash of bytes, eight at a time.
    @inline(__always)
    static func of(_ text: Text) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: text.count) &* first
        let raw = UnsafeRawPointer(text.start)
        var at = 0
        while at &+ 8 <= text.count {
            hash = of(hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at &+= 8
        }
        var rest: UInt64 = 0
        var shift: UInt64 = 0
        while at < text.count {
            rest |= UInt64(text.start[at]) &<< shift
            shift &+= 8
            at &+= 1
        }
        return of(hash ^ rest)
    }
}
