// Sort keys as 64-bit words whose unsigned order is the order of the values: what radix sort needs.

enum SortWords {
    private static let sign: UInt64 = 1 << 63

    @inline(__always)
    static func word(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ sign }

    /// One zero, and one NaN that is greater than Infinity.
    @inline(__always)
    static func word(_ value: Double) -> UInt64 {
        let bits = Membership.key(value)
        return bits & sign != 0 ? ~bits : bits ^ sign
    }

    /// The float of a word.
    @inline(__always)
    static func float(_ word: UInt64) -> Double { Double(bitPattern: word & sign != 0 ? word ^ sign : ~word) }

    /// Writes the words of a bool column or one of up to 8 bytes a row, complemented where the order is descending. Null rows get anything.
    static func write(_ column: Column, descending: Bool, to words: UnsafeMutablePointer<UInt64>) {
        let flip: UInt64 = descending ? .max : 0
        let count = column.count
        var row = 0
        switch column.type {
        case .int64, .timestamp, .duration:
            let values = column.fixed(as: Int64.self)
            while row < count {
                words[row] = word(values[row]) ^ flip
                row &+= 1
            }
        case .float64:
            let values = column.fixed(as: Double.self)
            while row < count {
                words[row] = word(values[row]) ^ flip
                row &+= 1
            }
        case .date:
            let values = column.fixed(as: Int32.self)
            while row < count {
                words[row] = word(Int64(values[row])) ^ flip
                row &+= 1
            }
        case .bool:
            let bits = column.bits
            while row < count {
                words[row] = (Bitmap.get(bits, row) ? 1 : 0) ^ flip
                row &+= 1
            }
        case .null, .string, .decimal, .json, .binary, .list: break
        }
    }

    /// Seven bytes of a string from `depth` on, and how many there are: 8 in the last byte says that there are more.
    /// Words of equal strings are equal, and those of others differ as the strings do, or are equal and end in 8.
    @inline(__always)
    static func word(_ text: Text, depth: Int) -> UInt64 {
        let rest = text.count &- depth
        let start = UnsafeRawPointer(text.start + depth)
        if rest >= 8 {
            return UInt64(bigEndian: start.loadUnaligned(as: UInt64.self)) & ~0xff | 8
        }
        var word: UInt64 = 0
        var index = 0
        while index < rest {
            word |= UInt64(text.start[depth &+ index]) &<< UInt64(56 &- 8 &* index)
            index &+= 1
        }
        return word | UInt64(truncatingIfNeeded: rest)
    }
}
