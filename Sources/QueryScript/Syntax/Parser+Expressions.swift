// Expressions of the parser, by falling strength: postfix, unary minus, * / // %, + -, .., ??, comparisons, not, and, or.
import QueryFrames

extension Parser {
    // EXPR: OR
    mutating func expression() throws(SyntaxError) -> NodeID {
        switch token.kind {
        case .word(Name(.not)), .symbol(.minus): return try disjunction(nil)
        default:
            // Most expressions are one operand: the operators are looked at in turn only where one stands behind it.
            let operand = try postfix()
            return isOperator ? try disjunction(operand) : operand
        }
    }

    /// Whether the next token goes on with an expression, as far as it can tell by itself.
    @inline(__always)
    private var isOperator: Bool {
        switch token.kind {
        case .symbol(let symbol):
            switch symbol {
            case .plus, .minus, .star, .slash, .doubleSlash, .percent, .range, .coalesce: return true
            default: return symbol.comparison != nil
            }
        case .word(let name):
            switch Word(rawValue: name.number) {
            case .and, .or, .not, .in, .is, .like, .matches, .between: return true
            default: return false
            }
        default: return false
        }
    }

    // Each of these reads one strength of operators. `operand` is the first operand where it has been read already.

    // OR: AND { "or" AND }
    private mutating func disjunction(_ operand: NodeID?) throws(SyntaxError) -> NodeID {
        var left = try conjunction(operand)
        while take(.or) {
            skipLines()
            let right = try conjunction(nil)
            left = binary(.or, left, right)
        }
        return left
    }

    // AND: NOT { "and" NOT }
    private mutating func conjunction(_ operand: NodeID?) throws(SyntaxError) -> NodeID {
        var left = try negation(operand)
        while take(.and) {
            skipLines()
            let right = try negation(nil)
            left = binary(.and, left, right)
        }
        return left
    }

    // NOT: "not" NOT | COMPARISON
    private mutating func negation(_ operand: NodeID?) throws(SyntaxError) -> NodeID {
        guard operand == nil, case .word(Name(.not)) = token.kind else { return try comparison(operand) }
        let start = token.span
        var count = 0
        while take(.not) { count += 1 }
        let operand = try comparison(nil)
        // Two negations cancel out, but for the check that the operand is a bool.
        var result = tree.add(.unary(.not, operand), start.through(tree.span(operand)))
        if count.isMultiple(of: 2) { result = tree.add(.unary(.not, result), start.through(tree.span(operand))) }
        return result
    }

    // COMPARISON: COALESCE [ ("==" | "!=" | "<" | "<=" | ">" | ">=" | ["not"] ("in" | "like" | "matches") ) COALESCE
    //                      | ["not"] "between" COALESCE "and" COALESCE | "is" ["not"] "null" ]
    private mutating func comparison(_ operand: NodeID?) throws(SyntaxError) -> NodeID {
        let left = try coalescing(operand)
        guard let result = try comparisonTail(left) else { return left }
        if isComparison { throw SyntaxError(fault: .chainedComparison, span: token.span) }
        return result
    }

    @inline(__always)
    private var isComparison: Bool {
        switch token.kind {
        case .symbol(let symbol): symbol.comparison != nil
        case .word(Name(.in)), .word(Name(.is)), .word(Name(.like)), .word(Name(.matches)), .word(Name(.between)): true
        case .word(Name(.not)):
            switch following.kind {
            case .word(Name(.in)), .word(Name(.like)), .word(Name(.matches)), .word(Name(.between)): true
            default: false
            }
        default: false
        }
    }

    @inline(__always)
    private mutating func comparisonTail(_ left: NodeID) throws(SyntaxError) -> NodeID? {
        guard isComparison else { return nil }
        let op = advance()
        if case .symbol(let symbol) = op.kind, let comparison = symbol.comparison {
            skipLines()
            let right = try coalescing(nil)
            return binary(comparison, left, right)
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
            let low = try coalescing(nil)
            guard take(.and) else { throw expected("`and` and the upper bound") }
            skipLines()
            let high = try coalescing(nil)
            result = tree.add(.between(left, low, high), tree.span(left).through(tree.span(high)))
        } else {
            let right = try coalescing(nil)
            result = binary(word.kind == .word(Name(.in)) ? .in : word.kind == .word(Name(.like)) ? .like : .matches, left, right)
        }
        if negated { result = tree.add(.unary(.not, result), tree.span(result)) }
        return result
    }

    // COALESCE: RANGE { "??" RANGE }
    private mutating func coalescing(_ operand: NodeID?) throws(SyntaxError) -> NodeID {
        var left = try range(operand)
        while take(.coalesce) {
            skipLines()
            let right = try range(nil)
            left = binary(.coalesce, left, right)
        }
        return left
    }

    // RANGE: SUM [ ".." SUM ]
    private mutating func range(_ operand: NodeID?) throws(SyntaxError) -> NodeID {
        let low = try sum(operand)
        guard take(.range) else { return low }
        skipLines()
        let high = try sum(nil)
        return tree.add(.range(low, high), tree.span(low).through(tree.span(high)))
    }

    // SUM: PRODUCT { ("+" | "-") PRODUCT }
    private mutating func sum(_ operand: NodeID?) throws(SyntaxError) -> NodeID {
        var left = try product(operand)
        while case .symbol(let symbol) = token.kind, let op = symbol.sum {
            advance()
            skipLines()
            let right = try product(nil)
            left = binary(op, left, right)
        }
        return left
    }

    // PRODUCT: UNARY { ("*" | "/" | "//" | "%") UNARY }
    private mutating func product(_ operand: NodeID?) throws(SyntaxError) -> NodeID {
        var left = if let operand { operand } else { try unary() }
        while case .symbol(let symbol) = token.kind, let op = symbol.product {
            advance()
            skipLines()
            let right = try unary()
            left = binary(op, left, right)
        }
        return left
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
            let value = if case .int(let magnitude) = literals[Int(literal.number)] { -magnitude } else { Int64.min }
            return try postfix(of: tree.add(.literal(.int(value)), start.through(end)))
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
                let name: String
                switch token.kind {
                case .word(let word), .quotedName(let word): name = text(word)
                default: throw expected("a field's name after `.`")
                }
                let end = advance().span
                if isNext(.openParen), !token.spaced { throw methodCall(name, end) }
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
            return tree.add(.literal(literals[Int(value.number)]), token.span)
        case .stringStart:
            return try string()
        case .variable(let name):
            advance()
            return tree.add(.variable(text(name)), token.span)
        case .quotedName(let name):
            advance()
            return tree.add(.name(text(name)), token.span)
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
            return tree.add(.literal(.null), token.span)
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
                return tree.add(.literal(.null), token.span)
            case .true, .false:
                advance()
                return tree.add(.literal(.bool(word == Name(.true))), token.span)
            case .if where following.kind == .symbol(.openParen): break
            default: throw expected("a value")
            }
        }
        advance()
        if isNext(.openParen) && !self.token.spaced {
            let open = advance().span
            let arguments = try items("(", open, .closeParen) { (parser) throws(SyntaxError) in try parser.expression() }
            return try window(of: tree.add(.call(text(word), arguments), token.span.through(lastSpan)))
        }
        // A column may bear a command's name, a variable may not: so the word alone can still be a name here.
        return tree.add(.name(text(word)), token.span)
    }

    // LIST: "[" [ EXPR { "," EXPR } [","] ] "]"
    private mutating func list() throws(SyntaxError) -> NodeID {
        let open = advance().span
        let values = try items("[", open, .closeBracket) { (parser) throws(SyntaxError) in try parser.expression() }
        return tree.add(.list(values), open.through(lastSpan))
    }

    // RECORD: "{" [ NAME ":" EXPR { "," NAME ":" EXPR } [","] ] "}"
    private mutating func record() throws(SyntaxError) -> NodeID {
        let open = advance().span
        let fields = try items("{", open, .closeBrace) { (parser) throws(SyntaxError) -> (name: String, value: NodeID) in
            let name: String
            switch parser.token.kind {
            case .word(let word), .quotedName(let word):
                name = parser.text(word)
                parser.advance()
            case .stringStart:
                let string = try parser.string()
                guard case .literal(.string(let text)) = parser.tree[string] else { throw parser.expected("a field's name") }
                name = text
            default: throw parser.expected("a field's name")
            }
            try parser.expect(.colon, "`:` and a value")
            return (name, try parser.expression())
        }
        return tree.add(.record(fields), open.through(lastSpan))
    }

    /// Items between brackets, separated by commas; the opening bracket has been taken.
    mutating func items<T>(
        _ bracket: String, _ open: Span, _ close: Symbol, _ item: (inout Parser) throws(SyntaxError) -> T
    ) throws(SyntaxError) -> [T] {
        try nested(joinsLines: true) { (parser) throws(SyntaxError) in
            var items: [T] = []
            while !parser.take(close) {
                if parser.isAtEnd { throw parser.unclosed(bracket, open, "") }
                let first = parser.token
                items.append(try item(&parser))
                if parser.take(.comma) { continue }
                if case .word(let word) = first.kind, parser.role(word).isCommand, !parser.isAtEnd, !parser.isNext(close) {
                    throw SyntaxError(fault: .commandInExpression(parser.text(word)), span: first.span)
                }
                guard parser.take(close) else { throw parser.unclosed(bracket, open, "`,` or `\(close.rawValue)`") }
                break
            }
            return items
        }
    }

    // STRING: its parts; one without interpolation is a literal, and has one part or none
    mutating func string() throws(SyntaxError) -> NodeID {
        let start = advance().span
        if case .stringPart(let text) = token.kind, case .stringEnd = following.kind {
            advance()
            return tree.add(.literal(literals[Int(text.number)]), start.through(advance().span))
        }
        var parts: [NodeID] = []
        parts.reserveCapacity(4)
        while true {
            let token = token
            switch token.kind {
            case .stringPart(let text):
                advance()
                parts.append(tree.add(.literal(literals[Int(text.number)]), token.span))
            case .interpolationStart:
                advance()
                let value = try nested(joinsLines: true) { (parser) throws(SyntaxError) in
                    let value = try parser.pipeline()
                    guard case .interpolationEnd = parser.token.kind else { throw parser.expected("`}`") }
                    parser.advance()
                    return value
                }
                parts.append(value)
            default:
                // The lexer gives nothing but parts, interpolations and the end between the quotes.
                let span = start.through(advance().span)
                if parts.isEmpty { return tree.add(.literal(.string("")), span) }
                return tree.add(.interpolation(parts), span)
            }
        }
    }
}
