// What tells the rows of one page from those of another, where a service does not say how many rows there ought to be.

/// A number that is the same for the same bytes, in whatever pieces they come.
struct RowsFingerprint {
    private var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    /// Bytes that do not fill a word yet.
    private var rest: UInt64 = 0
    private var restCount: UInt64 = 0
    private var byteCount: UInt64 = 0

    mutating func take(_ start: UnsafeRawPointer, count: Int) {
        byteCount &+= UInt64(count)
        var at = 0
        while at < count, restCount > 0 {
            take(start.load(fromByteOffset: at, as: UInt8.self))
            at += 1
        }
        while count - at >= 8 {
            mix(UInt64(littleEndian: start.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
            at += 8
        }
        while at < count {
            take(start.load(fromByteOffset: at, as: UInt8.self))
            at += 1
        }
    }

    private mutating func take(_ byte: UInt8) {
        rest |= UInt64(byte) << (restCount * 8)
        restCount += 1
        if restCount < 8 { return }
        mix(rest)
        (rest, restCount) = (0, 0)
    }

    private mutating func mix(_ word: UInt64) {
        hash = (hash ^ word) &* 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 32
    }

    var value: UInt64 {
        var last = self
        last.mix(rest)
        last.mix(byteCount)
        return last.hash
    }
}
