// The parser: tokens -> syntax tree. The grammar of each construct stands above the function that reads it; commands and
// transforms are read by their usage lines (Parser+Invocations.swift) and have no grammar here.
import QueryFrames

/// What became of a source.
enum ParseOutcome {
    case script(SyntaxTree)
    /// The text ends in the middle of a statement: a prompt asks for more, everyone else reports the error.
    case unfinished(SyntaxError, rest: SyntaxTree)
    /// What is wrong with it, in the order of the text, and the statements that could be read, so that they can be checked as well.
    case failed([SyntaxError], rest: SyntaxTree)
}

/// Reads one source.
struct Parser {
    let source: Source
    let table: CommandTable
    let tokens: [Token]
    /// What each name is besides a name, as far as anybody has asked.
    private var roles: [Role?]
    var at = 0
    var tree: SyntaxTree
    /// The nodes of the lists that are being read, the innermost list's last.
    var pending: [NodeID] = []
    var errors: [SyntaxError] = []
    /// What the lexer has refused, in the order of the text.
    let lexicalErrors: [SyntaxError]
    /// Blocks that are open.
    var openBlocks = 0
    /// Whether so much is wrong that more would tell nothing.
    var isHopeless = false
    /// Whether line ends are blanks: inside parentheses, lists and records.
    var joinsLines = false
    /// The tokens of the functions inside of each function that is being read, the script itself first.
    var innerFunctions: [[Range<Int>]] = [[]]
    /// Whether the script itself has blocks, and so variables that could outlive them in a function.
    var hasBlocks = false
    /// How deep constructs stand in each other.
    var depth = 0
    /// A prompt: a line that begins with a pipe goes on from `_`.
    let isPrompt: Bool

    /// Deeper nesting is refused: each level takes a few frames of the host's stack here and in the compiler.
    static let depthLimit = 100

    /// The tree of `source`, or what is wrong with it.
    static func parse(_ source: Source, table: CommandTable = .standard, isPrompt: Bool = false) -> ParseOutcome {
        var parser = Parser(source, Lexer.read(source), table: table, isPrompt: isPrompt)
        return parser.script()
    }

    private init(_ source: Source, _ read: consuming LexedSource, table: CommandTable, isPrompt: Bool) {
        self.source = source
        self.table = table
        self.isPrompt = isPrompt
        tokens = read.tokens
        lexicalErrors = read.faults
        roles = Array(repeating: nil, count: read.names.count)
        tree = SyntaxTree(names: read.names, literals: read.literals, tokens: tokens.count)
    }

    // SCRIPT: { STATEMENT (newline | ";") }
    private mutating func script() -> ParseOutcome {
        skipSeparators()
        while !isAtEnd {
            readStatement()
            skipSeparators()
        }
        tree.statements = list(from: 0)
        tree.innerNames = hasBlocks ? names(in: innerFunctions[0]) : []
        errors = (lexicalErrors + errors).sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
        if errors.count == 1, errors[0].isUnfinished { return .unfinished(errors[0], rest: tree) }
        return errors.isEmpty ? .script(tree) : .failed(errors, rest: tree)
    }

    // MARK: Tokens

    // What follows is asked for at every step. It is inlined, as a call would be handed a copy of the parser.

    /// The next token that counts here.
    @inline(__always)
    var token: Token {
        var index = at
        if joinsLines { while case .newline = tokens[index].kind { index += 1 } }
        return tokens[index]
    }

    /// The one after it.
    @inline(__always)
    var following: Token {
        var index = at
        if joinsLines { while case .newline = tokens[index].kind { index += 1 } }
        if case .end = tokens[index].kind { return tokens[index] }
        index += 1
        if joinsLines { while case .newline = tokens[index].kind { index += 1 } }
        return tokens[index]
    }

    @inline(__always)
    var isAtEnd: Bool { if case .end = token.kind { true } else { false } }

    @inline(__always)
    func text(_ name: Name) -> String { tree.text(name) }

    /// The list of the nodes that are pending from that one on.
    mutating func list(from first: Int) -> NodeList {
        let list = tree.list(pending[first...])
        while pending.count > first { pending.removeLast() }
        return list
    }

    /// Whether a name is that of a command or of a transform, which most are not; looked up once for each name.
    mutating func role(_ name: Name) -> Role {
        if let known = roles[Int(name.number)] { return known }
        let text = text(name)
        let role = Role(isCommand: table.command(text) != nil, isTransform: table.transform(text) != nil)
        roles[Int(name.number)] = role
        return role
    }

    /// What a name can be besides a variable's or a column's.
    struct Role {
        var isCommand: Bool
        var isTransform: Bool
    }

    /// The place where the last token ended.
    @inline(__always)
    var lastSpan: Span { at > 0 ? tokens[at - 1].span : Span(0, 0) }

    @discardableResult
    @inline(__always)
    mutating func advance() -> Token {
        if joinsLines { while case .newline = tokens[at].kind { at += 1 } }
        let token = tokens[at]
        if case .end = token.kind {} else { at += 1 }
        return token
    }

    /// Every name among tokens.
    func names(in ranges: [Range<Int>]) -> Set<Name> {
        var found: Set<Name> = []
        for range in ranges {
            for index in range {
                switch tokens[index].kind {
                case .word(let name), .quotedName(let name), .variable(let name): found.insert(name)
                default: break
                }
            }
        }
        return found
    }

    /// Takes the symbol if it is next.
    mutating func take(_ symbol: Symbol) -> Bool {
        guard isNext(symbol) else { return false }
        advance()
        return true
    }

    /// Whether the symbol is next.
    @inline(__always)
    func isNext(_ symbol: Symbol) -> Bool { if case .symbol(symbol) = token.kind { true } else { false } }

    /// Takes the word if it is next.
    mutating func take(_ word: Word) -> Bool {
        guard case .word(let found) = token.kind, found == Name(word) else { return false }
        advance()
        return true
    }

    /// Takes line ends after something that cannot end a statement.
    mutating func skipLines() {
        while case .newline = tokens[at].kind { at += 1 }
    }

    mutating func skipSeparators() {
        while true {
            switch tokens[at].kind {
            case .newline, .semicolon: at += 1
            default: return
            }
        }
    }

    mutating func expect(_ symbol: Symbol, _ what: String? = nil) throws(SyntaxError) {
        if !take(symbol) { throw expected(what ?? "`\(symbol.rawValue)`") }
    }

    /// The error that something else stands where `what` is expected.
    func expected(_ what: String, remedy: SyntaxRemedy? = nil) -> SyntaxError {
        let token = token
        if case .symbol = token.kind, let error = otherSign() { return error }
        switch token.kind {
        case .end:
            return SyntaxError(fault: .expected(what, found: nil), span: token.span, isUnfinished: true)
        case .newline:
            return SyntaxError(fault: .expected(what, found: "the end of the line"), span: token.span, remedy: remedy)
        default:
            return SyntaxError(fault: .expected(what, found: "`\(source.text(token.span))`"), span: token.span, remedy: remedy)
        }
    }

    /// Whether a statement or a step of a pipeline ends here.
    @inline(__always)
    var isAtStageEnd: Bool {
        switch token.kind {
        case .end, .newline, .semicolon, .symbol(.pipe), .symbol(.closeParen), .symbol(.closeBrace), .symbol(.closeBracket),
            .interpolationEnd: true
        default: false
        }
    }

    /// The error that `=` stands where nothing is named, or a sign that begins with it.
    func assignmentInExpression() -> SyntaxError { otherSign() ?? SyntaxError(fault: .assignmentInExpression, span: token.span) }

    mutating func endOfStatement() throws(SyntaxError) {
        switch token.kind {
        case .newline, .semicolon, .end, .symbol(.closeBrace): return
        case .symbol(.assign): throw assignmentInExpression()
        default: throw expected("the end of the statement")
        }
    }

    /// Runs `body` one level deeper, where line ends are blanks or not.
    mutating func nested<T>(joinsLines joins: Bool, _ body: (inout Parser) throws(SyntaxError) -> T) throws(SyntaxError) -> T {
        let before = joinsLines
        depth += 1
        if depth > Parser.depthLimit { throw SyntaxError(fault: .tooDeep(limit: Parser.depthLimit), span: token.span) }
        joinsLines = joins
        defer {
            joinsLines = before
            depth -= 1
        }
        return try body(&self)
    }

    // BLOCK: "{" { STATEMENT (newline | ";") } "}"
    mutating func block() throws(SyntaxError) -> NodeID {
        let open = token.span
        if isNext(.assign) { throw assignmentInExpression() }
        guard take(.openBrace) else { throw expected("`{`", remedy: .block) }
        openBlocks += 1
        if innerFunctions.count == 1 { hasBlocks = true }
        defer { openBlocks -= 1 }
        return try nested(joinsLines: false) { (parser) throws(SyntaxError) in
            let first = parser.pending.count
            parser.skipSeparators()
            while !parser.isNext(.closeBrace) {
                if parser.isAtEnd { throw SyntaxError(fault: .unclosed("{"), span: open, isUnfinished: true) }
                parser.readStatement()
                parser.skipSeparators()
            }
            let end = parser.advance().span
            let statements = parser.list(from: first)
            return parser.tree.add(.block(statements), open.through(end))
        }
    }
}
