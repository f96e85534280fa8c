// Expressions of the parser. Operators bind by their strength, from the weakest: or, and, not, comparisons, ??, .., + -, * / // %; then
// come unary minus and what stands behind a value.
import QueryFrames

extension Parser {
    // EXPR: an operand, and operators with their right sides, each by its strength
    mutating func expression() throws(SyntaxError) -> NodeID { try expression(.or) }

    /// An expression whose operators outside of brackets bind no weaker than `weakest`.
    private mutating func expression(_ weakest: Strength) throws(SyntaxError) -> NodeID {
        var left: NodeID
        // What may follow: neither ranges nor comparisons chain.
        var strongest = Strength.product
        if weakest <= .not, case .word(Name(.not)) = token.kind {
            left = try negation()
            strongest = .and
        } else {
            left = try unary()
        }
        while let strength = strength, strength >= weakest, strength <= strongest {
            if strength == .comparison {
                left = try comparison(left)
                if self.strength == .comparison { throw SyntaxError(fault: .chainedComparison, span: token.span) }
                strongest = .and
                continue
            }
            let sign = advance().kind
            skipLines()
            let right = strength == .product ? try unary() : try expression(strength.next)
            switch strength {
            case .or: left = binary(.or, left, right)
            case .and: left = binary(.and, left, right)
            default:
                if case .symbol(let symbol) = sign, let operation = symbol.operation {
                    left = binary(operation, left, right)
                } else {
                    left = tree.add(.range(left, right), tree.span(left).through(tree.span(right)))
                    strongest = .coalesce
                }
            }
        }
        return left
    }

    /// How strongly the next token binds; nil where it does not go on with an expression.
    @inline(__always)
    private var strength: Strength? {
        switch token.kind {
        case .symbol(let symbol): return symbol.strength
        case .word(let name):
            switch Word(rawValue: name.number) {
            case .or: return .or
            case .and: return .and
            case .in, .is, .like, .matches, .between: return .comparison
            case .not:
                switch following.kind {
                case .word(Name(.in)), .word(Name(.like)), .word(Name(.matches)), .word(Name(.between)): return .comparison
                default: return nil
                }
            default: return nil
            }
        default: return nil
        }
    }

    // NOT: "not" NOT | COMPARISON
    private mutating func negation() throws(SyntaxError) -> NodeID {
        let start = token.span
        var count = 0
        while take(.not) { count += 1 }
        let operand = try expression(.comparison)
        // Two negations cancel out, but for the check that the operand is a bool.
        var result = tree.add(.unary(.not, operand), start.through(tree.span(operand)))
        if count.isMultiple(of: 2) { result = tree.add(.unary(.not, result), start.through(tree.span(operand))) }
        return result
    }

    // COMPARISON: COALESCE [ ("==" | "!=" | "<" | "<=" | ">" | ">=" | ["not"] ("in" | "like" | "matches") ) COALESCE
    //                      | ["not"] "between" COALESCE "and" COALESCE | "is" ["not"] "null" ]
    private mutating func comparison(_ left: NodeID) throws(SyntaxError) -> NodeID {
        let op = advance()
        if case .symbol(let symbol) = op.kind, let operation = symbol.operation {
            skipLines()
            return binary(operation, left, try expression(.coalesce))
        }
        if case .word(Name(.is)) = op.kind {
            let negated = take(.not)
            guard take(.null) else { throw expected(negated ? "`null`" : "`null` or `not null`", remedy: .equality) }
            return tree.add(.unary(negated ? .isNotNull : .isNull, left), tree.span(left).through(lastSpan))
        }
        let negated = op.kind == .word(Name(.not))
        let word = negated ? advance() : op
        skipLines()
        var result: NodeID
        if case .word(Name(.between)) = word.kind {
            let low = try expression(.coalesce)
            guard take(.and) else { throw expected("`and` and the upper bound") }
            skipLines()
            let high = try expression(.coalesce)
            result = tree.add(.between(left, low, high), tree.span(left).through(tree.span(high)))
        } else {
            let right = try expression(.coalesce)
            result = binary(word.kind == .word(Name(.in)) ? .in : word.kind == .word(Name(.like)) ? .like : .matches, left, right)
        }
        if negated { result = tree.add(.unary(.not, result), tree.span(result)) }
        return result
    }

    private mutating func binary(_ op: BinaryOperator, _ left: NodeID, _ right: NodeID) -> NodeID {
        tree.add(.binary(op, left, right), tree.span(left).through(tree.span(right)))
    }

    // UNARY: "-" UNARY | POSTFIX
    private mutating func unary() throws(SyntaxError) -> NodeID {
        let start = token.span
        guard take(.minus) else { return try postfix() }
        // The least integer has no positive counterpart, so the sign is read with the digits.
        if case .integer(let literal) = token.kind {
            let end = advance().span
            let value = if case .int(let magnitude) = tree[literal] { -magnitude } else { Int64.min }
            return try postfix(of: tree.addLiteral(.int(value), start.through(end)))
        }
        let operand = try nested(joinsLines: joinsLines) { (parser) throws(SyntaxError) in try parser.unary() }
        return tree.add(.unary(.negate, operand), start.through(tree.span(operand)))
    }

    // POSTFIX: PRIMARY { "." NAME | "[" EXPR "]" }
    private mutating func postfix() throws(SyntaxError) -> NodeID { try postfix(of: try primary()) }

    private mutating func postfix(of base: NodeID) throws(SyntaxError) -> NodeID {
        var value = base
        while true {
            if isNext(.dot) {
                advance()
                let name: Name
                switch token.kind {
                case .word(let word), .quotedName(let word): name = word
                default: throw expected("a field's name after `.`")
                }
                let end = advance().span
                if isNext(.openParen), !token.spaced { throw methodCall(text(name), end) }
                value = tree.add(.member(value, name), tree.span(value).through(end))
            } else if isNext(.openBracket) && !token.spaced {
                let open = advance().span
                let index = try nested(joinsLines: true) { (parser) throws(SyntaxError) in
                    let index = try parser.expression()
                    guard parser.take(.closeBracket) else { throw parser.unclosed("[", open, "`]`") }
                    return index
                }
                value = tree.add(.index(value, index), tree.span(value).through(lastSpan))
            } else {
                return value
            }
        }
    }

    /// The error that something opened at `span` is not closed where the text ends, or is followed by something else.
    func unclosed(_ bracket: String, _ span: Span, _ what: String) -> SyntaxError {
        if isAtEnd { return SyntaxError(fault: .unclosed(bracket), span: span, isUnfinished: true) }
        let error = expected(what)
        guard case .expected(let what, let found?) = error.fault, source.bytes[Int(span.start)..<Int(error.span.start)].contains(UInt8(ascii: "\n"))
        else { return error }
        return SyntaxError(fault: .expectedInside(what, found: found, bracket: bracket, opened: span), span: error.span)
    }

    // PRIMARY: literal | STRING | NAME | NAME "(" ARGUMENTS ")" [ WINDOW ] | $NAME | "(" PIPELINE ")" | LIST | RECORD
    private mutating func primary() throws(SyntaxError) -> NodeID {
        let token = token
        switch token.kind {
        case .integer(let value), .float(let value), .scalar(let value):
            advance()
            return tree.add(.literal(value), token.span)
        case .stringStart:
            return try string()
        case .variable(let name):
            advance()
            return tree.add(.variable(name), token.span)
        case .quotedName(let name):
            advance()
            return tree.add(.name(name), token.span)
        case .word(let word):
            return try wordExpression(word, token)
        case .symbol(.openParen):
            advance()
            return try nested(joinsLines: true) { (parser) throws(SyntaxError) in
                let value = try parser.pipeline()
                if parser.isNext(.comma) { throw parser.expected("`)`", remedy: .listInBrackets) }
                guard parser.take(.closeParen) else { throw parser.unclosed("(", token.span, "`)`") }
                parser.tree.widen(value, to: token.span.through(parser.lastSpan))
                return value
            }
        case .symbol(.openBracket):
            return try list()
        case .symbol(.openBrace):
            return try record()
        case .invalid:
            // The lexer has said what is wrong.
            advance()
            return tree.addLiteral(.null, token.span)
        case .symbol(.pipe): throw expected("a value", remedy: .subject)
        case .symbol(.dot):
            if case .integer = following.kind, !following.spaced { throw expected("a value", remedy: .leadingZero) }
            throw expected("a value")
        default:
            throw expected("a value")
        }
    }

    private mutating func wordExpression(_ word: Name, _ token: Token) throws(SyntaxError) -> NodeID {
        if word.isReserved {
            switch Word(rawValue: word.number) {
            case .null:
                advance()
                return tree.addLiteral(.null, token.span)
            case .true, .false:
                advance()
                return tree.addLiteral(.bool(word == Name(.true)), token.span)
            case .if where following.kind == .symbol(.openParen): break
            default: throw expected("a value")
            }
        }
        advance()
        if isNext(.openParen) && !self.token.spaced {
            let open = advance().span
            let arguments = try expressions("(", open, .closeParen)
            return try window(of: tree.add(.call(word, arguments), token.span.through(lastSpan)))
        }
        // A column may bear a command's name, a variable may not: so the word alone can still be a name here.
        return tree.add(.name(word), token.span)
    }

    // LIST: "[" [ EXPR { "," EXPR } [","] ] "]"
    private mutating func list() throws(SyntaxError) -> NodeID {
        let open = advance().span
        let values = try expressions("[", open, .closeBracket)
        return tree.add(.list(values), open.through(lastSpan))
    }

    // RECORD: "{" [ NAME ":" EXPR { "," NAME ":" EXPR } [","] ] "}"
    private mutating func record() throws(SyntaxError) -> NodeID {
        let open = advance().span
        let first = pending.count
        try items("{", open, .closeBrace) { (parser) throws(SyntaxError) in
            let name: Name, start = parser.token.span
            switch parser.token.kind {
            case .word(let word), .quotedName(let word):
                name = word
                parser.advance()
            case .stringStart:
                let string = try parser.string()
                guard case .string(let text)? = parser.tree.literal(string) else { throw parser.expected("a field's name") }
                name = parser.tree.names.intern(text)
            default: throw parser.expected("a field's name")
            }
            try parser.expect(.colon, "`:` and a value")
            let value = try parser.expression()
            parser.pending.append(parser.tree.add(.field(name, value), start.through(parser.tree.span(value))))
        }
        let fields = list(from: first)
        return tree.add(.record(fields), open.through(lastSpan))
    }

    /// Expressions between brackets; the opening bracket has been taken.
    private mutating func expressions(_ bracket: String, _ open: Span, _ close: Symbol) throws(SyntaxError) -> NodeList {
        let first = pending.count
        try items(bracket, open, close) { (parser) throws(SyntaxError) in parser.pending.append(try parser.expression()) }
        return list(from: first)
    }

    /// What stands between brackets, separated by commas; the opening bracket has been taken, and `item` reads one.
    mutating func items(
        _ bracket: String, _ open: Span, _ close: Symbol, _ item: (inout Parser) throws(SyntaxError) -> Void
    ) throws(SyntaxError) {
        try nested(joinsLines: true) { (parser) throws(SyntaxError) in
            while !parser.take(close) {
                if parser.isAtEnd { throw parser.unclosed(bracket, open, "") }
                let first = parser.token
                try item(&parser)
                if parser.take(.comma) { continue }
                if case .word(let word) = first.kind, parser.role(word).isCommand, !parser.isAtEnd, !parser.isNext(close) {
                    throw SyntaxError(fault: .commandInExpression(parser.text(word)), span: first.span)
                }
                guard parser.take(close) else { throw parser.unclosed(bracket, open, "`,` or `\(close.rawValue)`") }
                break
            }
        }
    }

    // STRING: its parts; one without interpolation is a literal, and has one part or none
    mutating func string() throws(SyntaxError) -> NodeID {
        let start = advance().span
        if case .stringPart(let text) = token.kind, case .stringEnd = following.kind {
            advance()
            return tree.add(.literal(text), start.through(advance().span))
        }
        let first = pending.count
        while true {
            let token = token
            switch token.kind {
            case .stringPart(let text):
                advance()
                pending.append(tree.add(.literal(text), token.span))
            case .interpolationStart:
                advance()
                let value = try nested(joinsLines: true) { (parser) throws(SyntaxError) in
                    let value = try parser.pipeline()
                    guard case .interpolationEnd = parser.token.kind else { throw parser.expected("`}`") }
                    parser.advance()
                    return value
                }
                pending.append(value)
            default:
                // The lexer gives nothing but parts, interpolations and the end between the quotes.
                let span = start.through(advance().span)
                if pending.count == first { return tree.addLiteral(.string(""), span) }
                let parts = list(from: first)
                return tree.add(.interpolation(parts), span)
            }
        }
    }
}
