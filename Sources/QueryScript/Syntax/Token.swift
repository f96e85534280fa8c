// Tokens: what the lexer makes of a source's bytes, and the parser reads.
import QueryFrames

/// A token's kind; payloads are what the parser needs beyond the text of the span, as plain numbers of four bytes at most: there
/// are many tokens, and each is looked at several times.
enum TokenKind: Equatable {
    /// `revenue`: a word that may be a name, a command, a clause or a reserved word; the text says which.
    case word(Name)
    /// `` `Total Revenue` ``: always a name.
    case quotedName(Name)
    /// `$month`: always the variable.
    case variable(Name)
    /// An integer without its sign: `42`, `0xff`. Its value is an int, or the decimal of the one integer that is an int with its
    /// sign alone.
    case integer(Literal)
    case float(Literal)
    /// `30s`, `1h30m`, `@2024-05-01`.
    case scalar(Literal)
    /// The opening quote of a string; parts and a `stringEnd` follow.
    case stringStart
    /// Text of a string between interpolations, escapes resolved.
    case stringPart(Literal)
    /// `${` and the `}` that ends it.
    case interpolationStart
    case interpolationEnd
    case stringEnd
    /// `==`, `|`, `(` ...
    case symbol(Symbol)
    /// The end of a line that may end a statement.
    case newline
    case semicolon
    /// Text that is no token; the lexer has told why.
    case invalid
    case end
}

/// A value that a source has literally, by its number among those of the source.
struct Literal: Equatable {
    let number: UInt32
}

/// Punctuation and operators.
enum Symbol: String {
    case pipe = "|", comma = ",", assign = "=", dot = ".", range = ".."
    case openParen = "(", closeParen = ")", openBracket = "[", closeBracket = "]", openBrace = "{", closeBrace = "}"
    case colon = ":"
    case plus = "+", minus = "-", star = "*", slash = "/", doubleSlash = "//", percent = "%"
    case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    case coalesce = "??"

    /// The symbol of two bytes; nil where they are none. A script is full of symbols, so this looks at no strings.
    @inline(__always)
    init?(_ byte: UInt8, _ next: UInt8) {
        switch (byte, next) {
        case (UInt8(ascii: "."), UInt8(ascii: ".")): self = .range
        case (UInt8(ascii: "/"), UInt8(ascii: "/")): self = .doubleSlash
        case (UInt8(ascii: "="), UInt8(ascii: "=")): self = .equal
        case (UInt8(ascii: "!"), UInt8(ascii: "=")): self = .notEqual
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): self = .lessOrEqual
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): self = .greaterOrEqual
        case (UInt8(ascii: "?"), UInt8(ascii: "?")): self = .coalesce
        default: return nil
        }
    }

    /// The symbol of that byte alone.
    init?(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "|"): self = .pipe
        case UInt8(ascii: ","): self = .comma
        case UInt8(ascii: "="): self = .assign
        case UInt8(ascii: "."): self = .dot
        case UInt8(ascii: "("): self = .openParen
        case UInt8(ascii: ")"): self = .closeParen
        case UInt8(ascii: "["): self = .openBracket
        case UInt8(ascii: "]"): self = .closeBracket
        case UInt8(ascii: "{"): self = .openBrace
        case UInt8(ascii: "}"): self = .closeBrace
        case UInt8(ascii: ":"): self = .colon
        case UInt8(ascii: "+"): self = .plus
        case UInt8(ascii: "-"): self = .minus
        case UInt8(ascii: "*"): self = .star
        case UInt8(ascii: "/"): self = .slash
        case UInt8(ascii: "%"): self = .percent
        case UInt8(ascii: "<"): self = .less
        case UInt8(ascii: ">"): self = .greater
        default: return nil
        }
    }
}

/// A token and where it stands, in 16 bytes.
struct Token {
    var span: Span
    var kind: TokenKind
    /// Whether white space, a comment or a line's end stands before it.
    var spaced: Bool
}

/// What the lexer makes of a source.
struct LexedSource {
    /// `end` comes last.
    var tokens: [Token] = []
    var names = NameTable.words
    var literals: [Scalar] = []
    /// What is no token.
    var faults: [SyntaxError] = []
    /// From `#` to the end of the line; the line that names the program is one.
    var comments: [Span] = []

    func text(_ name: Name) -> String { names.text(name) }

    subscript(_ literal: Literal) -> Scalar { literals[Int(literal.number)] }
}
