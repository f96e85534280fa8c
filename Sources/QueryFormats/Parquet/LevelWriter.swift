// Small numbers of a fixed number of bits, packed eight at a time: levels and dictionary indexes in parquet's hybrid encoding.
import QueryFrames

enum LevelWriter {
    /// Bits that numbers up to `most` take.
    static func bits(_ most: Int) -> Int { Int.bitWidth - most.leadingZeroBitCount }

    /// Appends `count` times the same number as one run.
    static func appendRun(_ value: Int, count: Int, bits: Int, to out: TextBuffer) {
        out.appendVarint(UInt64(count) << 1)
        for byte in 0..<(bits + 7) / 8 { out.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
    }

    /// Appends bits that are packed already, the lowest first: Arrow's bitmaps are such.
    static func append(bitmap: UnsafePointer<UInt8>, count: Int, to out: TextBuffer) {
        let bytes = Bitmap.byteCount(count)
        out.appendVarint(UInt64(bytes) << 1 | 1)
        out.append(UnsafeRawBufferPointer(start: bitmap, count: bytes))
    }

    /// Appends `count` numbers, each of `bits` bits, as one packed run, padded with zeros to a multiple of eight.
    @inline(__always)
    static func append(_ count: Int, bits: Int, to out: TextBuffer, _ number: (Int) -> UInt32) {
        let groups = (count + 7) / 8
        out.appendVarint(UInt64(groups) << 1 | 1)
        // Eight bytes may be written past the end of what counts.
        let place = UnsafeMutableRawPointer(out.reserve(groups * bits + 8))
        var word: UInt64 = 0, filled = 0, at = 0
        for index in 0..<count {
            word |= UInt64(number(index)) &<< UInt64(truncatingIfNeeded: filled)
            filled &+= bits
            if filled >= 32 {
                place.storeBytes(of: UInt32(truncatingIfNeeded: word).littleEndian, toByteOffset: at, as: UInt32.self)
                at &+= 4
                word &>>= 32
                filled &-= 32
            }
        }
        place.storeBytes(of: word.littleEndian, toByteOffset: at, as: UInt64.self)
        at += (filled + 7) / 8
        while at < groups * bits {
            place.storeBytes(of: 0, toByteOffset: at, as: UInt8.self)
            at += 1
        }
        out.advance(by: groups * bits)
    }
}
