// Characters of a source that are none of the language: bytes that are no UTF-8, what looks like a sign and is another, and what
// nobody would see.

extension Lexer {
    /// Where the first character begins that is no UTF-8.
    func firstInvalidUTF8() -> Int? {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while true {
            while end &- index >= 8, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 { index &+= 8 }
            guard index < end else { return nil }
            guard let width = width(at: index) else { return index }
            index &+= width
        }
    }

    /// How many bytes the character at `index` has; nil where it is none.
    private func width(at index: Int) -> Int? {
        let first = bytes[index]
        if first < 0x80 { return 1 }
        let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard first >= 0xC2, first <= 0xF4, end - index >= width else { return nil }
        // What the second byte may be keeps out what has a shorter form, halves of UTF-16's pairs and numbers beyond the last.
        let second: ClosedRange<UInt8> = switch first {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
        guard second.contains(bytes[index + 1]) else { return nil }
        for next in index + 2..<index + width where bytes[next] & 0xC0 != 0x80 { return nil }
        return width
    }

    func strayCharacter() -> SyntaxError {
        var end = at + 1
        while end < self.end && bytes[end] & 0xC0 == 0x80 { end += 1 }
        if let hidden = hiddenCharacter(in: at..<end) { return hidden }
        // `&&` of other languages is one mistake.
        while end < self.end && bytes[end] == bytes[at] && bytes[at] < 0x80 { end += 1 }
        let scalar = String(decoding: bytes[at..<end], as: UTF8.self).unicodeScalars.first?.value ?? 0
        guard let closing = LookAlike.closingQuotes[scalar] else { return fail(.strayCharacter(scalar), at, end) }
        // One fault for the whole of a string in such quotes.
        var close = end
        while close < self.end && bytes[close] != UInt8(ascii: "\n") {
            if let quote = closing.first(where: { bytes[close...].starts(with: $0) }) { return fail(.strayQuote(scalar), at, close + quote.count) }
            close += 1
        }
        return fail(.strayQuote(scalar), at, end)
    }

    /// The first character of `range` that could show text other than it is: a control character, a bidirectional control or
    /// a mark without a width.
    func hiddenCharacter(in range: Range<Int>) -> SyntaxError? {
        for index in range where mayStand(index, .mayHide) {
            if let (scalar, width) = hiddenCharacter(at: index), index + width <= range.upperBound {
                return fail(.hiddenCharacter(scalar), index, index + width)
            }
        }
        return nil
    }

    /// The character that begins at `index` and its length in bytes, where nobody would see it.
    private func hiddenCharacter(at index: Int) -> (scalar: UInt32, width: Int)? {
        let c = bytes[index]
        if c < 0x20 || c == 0x7F {
            return c == UInt8(ascii: "\t") || c == UInt8(ascii: "\r") || c == UInt8(ascii: "\n") ? nil : (UInt32(c), 1)
        }
        guard c == 0xE2 || c == 0xEF, index + 2 < end else { return nil }
        let scalar = UInt32(c & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
        switch scalar {
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: return (scalar, 3)
        default: return nil
        }
    }

    /// Notes the character at `index` of a string where it could show the text in another order than it is, or end it early:
    /// marks that join letters belong to some people's text, bidirectional controls and the like do not.
    mutating func noteHiddenInString(at index: Int) {
        guard let (scalar, width) = hiddenCharacter(at: index) else { return }
        switch scalar {
        case 0, 0x202A...0x202E, 0x2066...0x2069: read.faults.append(fail(.hiddenCharacter(scalar), index, index + width))
        default: return
        }
    }
}
