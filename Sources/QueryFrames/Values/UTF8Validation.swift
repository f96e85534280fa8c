// Whether bytes are UTF-8, for a whole input at once where that can be: checking each field would cost more than reading it.

/// Checks bytes against the well-formed sequences of the Unicode standard (table 3-7).
public enum UTF8Validation {
    /// Whether all bytes are well-formed sequences.
    public static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool { firstInvalid(bytes) == nil }

    /// The offset of the first byte that begins no well-formed sequence; nil where all is well.
    public static func firstInvalid(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard let start = bytes.baseAddress else { return nil }
        let end = bytes.count
        let high: UInt64 = 0x8080_8080_8080_8080
        var at = 0
        while at < end {
            while at &+ 32 <= end {
                let first =
                    start.loadUnaligned(fromByteOffset: at, as: UInt64.self) | start.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self)
                let second =
                    start.loadUnaligned(fromByteOffset: at &+ 16, as: UInt64.self)
                    | start.loadUnaligned(fromByteOffset: at &+ 24, as: UInt64.self)
                if (first | second) & high != 0 { break }
                at &+= 32
            }
            while at < end, start.load(fromByteOffset: at, as: UInt8.self) < 0x80 { at &+= 1 }
            // Text of another script comes in runs, so the words of ASCII are not tried again before it ends.
            while at < end, start.load(fromByteOffset: at, as: UInt8.self) >= 0x80 {
                let length = sequence(start + at, end &- at)
                if length == 0 { return at }
                at &+= length
            }
        }
        return nil
    }

    /// The length of the sequence of 2 to 4 bytes at `start`, 0 where it is none.
    @inline(__always)
    private static func sequence(_ start: UnsafeRawPointer, _ room: Int) -> Int {
        let bytes = start.assumingMemoryBound(to: UInt8.self)
        let lead = bytes[0]
        if lead < 0xc2 || lead > 0xf4 || room < 2 { return 0 }
        let second = bytes[1]
        if lead < 0xe0 { return second & 0xc0 == 0x80 ? 2 : 0 }
        let low: UInt8 = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80
        let highest: UInt8 = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf
        guard second >= low, second <= highest, room >= 3, bytes[2] & 0xc0 == 0x80 else { return 0 }
        if lead < 0xf0 { return 3 }
        return room >= 4 && bytes[3] & 0xc0 == 0x80 ? 4 : 0
    }
}
