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

    /// A hash of a string.
    @inline(__always)
    static func of(_ key: TextKey, _ text: Text) -> UInt64 {
        let hash = of(key.first ^ (key.count &* first))
        if key.count <= 8 { return hash }
        let more = of(hash ^ key.second) ^ of(hash &+ key.third &+ second)
        return key.count <= 24 ? more : rest(text, more)
    }

    @inline(never)
    private static func rest(_ text: Text, _ start: UInt64) -> UInt64 {
        var hash = start
        var at = 16
        while at &+ 8 < text.count {
            hash = of(hash ^ text.word(at))
            at &+= 8
        }
        return of(hash ^ text.word(text.count &- 8))
    }
}
