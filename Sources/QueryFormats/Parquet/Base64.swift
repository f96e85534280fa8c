// Bytes as the letters of base 64 and back: how parquet's metadata bears a schema of Arrow's.

enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            var word: UInt32 = 0
            for index in 0..<3 { word = word << 8 | (index < part.count ? UInt32(part[start + index]) : 0) }
            for index in 0..<4 {
                out.append(index <= part.count ? letters[Int(word >> (18 - 6 * UInt32(index)) & 0x3f)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Nil where a letter is none of the 64.
    static func bytes(_ text: String) -> [UInt8]? {
        var out: [UInt8] = []
        var word: UInt32 = 0, bits: UInt32 = 0
        for letter in text.utf8 where letter != UInt8(ascii: "=") {
            guard let value = letters.firstIndex(of: letter) else { return nil }
            word = word << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: word >> bits))
            }
        }
        return out
    }
}
