// Bitmaps 64 rows at a time: how the kernels of conditions and of validity read, combine and build them.

extension Bitmap {
    /// How many 64-bit words `count` bits take.
    @inline(__always)
    static func wordCount(_ count: Int) -> Int { (count &+ 63) &>> 6 }

    /// The bits of rows `64 * index ..< 64 * index + 64`; bits past `count` are zero, and no byte past them is read.
    @inline(__always)
    static func word(_ bits: UnsafePointer<UInt8>, _ index: Int, count: Int) -> UInt64 {
        let first = index &<< 6
        if first &+ 64 <= count {
            return UnsafeRawPointer(bits).loadUnaligned(fromByteOffset: index &<< 3, as: UInt64.self)
        }
        return lastWord(bits, first, count: count)
    }

    @inline(never)
    private static func lastWord(_ bits: UnsafePointer<UInt8>, _ first: Int, count: Int) -> UInt64 {
        let rest = count - first
        guard rest > 0 else { return 0 }
        var word: UInt64 = 0
        for byte in 0..<byteCount(rest) { word |= UInt64(bits[(first >> 3) + byte]) << UInt64(byte * 8) }
        return rest < 64 ? word & ((1 << UInt64(rest)) - 1) : word
    }

    /// A bitmap of `count` bits made of words; those of the last word past `count` may be anything.
    @inline(__always)
    static func words(_ count: Int, _ word: (Int) -> UInt64) -> Buffer {
        let out = MutableBuffer(capacity: wordCount(count) &* 8)
        let words = out.values(as: UInt64.self)
        let full = count &>> 6
        var index = 0
        while index < full {
            words[index] = word(index)
            index &+= 1
        }
        if count & 63 != 0 { words[full] = word(full) & ((1 &<< UInt64(count & 63)) &- 1) }
        return out.freeze(byteCount: byteCount(count))
    }

    /// A bitmap of `count` bits, each what `test` says of its row.
    @inline(__always)
    static func rows(_ count: Int, _ test: (Int) -> Bool) -> Buffer {
        let out = MutableBuffer(capacity: wordCount(count) &* 8)
        let bytes = out.values(as: UInt8.self)
        let full = count &>> 3
        var index = 0
        while index < full {
            let row = index &<< 3
            var byte: UInt8 = test(row) ? 1 : 0
            byte |= test(row &+ 1) ? 2 : 0
            byte |= test(row &+ 2) ? 4 : 0
            byte |= test(row &+ 3) ? 8 : 0
            byte |= test(row &+ 4) ? 16 : 0
            byte |= test(row &+ 5) ? 32 : 0
            byte |= test(row &+ 6) ? 64 : 0
            byte |= test(row &+ 7) ? 128 : 0
            bytes[index] = byte
            index &+= 1
        }
        if count & 7 != 0 {
            var byte: UInt8 = 0
            for bit in 0..<(count & 7) where test(full &<< 3 &+ bit) { byte |= 1 << UInt8(bit) }
            bytes[full] = byte
        }
        return out.freeze(byteCount: byteCount(count))
    }

    /// The rows set in both.
    static func and(_ left: Buffer, _ right: Buffer, count: Int) -> Buffer {
        let a = left.values(as: UInt8.self), b = right.values(as: UInt8.self)
        return words(count) { word(a, $0, count: count) & word(b, $0, count: count) }
    }
}
