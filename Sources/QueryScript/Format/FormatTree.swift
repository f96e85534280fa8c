// What is laid out: the tokens of statements, with their brackets and blocks as a tree and with the comments beside them.

/// A token, or a whole string literal, as it is written.
struct FormatAtom {
    var text: String
    var kind: TokenKind
    /// What stands between it and the one before where both are in one line.
    var gap: String = ""
    /// Comments on lines of their own before it, and whether a blank line stands before each.
    var leading: [FormatComment] = []
    /// A comment behind it on its line.
    var trailing: String?
    /// Whether a blank line stands before it and its comments.
    var isAfterBlankLine = false

    func isSymbol(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
}

struct FormatComment {
    var text: String
    var isAfterBlankLine: Bool
}

/// A part of a statement.
enum FormatItem {
    case atom(FormatAtom)
    /// `( ... )`, `[ ... ]` or a record; nested no deeper than the parser goes.
    indirect case group(open: FormatAtom, [FormatItem], close: FormatAtom)
    /// `{ ... }`, with statements.
    indirect case block(open: FormatAtom, [FormatStatement], close: FormatAtom)

    /// The first of its atoms.
    var first: FormatAtom {
        switch self {
        case .atom(let atom): atom
        case .group(let open, _, _), .block(let open, _, _): open
        }
    }

    var isBlock: Bool { if case .block = self { true } else { false } }
}

/// A statement; the last one of a script holds what stands at its end, and nothing else.
struct FormatStatement {
    var items: [FormatItem]
}
