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
    private let dialect: SQLDialect
    /// The byte at which the next token begins.
    public private(set) var position: Int

    /// A scanner of UTF-8 `text` from byte `start` on.
    public init(_ text: [UInt8], from start: Int = 0, dialect: SQLDialect = .sqlite) {
        self.text = text
        self.dialect = dialect
        position = start
    }

    public mutating func next() -> SQLToken? {
        guard position < text.count else { return nil }
        let start = position
        let kind: SQLToken.Kind
        let first = text[start]
        if skipBlanks() {
            kind = .blank
        } else if let tag = dollarTag() {
            kind = .quoted(closed: skip(past: tag))
        } else if let close = dialect.closing(first) {
            kind = .quoted(closed: skipQuoted(close))
        } else if SQLScanner.isWord(first) {
            kind = skipWord()
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

    private func byte(_ index: Int) -> UInt8? { index < text.count ? text[index] : nil }

    private mutating func skipBlanks() -> Bool {
        let start = position
        while let byte = byte(position) {
            if byte == UInt8(ascii: " ") || (byte >= 9 && byte <= 13) {
                position += 1
            } else if dialect.opensLineComment(byte, self.byte(position + 1), self.byte(position + 2)) {
                while let byte = self.byte(position), byte != UInt8(ascii: "\n") { position += 1 }
            } else if byte == UInt8(ascii: "/"), self.byte(position + 1) == UInt8(ascii: "*") {
                skipComment()
            } else {
                break
            }
        }
        return position > start
    }

    /// Skips `/* ... */`. A comment that is never closed ends with the text, as SQLite has it.
    private mutating func skipComment() {
        var depth = 0
        while position < text.count {
            if text[position] == UInt8(ascii: "/"), byte(position + 1) == UInt8(ascii: "*"), depth == 0 || dialect.nestsComments {
                depth += 1
                position += 2
            } else if text[position] == UInt8(ascii: "*"), byte(position + 1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return }
            } else {
                position += 1
            }
        }
    }

    /// Skips a name or number; `E'...'` of PostgreSQL and `r"..."` of BigQuery are quoted parts that begin with a letter.
    private mutating func skipWord() -> SQLToken.Kind {
        let start = position
        while position < text.count, SQLScanner.isWord(text[position]) { position += 1 }
        guard position < text.count, dialect.closing(text[position]) == text[position] else { return .word }
        let prefix = text[start..<position].map { $0 | 0x20 }
        switch dialect {
        case .postgres where prefix == [UInt8(ascii: "e")] && text[position] == UInt8(ascii: "'"):
            return .quoted(closed: skipQuoted(text[position], escapes: true))
        case .bigquery where prefix.count <= 2 && prefix.contains(UInt8(ascii: "r")) && prefix.allSatisfy { "rb".utf8.contains($0) }:
            // A backslash stays what it is in a raw text, and yet no quote behind one ends it.
            return .quoted(closed: skipQuoted(text[position]))
        default: return .word
        }
    }

    /// Skips a quoted part whose first quote is here.
    private mutating func skipQuoted(_ close: UInt8, escapes: Bool? = nil) -> Bool {
        if dialect == .bigquery, close != UInt8(ascii: "`"), byte(position + 1) == close, byte(position + 2) == close {
            return skipTriple(close)
        }
        let escapes = escapes ?? dialect.escapes(close)
        position += 1
        while position < text.count {
            if escapes, text[position] == UInt8(ascii: "\\") {
                position += 2
            } else if text[position] == close {
                if dialect.isDoubled(close), byte(position + 1) == close {
                    position += 2
                    continue
                }
                position += 1
                return true
            } else {
                position += 1
            }
        }
        position = text.count
        return false
    }

    /// Skips a text between three quotes each.
    private mutating func skipTriple(_ close: UInt8) -> Bool {
        position += 3
        while position < text.count {
            if text[position] == UInt8(ascii: "\\") {
                position += 2
            } else if text[position] == close, byte(position + 1) == close, byte(position + 2) == close {
                position += 3
                return true
            } else {
                position += 1
            }
        }
        position = text.count
        return false
    }

    /// `$$` or `$name$` at this place.
    private func dollarTag() -> ArraySlice<UInt8>? {
        guard dialect.hasDollarQuotes, text[position] == UInt8(ascii: "$") else { return nil }
        var end = position + 1
        while let byte = byte(end), SQLScanner.isWord(byte), byte != UInt8(ascii: "$") { end += 1 }
        guard byte(end) == UInt8(ascii: "$"), dialect == .postgres || end == position + 1 else { return nil }
        // `$1$` is a parameter and no quote: a name begins with no digit.
        if let first = byte(position + 1), first >= 0x30, first <= 0x39 { return nil }
        return text[position...end]
    }

    private mutating func skip(past tag: ArraySlice<UInt8>) -> Bool {
        position += tag.count
        while position + tag.count <= text.count {
            if text[position..<position + tag.count] == tag {
                position += tag.count
                return true
            }
            position += 1
        }
        position = text.count
        return false
    }
}
