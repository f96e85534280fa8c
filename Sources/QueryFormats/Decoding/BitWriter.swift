// Bitmaps that are written from bytes of 0 and 1.
import QueryFrames

/// Puts bytes of 0 and 1 into a bitmap of zeros, eight at a time where they begin on a byte.
struct BitWriter {
    private let bits: UnsafeMutablePointer<UInt8>

    init(_ memory: MutableBuffer) { bits = memory.values(as: UInt8.self) }

    /// Puts `count` bytes from bit `first` on.
    func put(_ bytes: UnsafePointer<UInt8>, count: Int, at first: Int) {
        var index = 0
        while index < count {
            let bit = first &+ index
            if bit & 7 == 0, index &+ 8 <= count {
                let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self))
                bits[bit &>> 3] = UInt8(truncatingIfNeeded: (word &* 0x0102_0408_1020_4080) &>> 56)
                index &+= 8
            } else {
                bits[bit &>> 3] |= bytes[index] &<< UInt8(truncatingIfNeeded: bit & 7)
                index &+= 1
            }
        }
    }

    /// Makes bits `first ..< end` zeros again.
    func clear(from first: Int, to end: Int) {
        for bit in first..<end { bits[bit &>> 3] &= ~(1 &<< UInt8(truncatingIfNeeded: bit & 7)) }
    }

    /// How many of the first `count` bits are 1; those behind them are zeros.
    func count(_ count: Int) -> Int {
        (0..<Bitmap.byteCount(count)).reduce(0) { $0 + bits[$1].nonzeroBitCount }
    }
}
