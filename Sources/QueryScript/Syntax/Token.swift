// Tokens: what the lexer makes of a source's bytes, and the parser reads.
import QueryFrames

/// A token's kind; payloads are what the parser needs beyond the text of the span.
enum TokenKind: Equatable {
    /// `revenue`: a word that may be a name, a command, a clause or a reserved word; the text says which.
    case word(String)
    /// `` `Total Revenue` ``: always a name.
    case quotedName(String)
    /// `$month`: always the variable.
    case variable(String)
    /// An integer without its sign: `42`, `0xff`.
    case integer(UInt64)
    case float(Double)
    /// `30s`, `1h30m`, `@2024-05-01`.
    case scalar(Scalar)
    /// The opening quote of a string; parts and a `stringEnd` follow.
    case stringStart
    /// Text of a string between interpolations, escapes resolved.
    case stringPart(String)
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

/// Punctuation and operators.
enum Symbol: String {
    case pipe = "|", comma = ",", assign = "=", dot = ".", range = ".."
    case openParen = "(", closeParen = ")", openBracket = "[", closeBracket = "]", openBrace = "{", closeBrace = "}"
    case colon = ":"
    case plus = "+", minus = "-", star = "*", slash = "/", doubleSlash = "//", percent = "%"
    case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    case coalesce = "??"
}

/// A token and where it stands.
struct Token {
    var kind: TokenKind
    var span: Span
    /// Whether white space, a comment or a line's end stands before it.
    var spaced: Bool
}

/// Words that can never be names.
let reservedWords: Set<String> = [
    "let", "def", "return", "if", "else", "for", "in", "while", "break", "continue", "try", "catch", "import",
    "and", "or", "not", "is", "null", "true", "false",
]
