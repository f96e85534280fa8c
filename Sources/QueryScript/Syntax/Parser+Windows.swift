// `over (by region sort day desc)` after a call, which makes it a window over other rows; its usage line is its grammar.

extension UsageLine {
    /// What stands in the parentheses of a window.
    static let over = UsageLine(builtIn: "over [by COL, ...] [sort EXPR [asc|desc] [nulls first|last], ...]")
}

extension Parser {
    // WINDOW: "over" "(" ["by" NAME { "," NAME }] ["sort" KEY { "," KEY }] ")"
    mutating func window(of call: NodeID) throws(SyntaxError) -> NodeID {
        guard case .word(Name(.over)) = token.kind, following.kind == .symbol(.openParen), case .call(let name, let values) = tree[call] else {
            return call
        }
        advance()
        let open = advance().span
        let arguments = try nested(joinsLines: true) { (parser) throws(SyntaxError) in
            let arguments = try parser.arguments(.over, isPiped: false)
            guard parser.take(.closeParen) else { throw parser.unclosed("(", open, "`)`") }
            return arguments
        }
        var over = Over()
        for case .items(let items) in arguments.map(\.value) {
            for item in items {
                switch item[0].value {
                case .column(let name): over.by.append((name, item[0].span))
                case .rowExpression(let key):
                    let flags = item.dropFirst().compactMap { if case .flag(let word) = $0.value { word } else { nil } }
                    over.sort.append((key, flags.contains("desc"), flags.contains("first")))
                default: throw SyntaxError(fault: .expected("a column's name", found: source.text(item[0].span)), span: item[0].span)
                }
            }
        }
        return tree.add(WindowNode(name: name, arguments: values, over: over), tree.span(call).through(lastSpan))
    }
}
