// Upper and lower case: what each code point becomes by Unicode's rules for no language, with short ways for those that are frequent.

/// One of the two cases, as the map of every code point to text in it.
struct LetterCase: @unchecked Sendable {
    /// The letters of ASCII that change: `A` for lower case, `a` for upper case, and the 25 after it.
    private let first: UInt8
    private let mapping: KeyPath<Unicode.Scalar.Properties, String>
    /// What code points below `tableEnd` become, if it is no longer than three bytes: the bytes from the lowest on, their number in the
    /// highest; 0 where it is longer. Never freed, as there are two of them for good.
    private let table: UnsafePointer<UInt32>

    static let lower = LetterCase(first: UInt8(ascii: "A"), mapping: \.lowercaseMapping)
    static let upper = LetterCase(first: UInt8(ascii: "a"), mapping: \.uppercaseMapping)

    /// Latin, Greek, Cyrillic and all else that takes two bytes.
    private static let tableEnd: UInt32 = 0x800

    private init(first: UInt8, mapping: KeyPath<Unicode.Scalar.Properties, String>) {
        self.first = first
        self.mapping = mapping
        let table = UnsafeMutablePointer<UInt32>.allocate(capacity: Int(LetterCase.tableEnd))
        for value in 0..<LetterCase.tableEnd {
            let bytes = Unicode.Scalar(value).map { Array($0.properties[keyPath: mapping].utf8) } ?? []
            var packed = bytes.count <= 3 ? UInt32(bytes.count) << 24 : 0
            if packed != 0 { for (index, byte) in bytes.enumerated() { packed |= UInt32(byte) << UInt32(index * 8) } }
            table[Int(value)] = packed
        }
        self.table = UnsafePointer(table)
    }

    @inline(__always)
    func mapped(ascii byte: UInt8) -> UInt8 { byte &- first < 26 ? byte ^ 0x20 : byte }

    /// Eight bytes of ASCII at once.
    @inline(__always)
    func mapped(ascii word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let fromFirst = word &+ ones &* UInt64(0x80 &- first)
        let pastLast = word &+ ones &* UInt64(0x80 &- first &- 26)
        return word ^ (fromFirst & ~pastLast & 0x8080_8080_8080_8080) &>> 2
    }

    /// Appends what `scalar` becomes, which is written in the first `width` bytes of `text`.
    @inline(__always)
    func append(_ scalar: Unicode.Scalar, of text: Text, _ width: Int, to sink: inout TextSink) {
        let value = scalar.value
        if value < LetterCase.tableEnd {
            let packed = table[Int(value)]
            if packed != 0 {
                for index in 0..<(packed &>> 24) { sink.append(UInt8(truncatingIfNeeded: packed &>> (index &* 8))) }
                return
            }
        } else if LetterCase.hasNoCase(value) {
            return _ = sink.append(Text(text.start, width))
        }
        for byte in scalar.properties[keyPath: mapping].utf8 { sink.append(byte) }
    }

    /// Whether the code point is among the ideographs, kana, syllables and symbols of East Asia, which have no case.
    @inline(__always)
    private static func hasNoCase(_ value: UInt32) -> Bool { value &- 0x2e80 < 0xa640 - 0x2e80 || value &- 0xac00 < 0xd7a4 - 0xac00 }
}
