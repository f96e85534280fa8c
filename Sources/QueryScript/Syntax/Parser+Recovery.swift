// How the parser goes on after an error: with the next statement, wherever that probably begins, so that all errors of a script
// are told at once and none of them twice.

extension Parser {
    /// Reads a statement and its end. After an error it is noted, and what follows is the next statement.
    mutating func readStatement() {
        let start = at
        // The nodes that are kept: what stands behind a statement makes nothing of the statement itself wrong.
        var whole = pending.count
        let outside = (joinsLines, depth, openBlocks, innerFunctions.count)
        do {
            pending.append(try statement())
            whole = pending.count
            try endOfStatement()
            tree.statementTokens.append(start..<at)
        } catch {
            let reached = at
            (joinsLines, depth, openBlocks) = (outside.0, outside.1, outside.2)
            innerFunctions.removeLast(innerFunctions.count - outside.3)
            pending.removeLast(pending.count - whole)
            skipStatement(from: start)
            note(error, ofTokens: start...max(start, min(reached, at)))
            declareNames(ofStatementAt: start)
            if isHopeless || errors.count >= Lexer.faultLimit { at = tokens.count - 1 }
        }
    }

    /// How many tokens are looked at for the end of a bracket that may not have one.
    private static let reach = 100_000

    /// Keeps an error, unless it follows from one that is known: the lexer's of the same statement, or the end of the text.
    private mutating func note(_ error: SyntaxError, ofTokens range: ClosedRange<Int>) {
        if isHopeless { return }
        if error.isUnfinished, errors.contains(where: \.isUnfinished) || lexicalErrors.contains(where: \.isUnfinished) { return }
        let first = tokens[range.lowerBound].span.start, last = tokens[range.upperBound].span.end
        if lexicalErrors.contains(where: { $0.span.start >= first && $0.span.start <= last }) { return }
        if case .tooDeep = error.fault { isHopeless = true }
        errors.append(error)
    }

    /// Goes to the end of the statement that began at token `start` and could be read up to here.
    private mutating func skipStatement(from start: Int) {
        var open: [TokenKind] = []
        for token in tokens[start..<at] { Parser.follow(token.kind, &open) }
        if skip(&open, from: start) { return }
        // A bracket that is never closed: its line is all that is lost.
        while !isAtEnd, tokens[at].kind != .newline, tokens[at].kind != .semicolon { at += 1 }
    }

    /// Skips to the end of the statement, over what stands in brackets; false, and nowhere, where they are not closed.
    private mutating func skip(_ open: inout [TokenKind], from start: Int) -> Bool {
        let before = at
        while !isAtEnd, at - before < Parser.reach {
            let token = tokens[at]
            switch token.kind {
            case .newline, .semicolon:
                if open.isEmpty { return true }
            case .symbol(.closeBrace) where open.isEmpty && openBlocks > 0:
                if at > start { return true }
            default:
                // What only begins a statement stands in no parentheses: they were not closed.
                if at > start, beginsStatement(at), open.last == .symbol(.openParen) || open.last == .symbol(.openBracket) { return true }
            }
            Parser.follow(token.kind, &open)
            at += 1
        }
        if isAtEnd, open.isEmpty { return true }
        at = before
        return false
    }

    /// Whether the token is the first of its line and begins a statement, whatever came before.
    private func beginsStatement(_ index: Int) -> Bool {
        guard index > 0, tokens[index - 1].kind == .newline, case .word(let word) = tokens[index].kind else { return false }
        return Parser.statementWords.contains(text(word)) || table.command(text(word)) != nil
    }

    /// The words that begin statements and nothing else.
    static let statementWords: Set<String> = ["let", "def", "for", "while", "return", "try", "import", "break", "continue"]

    private static func follow(_ kind: TokenKind, _ open: inout [TokenKind]) {
        switch kind {
        case .symbol(.openParen), .symbol(.openBracket), .symbol(.openBrace), .interpolationStart: open.append(kind)
        case .symbol(.closeParen), .symbol(.closeBracket), .symbol(.closeBrace), .interpolationEnd: _ = open.popLast()
        default: break
        }
    }

    /// The names that a statement would have made which could not be read are known all the same, so that their uses are no
    /// errors too. What they stand for is not.
    private mutating func declareNames(ofStatementAt start: Int) {
        if tokens[start].kind == .word(Name(.import)) { tree.lacksImport = true }
        guard case .word = tokens[start].kind, start + 2 < tokens.count else { return }
        // A slip in `let` itself is read by what stands behind it.
        let declares = tokens[start].kind == .word(Name(.let)) || tokens[start].kind == .word(Name(.def)) || tokens[start + 2].kind == .symbol(.assign)
        let token = tokens[start + 1]
        switch token.kind {
        case .word(let name) where declares, .quotedName(let name) where declares:
            let value = tree.addLiteral(.null, token.span)
            pending.append(tree.add(.letStatement(name, value), token.span))
        default: return
        }
    }
}
