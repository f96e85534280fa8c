// Parquet's packed numbers, read: runs and bit-packed groups, and numbers as packed differences.
import QueryFrames

enum PackedNumbers {
    /// Reads `count` numbers of `bits` bits (at most 32) from `place` on, as runs and packed groups, into `out`, which has room for them.
    static func hybrid<T: FixedWidthInteger & UnsignedInteger>(
        _ input: CheckedBytes, at place: Int, bits: Int, count: Int, into out: UnsafeMutablePointer<T>
    ) throws(FormatError) {
        var at = place, done = 0
        let bytes = (bits + 7) / 8
        guard bits <= 32 else { throw input.damaged }
        while done < count {
            let header = try varint(input, &at)
            if header & 1 == 0 {
                let run = Int(clamping: min(header >> 1, UInt64(count - done)))
                guard run > 0 else { throw input.damaged }
                var value: UInt32 = 0
                for index in 0..<bytes { value |= UInt32(try input.load(at + index, as: UInt8.self)) << UInt32(8 * index) }
                at += bytes
                (out + done).update(repeating: T(truncatingIfNeeded: value), count: run)
                done += run
            } else {
                let groups = Int(clamping: min(header >> 1, UInt64((count - done + 7) / 8)))
                guard groups > 0 else { throw input.damaged }
                let numbers = min(groups * 8, count - done)
                // The last group may be cut short where nothing of what is missing counts.
                let packed = try input.slice(at, min(groups * bits, max(0, input.count - at)))
                guard packed.count * 8 >= numbers * bits else { throw input.damaged }
                unpack(packed, bits, numbers, out + done)
                at += groups * bits
                done += numbers
            }
        }
    }

    /// Unpacks `count` numbers, of which the bytes are known to be there.
    @inline(__always)
    private static func unpack<T: FixedWidthInteger & UnsignedInteger>(
        _ packed: UnsafeRawBufferPointer, _ bits: Int, _ count: Int, _ out: UnsafeMutablePointer<T>
    ) {
        guard let start = packed.baseAddress, bits > 0 else { return out.update(repeating: 0, count: count) }
        let mask = UInt64(1) << UInt64(bits) &- 1
        // As long as eight bytes can be loaded, the bits of a number are among them.
        let fast = packed.count >= 8 ? min(count, ((packed.count &- 8) &* 8) / bits) : 0
        var bit = 0
        for index in 0..<fast {
            let word = start.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self) &>> UInt64(truncatingIfNeeded: bit & 7)
            out[index] = T(truncatingIfNeeded: word & mask)
            bit &+= bits
        }
        for index in fast..<max(fast, count) {
            var word: UInt64 = 0
            let first = bit >> 3
            for byte in first..<min(packed.count, first + 8) {
                word |= UInt64(start.load(fromByteOffset: byte, as: UInt8.self)) << UInt64(8 * (byte - first))
            }
            out[index] = T(truncatingIfNeeded: word >> UInt64(bit & 7) & mask)
            bit += bits
        }
    }

    static func varint(_ input: CheckedBytes, _ at: inout Int) throws(FormatError) -> UInt64 {
        var value: UInt64 = 0, shift: UInt64 = 0
        while true {
            let byte = try input.load(at, as: UInt8.self)
            at += 1
            guard shift < 64 else { throw input.damaged }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    private static func zigzag(_ input: CheckedBytes, _ at: inout Int) throws(FormatError) -> Int64 {
        let value = try varint(input, &at)
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// Reads exactly `count` numbers written as differences; `at` is behind them afterwards.
    static func deltas(_ input: CheckedBytes, at: inout Int, count: Int) throws(FormatError) -> [Int64] {
        let block = try varint(input, &at), parts = try varint(input, &at), total = try varint(input, &at)
        var value = try zigzag(input, &at)
        guard parts > 0, block <= 1 << 24, parts <= block, block % parts == 0, block / parts % 8 == 0, total == UInt64(count) else {
            throw input.damaged
        }
        guard count > 0 else { return [] }
        let size = Int(block / parts)
        var values: [Int64] = [value]
        values.reserveCapacity(count)
        while values.count < count {
            let least = try zigzag(input, &at)
            let widths = try input.slice(at, Int(parts))
            at += Int(parts)
            for width in widths where values.count < count {
                let bits = Int(width)
                guard bits <= 64 else { throw input.damaged }
                let packed = try input.slice(at, min(size * bits / 8, max(0, input.count - at)))
                let numbers = min(size, count - values.count)
                guard packed.count * 8 >= numbers * bits else { throw input.damaged }
                at += size * bits / 8
                for index in 0..<numbers {
                    value = value &+ least &+ Int64(bitPattern: number(packed, at: index * bits, bits))
                    values.append(value)
                }
            }
        }
        return values
    }

    /// `bits` bits, at most 64, from bit `bit` on.
    @inline(__always)
    private static func number(_ packed: UnsafeRawBufferPointer, at bit: Int, _ bits: Int) -> UInt64 {
        var value: UInt64 = 0
        var have = 0, at = bit
        while have < bits {
            let byte = UInt64(packed[at &>> 3]) &>> UInt64(at & 7)
            let taken = min(8 &- (at & 7), bits &- have)
            value |= (byte & (1 &<< UInt64(taken) &- 1)) &<< UInt64(have)
            have &+= taken
            at &+= taken
        }
        return value
    }
}
