// A string as tables compare it: up to 24 bytes in three words, so that looking at one hardly ever follows a pointer.

/// The first bytes of a string, and its length.
struct TextKey: BitwiseCopyable {
    /// The first eight bytes; what the string does not have is zero, here and below.
    var first: UInt64
    var second: UInt64
    /// The third eight bytes; of a string longer than 24 bytes, in a table, where the table holds it.
    var third: UInt64
    var count: UInt64

    /// Reads 24 bytes at once, also past the end of the string.
    @inline(__always)
    private init(readingPast text: Text) {
        count = UInt64(truncatingIfNeeded: text.count)
        first = text.word(0) & TextKey.mask(text.count)
        second = 0
        third = 0
        if text.count > 8 {
            second = text.word(8) & TextKey.mask(text.count &- 8)
            third = text.count > 24 ? 0 : text.word(16) & TextKey.mask(max(text.count &- 16, 0))
        }
    }

    /// The bits of the first `count` bytes of a word.
    @inline(__always)
    private static func mask(_ count: Int) -> UInt64 {
        count >= 8 ? .max : ~(UInt64.max &<< UInt64(truncatingIfNeeded: count &* 8))
    }

    /// The key of a string that is not to be read past its end.
    init(_ text: Text) {
        (first, second, third, count) = (0, 0, 0, UInt64(text.count))
        let whole = min(text.count, 24)
        for index in 0..<(text.count > 24 ? 16 : whole) {
            let byte = UInt64(text.start[index]) << UInt64((index & 7) * 8)
            if index < 8 { first |= byte } else if index < 16 { second |= byte } else { third |= byte }
        }
    }

    /// The key of a string of a column.
    @inline(__always)
    init(_ text: Text, in source: TextSource) {
        if text.start <= source.readableEnd { self.init(readingPast: text) } else { self.init(text) }
    }
}

extension Text {
    /// The eight bytes from `offset` on.
    @inline(__always)
    func word(_ offset: Int) -> UInt64 { UnsafeRawPointer(start).loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
}
