// What the pieces of a line are, for a prompt that shows them in colour.

/// A piece of script text and what it is.
public struct HighlightedPiece: Sendable {
    /// In bytes of the text.
    public var range: Range<Int>
    public var kind: Kind

    public enum Kind: Sendable {
        case command, keyword, name, string, number, symbol
    }
}

/// Finds the pieces of a text.
public enum Highlighter {
    /// The pieces in order; text that is no token yet, and comments, are left out.
    public static func pieces(of text: String) -> [HighlightedPiece] {
        let read = Lexer.read(Source(name: "prompt", text: text))
        let table = CommandTable.standard
        var pieces: [HighlightedPiece] = []
        var isFirst = true
        var isPiped = false
        var usage: UsageLine?
        for token in read.tokens {
            var kind: HighlightedPiece.Kind?
            switch token.kind {
            case .word(let name):
                let word = read.text(name)
                if name.isReserved {
                    kind = .keyword
                } else if isFirst, let row = table.command(word) {
                    kind = .command
                    usage = row.usage
                } else if isFirst && isPiped, let row = table.transform(word) {
                    kind = .command
                    usage = row.usage
                } else if let usage, usage.clauses.contains(where: { $0.word == word || $0.flags.contains(word) }) {
                    kind = .keyword
                } else {
                    kind = .name
                }
            case .quotedName, .variable: kind = .name
            case .integer, .float, .scalar: kind = .number
            case .stringStart, .stringPart, .stringEnd: kind = .string
            case .symbol, .interpolationStart, .interpolationEnd, .semicolon: kind = .symbol
            case .newline, .invalid, .end: break
            }
            if let kind, token.span.end > token.span.start {
                pieces.append(HighlightedPiece(range: Int(token.span.start)..<Int(token.span.end), kind: kind))
            }
            switch token.kind {
            case .newline, .semicolon, .symbol(.openParen), .symbol(.openBrace), .symbol(.assign):
                (isFirst, isPiped) = (true, false)
            case .symbol(.pipe): (isFirst, isPiped) = (true, true)
            default: isFirst = false
            }
            if isFirst, token.kind != .symbol(.assign) { usage = nil }
        }
        return pieces
    }
}
