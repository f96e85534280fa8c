// Where the blanks, comments and quoted parts of SQL text are: as much of its grammar as placeholders and statement ends need.

/// One piece of SQL text.
public struct SQLToken: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// Blanks and comments, one after the other.
        case blank
        /// A string or a quoted identifier; `closed` is false where the text ends before it does.
        case quoted(closed: Bool)
        /// A run of letters, digits, `_`, `$` and bytes above 127.
        case word
        /// Any other byte.
        case symbol(UInt8)
    }

    public var kind: Kind
    /// The bytes of the text that it takes.
    public var range: Range<Int>
}

/// Cuts SQL text into tokens, from its beginning to its end.
public struct SQLScanner: IteratorProtocol, Sequence {
    private let text: [UInt8]
    /// The byte at which the next token begins.
    public private(set) var position: Int

    /// A scanner of UTF-8 `text` from byte `start` on.
    public init(_ text: [UInt8], from start: Int = 0) {
        self.text = text
        position = start
    }

    public mutating func next() -> SQLToken? {
        guard position < text.count else { return nil }
        let start = position
        let kind: SQLToken.Kind
        let first = text[start]
        if skipBlanks() {
            kind = .blank
        } else if let close = SQLScanner.closing(first) {
            kind = .quoted(closed: skipQuoted(close))
        } else if SQLScanner.isWord(first) {
            while position < text.count, SQLScanner.isWord(text[position]) { position += 1 }
            kind = .word
        } else {
            position += 1
            kind = .symbol(first)
        }
        return SQLToken(kind: kind, range: start..<position)
    }

    /// Whether `byte` can be part of a name or number.
    public static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
            true
        default: false
        }
    }

    private static func closing(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): byte
        case UInt8(ascii: "["): UInt8(ascii: "]")
        default: nil
        }
    }

    private func byte(_ index: Int) -> UInt8? { index < text.count ? text[index] : nil }

    private mutating func skipBlanks() -> Bool {
        let start = position
        while let byte = byte(position) {
            if byte == UInt8(ascii: " ") || (byte >= 9 && byte <= 13) {
                position += 1
            } else if byte == UInt8(ascii: "-"), self.byte(position + 1) == UInt8(ascii: "-") {
                while let byte = self.byte(position), byte != UInt8(ascii: "\n") { position += 1 }
            } else if byte == UInt8(ascii: "/"), self.byte(position + 1) == UInt8(ascii: "*") {
                position += 2
                while position < text.count, !(text[position] == UInt8(ascii: "*") && self.byte(position + 1) == UInt8(ascii: "/")) {
                    position += 1
                }
                // SQLite takes a comment that is never closed as closed by the end of the text.
                position = Swift.min(position + 2, text.count)
            } else {
                break
            }
        }
        return position > start
    }

    /// Skips a quoted part in which the closing quote twice stands for itself (but for `]`, which cannot be in one).
    private mutating func skipQuoted(_ close: UInt8) -> Bool {
        position += 1
        while position < text.count {
            if text[position] == close {
                if close != UInt8(ascii: "]"), byte(position + 1) == close {
                    position += 2
                    continue
                }
                position += 1
                return true
            }
            position += 1
        }
        return false
    }
}
