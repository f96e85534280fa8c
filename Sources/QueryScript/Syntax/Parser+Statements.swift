// Statements of the parser.
import QueryFrames

extension Parser {
    // STATEMENT: LET | ASSIGNMENT | IF | FOR | WHILE | DEF | RETURN | TRY | IMPORT | "break" | "continue" | PIPELINE
    mutating func statement() throws(SyntaxError) -> NodeID {
        let start = token
        switch start.kind {
        case .word(Name(.let)): return try letStatement()
        case .word(Name(.if)): return try ifStatement()
        case .word(Name(.for)): return try forStatement()
        case .word(Name(.while)): return try whileStatement()
        case .word(Name(.break)):
            advance()
            return tree.add(.breakStatement, start.span)
        case .word(Name(.continue)):
            advance()
            return tree.add(.continueStatement, start.span)
        case .word(Name(.def)): return try functionStatement()
        case .word(Name(.return)): return try returnStatement()
        case .word(Name(.try)): return try tryStatement()
        case .word(Name(.import)): return try importStatement()
        case .word(let name) where following.kind == .symbol(.assign), .quotedName(let name) where following.kind == .symbol(.assign):
            return try assignment(name)
        default:
            try refuseDashes()
            try refuseQueryText()
            let value = try pipeline()
            if isNext(.assign) {
                switch tree[value] {
                case .member, .index: throw SyntaxError(fault: .assignmentToPart, span: token.span)
                default: break
                }
            }
            return tree.add(.expressionStatement(value), tree.span(value))
        }
    }

    // LET: "let" NAME "=" PIPELINE
    private mutating func letStatement() throws(SyntaxError) -> NodeID {
        let start = advance().span
        let (name, _) = try newName("a name for the variable")
        if isNext(.comma) { throw expected("`=` and a value", remedy: .oneName) }
        try expect(.assign, "`=` and a value")
        skipLines()
        let value = try pipeline()
        return tree.add(.letStatement(name, value), start.through(tree.span(value)))
    }

    // ASSIGNMENT: NAME "=" PIPELINE
    private mutating func assignment(_ name: Name) throws(SyntaxError) -> NodeID {
        let span = token.span
        if case .word = token.kind { try refuseCommandName(name, span) }
        advance()
        advance()
        skipLines()
        let value = try pipeline()
        let target = tree.add(.name(name), span)
        return tree.add(.assignment(target, value), span.through(tree.span(value)))
    }

    // IF: "if" EXPR BLOCK { "else" "if" EXPR BLOCK } [ "else" BLOCK ]
    private mutating func ifStatement() throws(SyntaxError) -> NodeID {
        let start = token.span
        let first = pending.count
        repeat {
            advance()
            pending.append(try expression())
            pending.append(try block())
            guard take(.else) else { break }
            guard case .word(Name(.if)) = token.kind else {
                pending.append(try block())
                break
            }
        } while true
        let branches = list(from: first)
        return tree.add(.ifStatement(branches), start.through(lastSpan))
    }

    // FOR: "for" NAME "in" PIPELINE BLOCK
    private mutating func forStatement() throws(SyntaxError) -> NodeID {
        let start = advance().span
        let (name, _) = try newName("a name for each value", remedy: .loopName)
        guard take(.in) else { throw expected("`in`", remedy: .loopName) }
        let value = try pipeline()
        let body = try block()
        return tree.add(.forStatement(name, value, body), start.through(lastSpan))
    }

    // WHILE: "while" EXPR BLOCK
    private mutating func whileStatement() throws(SyntaxError) -> NodeID {
        let start = advance().span
        let condition = try expression()
        let body = try block()
        return tree.add(.whileStatement(condition, body), start.through(lastSpan))
    }

    // DEF: "def" NAME "(" [ NAME [ "=" EXPR ] { "," NAME [ "=" EXPR ] } ] ")" BLOCK
    private mutating func functionStatement() throws(SyntaxError) -> NodeID {
        let start = advance().span
        let (name, nameSpan) = try newName("a name for the function")
        if role(name).isTransform { throw SyntaxError(fault: .transformName(text(name)), span: nameSpan) }
        guard isNext(.openParen) else { throw expected("`(` and the names of its arguments") }
        let first = at
        innerFunctions.append([])
        let open = advance().span
        var parameters: [FunctionNode.Parameter] = []
        try items("(", open, .closeParen) { (parser) throws(SyntaxError) in
            let (name, span) = try parser.newName("a name for the argument")
            var standard: NodeID?
            if parser.take(.assign) { standard = try parser.expression() }
            parameters.append(FunctionNode.Parameter(name: name, span: span, standard: standard))
        }
        let body = try block()
        let ranges = innerFunctions.removeLast()
        let inner = ranges.isEmpty ? [] : names(in: ranges)
        innerFunctions[innerFunctions.count - 1].append(first..<at)
        let node = FunctionNode(name: name, nameSpan: nameSpan, parameters: parameters, body: body, innerNames: inner)
        return tree.add(node, start.through(lastSpan))
    }

    // RETURN: "return" [ PIPELINE ]
    private mutating func returnStatement() throws(SyntaxError) -> NodeID {
        let start = advance().span
        if isAtStageEnd { return tree.add(.returnStatement(nil), start) }
        let value = try pipeline()
        return tree.add(.returnStatement(value), start.through(tree.span(value)))
    }

    // IMPORT: "import" STRING
    private mutating func importStatement() throws(SyntaxError) -> NodeID {
        let start = advance().span
        guard token.kind == .stringStart else {
            try refuseBarePath()
            if case .word(let name) = token.kind { throw expected("the file's name in quotes", remedy: .fileInQuotes(text(name))) }
            throw expected("the file's name in quotes")
        }
        let path = try string()
        guard case .literal(let text) = tree[path] else {
            throw SyntaxError(fault: .expected("a file's name without ${...}", found: nil), span: tree.span(path))
        }
        return tree.add(.importStatement(text), start.through(tree.span(path)))
    }

    // TRY: "try" BLOCK "catch" NAME BLOCK
    private mutating func tryStatement() throws(SyntaxError) -> NodeID {
        let start = advance().span
        let body = try block()
        guard take(.catch) else { throw expected("`catch`") }
        let (name, _) = try newName("a name for the error", remedy: .errorName)
        let handler = try block()
        return tree.add(.tryStatement(body, name, handler), start.through(lastSpan))
    }

    /// A name that may be given to a variable.
    private mutating func newName(_ what: String, remedy: SyntaxRemedy? = nil) throws(SyntaxError) -> (Name, Span) {
        let token = token
        switch token.kind {
        case .word(let name):
            if name.isReserved { throw SyntaxError(fault: .reservedName(text(name)), span: token.span) }
            try refuseCommandName(name, token.span)
            advance()
            return (name, token.span)
        case .quotedName(let name):
            advance()
            return (name, token.span)
        default:
            throw expected(what, remedy: remedy)
        }
    }

    private mutating func refuseCommandName(_ name: Name, _ span: Span) throws(SyntaxError) {
        if role(name).isCommand { throw SyntaxError(fault: .commandName(text(name)), span: span) }
    }
}
