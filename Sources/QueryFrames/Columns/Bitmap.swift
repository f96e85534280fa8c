// Bit-packed booleans as Arrow lays them out (least significant bit first): validity, and the values of bool columns.

/// Operations on bit-packed buffers.
public enum Bitmap {
    /// Bytes that `count` bits take.
    @inlinable
    public static func byteCount(_ count: Int) -> Int { (count &+ 7) >> 3 }

    /// Bit `index` of `bits`.
    @inlinable @inline(__always)
    public static func get(_ bits: UnsafePointer<UInt8>, _ index: Int) -> Bool {
        bits[index &>> 3] & (1 &<< UInt8(truncatingIfNeeded: index & 7)) != 0
    }

    /// Sets bit `index` of `bits`.
    @inlinable @inline(__always)
    public static func set(_ bits: UnsafeMutablePointer<UInt8>, _ index: Int) {
        bits[index &>> 3] |= 1 &<< UInt8(truncatingIfNeeded: index & 7)
    }

    /// Clears bit `index` of `bits`.
    @inlinable @inline(__always)
    public static func clear(_ bits: UnsafeMutablePointer<UInt8>, _ index: Int) {
        bits[index &>> 3] &= ~(1 &<< UInt8(truncatingIfNeeded: index & 7))
    }

    /// How many of the first `count` bits are set.
    public static func countSet(_ bits: UnsafePointer<UInt8>, count: Int) -> Int {
        var total = 0
        let raw = UnsafeRawPointer(bits)
        var done = 0
        while done &+ 64 <= count {
            total &+= raw.loadUnaligned(fromByteOffset: done &>> 3, as: UInt64.self).nonzeroBitCount
            done &+= 64
        }
        while done < count {
            if get(bits, done) { total &+= 1 }
            done &+= 1
        }
        return total
    }

    /// The `count` bits of `source` from bit `offset` on, as bits that start at 0; shares the memory where it can.
    public static func slice(_ source: Buffer, offset: Int, count: Int) -> Buffer {
        if offset & 7 == 0 { return source.dropFirst(bytes: offset >> 3) }
        let out = MutableBuffer(capacity: byteCount(count), zeroed: true)
        let from = source.values(as: UInt8.self), to = out.values(as: UInt8.self)
        let shift = UInt8(offset & 7), first = offset >> 3, bytes = byteCount(count)
        let last = byteCount(offset + count) - 1
        for index in 0..<bytes {
            let low = from[first + index] >> shift
            let high = first + index < last ? from[first + index + 1] << (8 - shift) : 0
            to[index] = low | high
        }
        return out.freeze(byteCount: bytes)
    }

    /// `count` bits, all set.
    public static func ones(_ count: Int) -> Buffer {
        let out = MutableBuffer(capacity: byteCount(count), zeroed: true)
        let to = out.values(as: UInt8.self)
        for index in 0..<(count >> 3) { to[index] = 0xff }
        if count & 7 != 0 { to[count >> 3] = (1 << UInt8(count & 7)) - 1 }
        return out.freeze(byteCount: byteCount(count))
    }
}
