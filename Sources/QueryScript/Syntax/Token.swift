// Tokens: what the lexer makes of a source's bytes, and the parser reads.
import QueryFrames

/// A token's kind; payloads are what the parser needs beyond the text of the span, as plain numbers: there are many tokens, and
/// each is looked at several times.
enum TokenKind: Equatable {
    /// `revenue`: a word that may be a name, a command, a clause or a reserved word; the text says which.
    case word(Name)
    /// `` `Total Revenue` ``: always a name.
    case quotedName(Name)
    /// `$month`: always the variable.
    case variable(Name)
    /// An integer without its sign: `42`, `0xff`.
    case integer(UInt64)
    case float(Double)
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

    /// The symbol that begins with `byte`, before `next`, and its length: of two bytes if there is such a one. A script is full of
    /// symbols, so this looks at no strings.
    static func first(_ byte: UInt8, _ next: UInt8?) -> (Symbol, length: Int)? {
        switch (byte, next) {
        case (UInt8(ascii: "."), UInt8(ascii: ".")): (.range, 2)
        case (UInt8(ascii: "/"), UInt8(ascii: "/")): (.doubleSlash, 2)
        case (UInt8(ascii: "="), UInt8(ascii: "=")): (.equal, 2)
        case (UInt8(ascii: "!"), UInt8(ascii: "=")): (.notEqual, 2)
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): (.lessOrEqual, 2)
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): (.greaterOrEqual, 2)
        case (UInt8(ascii: "?"), UInt8(ascii: "?")): (.coalesce, 2)
        default: first(byte).map { ($0, 1) }
        }
    }

    private static func first(_ byte: UInt8) -> Symbol? {
        switch byte {
        case UInt8(ascii: "|"): .pipe
        case UInt8(ascii: ","): .comma
        case UInt8(ascii: "="): .assign
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: "("): .openParen
        case UInt8(ascii: ")"): .closeParen
        case UInt8(ascii: "["): .openBracket
        case UInt8(ascii: "]"): .closeBracket
        case UInt8(ascii: "{"): .openBrace
        case UInt8(ascii: "}"): .closeBrace
        case UInt8(ascii: ":"): .colon
        case UInt8(ascii: "+"): .plus
        case UInt8(ascii: "-"): .minus
        case UInt8(ascii: "*"): .star
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "%"): .percent
        case UInt8(ascii: "<"): .less
        case UInt8(ascii: ">"): .greater
        default: nil
        }
    }
}

/// A token and where it stands.
struct Token {
    var kind: TokenKind
    var span: Span
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
