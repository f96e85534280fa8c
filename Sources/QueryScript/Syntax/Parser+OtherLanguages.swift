// Mistakes of the parser's readers that come from another language: signs such as `<>`, and words where a value's name was meant.
import QueryFrames

extension Parser {
    /// The sign of another language that the next token is a part of, and its place: `<>` where `>` stands.
    func otherSign() -> SyntaxError? {
        var index = at
        if joinsLines { while case .newline = tokens[index].kind { index += 1 } }
        var first = index
        while first > 0, index - first < 2, case .symbol = tokens[first - 1].kind, !tokens[first].spaced { first -= 1 }
        var last = index
        while last + 1 < tokens.count, last - index < 2, case .symbol = tokens[last + 1].kind, !tokens[last + 1].spaced { last += 1 }
        for start in first...index {
            for end in (index...last).reversed() {
                let span = tokens[start].span.through(tokens[end].span)
                let text = source.text(span)
                if OtherLanguages.hint(forSign: text) != nil { return SyntaxError(fault: .otherSign(text), span: span) }
            }
        }
        return nil
    }

    /// `-- ...` at the beginning of a statement, which would be a value without a sign.
    func refuseDashes() throws(SyntaxError) {
        guard isNext(.minus), following.kind == .symbol(.minus), !following.spaced, at + 2 < tokens.count, tokens[at + 2].spaced
        else { return }
        throw SyntaxError(fault: .otherSign("--"), span: token.span.through(following.span))
    }

    /// `select * from orders`, which is a query and no product.
    func refuseQueryText() throws(SyntaxError) {
        guard case .word(let word) = token.kind, following.kind == .symbol(.star), at + 2 < tokens.count,
            case .word(let next) = tokens[at + 2].kind, text(next).lowercased() == "from"
        else { return }
        throw SyntaxError(fault: .unknownCommand(text(word).uppercased(), known: [], afterPipe: false), span: token.span)
    }

    /// The error that `x.name(...)` is.
    func methodCall(_ name: String, _ span: Span) -> SyntaxError {
        let kind: MethodName =
            if table.transform(name) != nil { .transform }
            else if Functions.row(named: name) != nil || Aggregates.row(named: name) != nil || table.function(name) != nil { .function }
            else if table.command(name) != nil { .command }
            else { .unknown }
        return SyntaxError(fault: .methodCall(name, kind), span: span)
    }

    /// What would mend what stands behind all arguments of a command.
    func remedyForSurplus(_ usage: UsageLine) -> SyntaxRemedy? {
        guard at > 0 else { return nil }
        if token.kind == .symbol(.greater), usage.clauseWords.contains("to") { return .to }
        guard case .word(let name) = tokens[at - 1].kind else {
            switch token.kind {
            case .stringStart, .integer, .float, .scalar, .variable, .quotedName: return usage.clauses.contains { $0.repeats } ? .comma : nil
            default: return nil
            }
        }
        let last = text(name)
        switch token.kind {
        case .stringStart where !token.spaced && last.utf8.count == 1: return .plainString
        case .stringStart, .integer, .float, .scalar, .variable, .quotedName:
            return Functions.row(named: last) != nil || Aggregates.row(named: last) != nil ? .callInParentheses(last) : nil
        case .symbol(.colon): return .newName
        case .symbol(.dot): return .plainColumn
        default: return nil
        }
    }
}
