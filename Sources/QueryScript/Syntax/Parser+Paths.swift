// Names of files that stand without their quotes, where what they are made of is no expression: `./orders.csv`, `json.gz`.
import QueryFormats

extension Parser {
    /// Refuses a path that begins with a point: `open ./orders.csv`, `dataset orders = ../data/orders.csv`.
    func refuseBarePath() throws(SyntaxError) {
        guard isPath(at) else { return }
        let span = run(from: at)
        throw SyntaxError(fault: .fileWithoutQuotes(source.text(span)), span: span)
    }

    /// Whether a path begins there: `./` or `../` behind a blank.
    func isPath(_ first: Int) -> Bool {
        guard first + 1 < tokens.count, tokens[first].spaced else { return false }
        let (point, slash) = (tokens[first], tokens[first + 1])
        return (point.kind == .symbol(.dot) || point.kind == .symbol(.range)) && slash.kind == .symbol(.slash) && !slash.spaced
    }

    /// The error that what was taken for the word of a format goes on as a file's name, as in `export j json.gz`: nil where it does not, or
    /// the command writes no file.
    func bareFile(_ usage: UsageLine) -> SyntaxError? {
        guard token.kind == .symbol(.dot), !token.spaced, at > 0, case .word(let name) = tokens[at - 1].kind, usage.slot(of: "to")?.isPath == true
        else { return nil }
        let span = run(from: at - 1)
        let word = text(name)
        let isFormat = usage.slot(of: "format") != nil && Formats.row(named: word) != nil
        return SyntaxError(fault: .fileWithoutTo(source.text(span), format: isFormat ? word : nil), span: span)
    }

    /// What stands there without a blank in it.
    private func run(from first: Int) -> Span {
        var last = first
        while last + 1 < tokens.count, !tokens[last + 1].spaced, !endsRun(tokens[last + 1].kind) { last += 1 }
        return tokens[first].span.through(tokens[last].span)
    }

    private func endsRun(_ kind: TokenKind) -> Bool {
        switch kind {
        case .end, .newline, .semicolon, .symbol(.pipe), .symbol(.comma), .symbol(.closeParen), .symbol(.closeBrace), .symbol(.closeBracket),
            .interpolationEnd: true
        default: false
        }
    }
}
