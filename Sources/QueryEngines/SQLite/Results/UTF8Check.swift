// Whether bytes are UTF-8: texts of database files are what their writers put there.

enum UTF8Check {
    /// Whether the bytes are well-formed UTF-8, as Unicode's table 3-7 has it.
    static func isValid(_ text: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        let count = text.count
        while at < count {
            if at + 8 <= count, text.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
                at += 8
                continue
            }
            let first = text[at]
            if first < 0x80 {
                at += 1
                continue
            }
            let length: Int
            var second: ClosedRange<UInt8> = 0x80...0xbf
            switch first {
            case 0xc2...0xdf: length = 2
            case 0xe0: (length, second) = (3, 0xa0...0xbf)
            case 0xed: (length, second) = (3, 0x80...0x9f)
            case 0xe1...0xef: length = 3
            case 0xf0: (length, second) = (4, 0x90...0xbf)
            case 0xf4: (length, second) = (4, 0x80...0x8f)
            case 0xf1...0xf3: length = 4
            default: return false
            }
            guard at + length <= count, second.contains(text[at + 1]) else { return false }
            for next in 2..<max(length, 2) where text[at + next] & 0xc0 != 0x80 { return false }
            at += length
        }
        return true
    }
}
