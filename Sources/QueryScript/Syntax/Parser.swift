// The parser: tokens -> syntax tree. The grammar of each construct stands above the function that reads it; commands and
// transforms are read by their usage lines (Parser+Invocations.swift) and have no grammar here.
import QueryFrames

/// What became of a source.
enum ParseOutcome {
    case script(SyntaxTree)
    /// The text ends in the middle of a statement: a prompt asks for more, everyone else reports the error.
    case unfinished(SyntaxError)
    /// What is wrong with it, in the order of the text; where only names are wrong, also the statements that could be read,
    /// so that they can be checked as well.
    case failed([SyntaxError], rest: SyntaxTree?)
}

/// Reads one source.
struct Parser {
    let source: Source
    let table: CommandTable
    let tokens: [Token]
    var at = 0
    var tree = SyntaxTree()
    var errors: [SyntaxError] = []
    /// Whether line ends are blanks: inside parentheses, lists and records.
    var joinsLines = false
    /// Names read so far in each function that is being read, the script itself first.
    var names: [Set<String>] = [[]]
    /// Names read in functions inside of each of those.
    var innerNames: [Set<String>] = [[]]
    /// How deep constructs stand in each other.
    var depth = 0
    /// A prompt: a line that begins with a pipe goes on from `_`.
    let isPrompt: Bool

    /// Deeper nesting is refused: each level takes a few frames of the host's stack here and in the compiler.
    static let depthLimit = 100

    /// The tree of `source`, or what is wrong with it.
    static func parse(_ source: Source, table: CommandTable = .standard, isPrompt: Bool = false) -> ParseOutcome {
        let tokens: [Token]
        do {
            tokens = try Lexer.tokens(of: source)
        } catch {
            return error.isUnfinished ? .unfinished(error) : .failed([error], rest: nil)
        }
        var parser = Parser(source: source, table: table, tokens: tokens, isPrompt: isPrompt)
        return parser.script()
    }

    private init(source: Source, table: CommandTable, tokens: [Token], isPrompt: Bool) {
        self.source = source
        self.table = table
        self.tokens = tokens
        self.isPrompt = isPrompt
    }

    // SCRIPT: { STATEMENT (newline | ";") }
    private mutating func script() -> ParseOutcome {
        skipSeparators()
        while !isAtEnd {
            let start = at
            do {
                tree.statements.append(try statement())
                try endOfStatement()
            } catch {
                errors.append(error)
                if error.isUnfinished && errors.count == 1 { return .unfinished(error) }
                // After a fault of names the next statement can be read; after one of structure nothing is certain.
                guard error.fault.isAboutNames else { return .failed(errors, rest: nil) }
                recover()
                declareName(ofStatementAt: start)
            }
            skipSeparators()
        }
        tree.innerNames = innerNames[0]
        return errors.isEmpty ? .script(tree) : .failed(errors, rest: tree)
    }

    /// After a `let` that could not be read its name is known all the same, so that its uses are no errors too.
    private mutating func declareName(ofStatementAt start: Int) {
        guard case .word("let") = tokens[start].kind, case .word(let name) = tokens[start + 1].kind else { return }
        let span = tokens[start + 1].span
        let value = tree.add(.literal(.null), span)
        tree.statements.append(tree.add(.letStatement(name, span, value), span))
    }

    // MARK: Tokens

    /// The next token that counts here.
    var token: Token {
        var index = at
        if joinsLines { while case .newline = tokens[index].kind { index += 1 } }
        return tokens[index]
    }

    /// The one after it.
    var following: Token {
        var index = at
        if joinsLines { while case .newline = tokens[index].kind { index += 1 } }
        if case .end = tokens[index].kind { return tokens[index] }
        index += 1
        if joinsLines { while case .newline = tokens[index].kind { index += 1 } }
        return tokens[index]
    }

    var isAtEnd: Bool { token.kind == .end }

    /// The place where the last token ended.
    var lastSpan: Span { at > 0 ? tokens[at - 1].span : Span(0, 0) }

    @discardableResult
    mutating func advance() -> Token {
        if joinsLines { while case .newline = tokens[at].kind { at += 1 } }
        let token = tokens[at]
        if token.kind != .end { at += 1 }
        switch token.kind {
        case .word(let name), .quotedName(let name), .variable(let name): if names.count > 1 { names[names.count - 1].insert(name) }
        default: break
        }
        return token
    }

    /// Takes the symbol if it is next.
    mutating func take(_ symbol: Symbol) -> Bool {
        guard token.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    /// Takes the word if it is next.
    mutating func take(word: String) -> Bool {
        guard token.kind == .word(word) else { return false }
        advance()
        return true
    }

    /// Takes line ends after something that cannot end a statement.
    mutating func skipLines() {
        while tokens[at].kind == .newline { at += 1 }
    }

    mutating func skipSeparators() {
        while tokens[at].kind == .newline || tokens[at].kind == .semicolon { at += 1 }
    }

    mutating func expect(_ symbol: Symbol, _ what: String? = nil) throws(SyntaxError) {
        if !take(symbol) { throw expected(what ?? "`\(symbol.rawValue)`") }
    }

    /// The error that something else stands where `what` is expected.
    func expected(_ what: String) -> SyntaxError {
        let token = token
        switch token.kind {
        case .end:
            return SyntaxError(fault: .expected(what, found: nil), span: token.span, isUnfinished: true)
        case .newline:
            return SyntaxError(fault: .expected(what, found: "the end of the line"), span: token.span)
        default:
            return SyntaxError(fault: .expected(what, found: "`\(source.text(token.span))`"), span: token.span)
        }
    }

    /// Whether a statement or a step of a pipeline ends here.
    var isAtStageEnd: Bool {
        switch token.kind {
        case .end, .newline, .semicolon, .symbol(.pipe), .symbol(.closeParen), .symbol(.closeBrace), .symbol(.closeBracket),
            .interpolationEnd: true
        default: false
        }
    }

    private mutating func endOfStatement() throws(SyntaxError) {
        switch token.kind {
        case .newline, .semicolon, .end, .symbol(.closeBrace): return
        case .symbol(.assign): throw SyntaxError(fault: .assignmentInExpression, span: token.span)
        default: throw expected("the end of the statement")
        }
    }

    /// Skips to the end of the statement, over whole blocks.
    private mutating func recover() {
        joinsLines = false
        depth = 0
        names.removeLast(names.count - 1)
        innerNames.removeLast(innerNames.count - 1)
        var open = 0
        while !isAtEnd {
            switch tokens[at].kind {
            case .symbol(.openBrace), .symbol(.openParen), .symbol(.openBracket): open += 1
            case .symbol(.closeBrace), .symbol(.closeParen), .symbol(.closeBracket): open -= 1
            case .newline, .semicolon: if open <= 0 { return }
            default: break
            }
            at += 1
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
        if token.kind == .symbol(.assign) { throw SyntaxError(fault: .assignmentInExpression, span: token.span) }
        guard take(.openBrace) else { throw expected("`{`") }
        return try nested(joinsLines: false) { (parser) throws(SyntaxError) in
            var statements: [NodeID] = []
            parser.skipSeparators()
            while parser.token.kind != .symbol(.closeBrace) {
                if parser.isAtEnd { throw SyntaxError(fault: .unclosed("{"), span: open, isUnfinished: true) }
                statements.append(try parser.statement())
                try parser.endOfStatement()
                parser.skipSeparators()
            }
            let end = parser.advance().span
            return parser.tree.add(.block(statements), open.through(end))
        }
    }
}

extension SyntaxFault {
    /// Whether the fault is one of a name, after which the rest of the script can still be read.
    var isAboutNames: Bool {
        switch self {
        case .unknownCommand, .transformWithoutPipe, .unknownClause, .repeatedClause, .missingArgument, .commandName, .transformName,
            .commandInExpression, .reservedName: true
        default: false
        }
    }
}
