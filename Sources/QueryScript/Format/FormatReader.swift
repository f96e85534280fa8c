// From the tokens of a source, its comments and its syntax tree to what is laid out.

/// Reads statements for the layout.
struct FormatReader {
    private let source: Source
    private let table: CommandTable
    private let tokens: [Token]
    private let names: NameTable
    private let comments: [Span]
    private var nextComment = 0
    private var at = 0
    /// Where the last token or comment that counts ended.
    private var lastEnd = 0
    /// Where each statement ends, by the token it begins with.
    private var ends: [Int: Int] = [:]
    /// Where blocks, signs of numbers and names of `with` begin, in bytes.
    private var blocks: Set<Int32> = []
    private var signs: Set<Int32> = []
    private var bindings: Set<Int32> = []
    /// Words with dashes in them, which are several tokens and one name: `unknown-column`.
    private var dashed: [Span] = []
    /// The two tokens before the one that is read, within its statement.
    private var before: [Token] = []

    /// The statements of a script that could be parsed.
    static func statements(of source: Source, _ tree: SyntaxTree, table: CommandTable = .standard) -> [FormatStatement] {
        var reader = FormatReader(source, tree, table)
        var statements = reader.statements()
        // What is left are comments at the end.
        statements.append(FormatStatement(items: [.atom(reader.atom())]))
        return statements
    }

    private init(_ source: Source, _ tree: SyntaxTree, _ table: CommandTable) {
        self.source = source
        self.table = table
        let read = Lexer.read(source)
        (tokens, names, comments) = (read.tokens, read.names, read.comments)
        for range in tree.statementTokens { ends[range.lowerBound] = range.upperBound }
        for id in tree.ids {
            switch tree[id] {
            case .block: blocks.insert(tree.span(id).start)
            case .unary(.negate, _), .literal: signs.insert(tree.span(id).start)
            default: break
            }
        }
        for case .command(_, let arguments) in tree.pipelines.flatMap(\.stages).map(\.kind) {
            for case .bindings(let list) in arguments.map(\.value) { bindings.formUnion(list.map(\.nameSpan.start)) }
            for argument in arguments { if case .word(let word) = argument.value, word.utf8.contains(UInt8(ascii: "-")) { dashed.append(argument.span) } }
        }
    }

    // MARK: Structure

    private mutating func statements() -> [FormatStatement] {
        var statements: [FormatStatement] = []
        while true {
            skipSeparators()
            guard let end = ends[at] else { return statements }
            before = []
            statements.append(FormatStatement(items: items(upTo: end)))
        }
    }

    private mutating func skipSeparators() {
        while tokens[at].kind == .newline || tokens[at].kind == .semicolon { at += 1 }
    }

    private mutating func items(upTo end: Int) -> [FormatItem] {
        var items: [FormatItem] = []
        while at < end {
            switch tokens[at].kind {
            case .newline: at += 1
            case .symbol(.closeParen), .symbol(.closeBracket), .symbol(.closeBrace): return items
            case .symbol(.openBrace) where blocks.contains(tokens[at].span.start):
                let open = atom()
                let inner = statements()
                before = []
                let close = atom()
                items.append(.block(open: open, inner, close: close))
            case .symbol(.openParen), .symbol(.openBracket), .symbol(.openBrace):
                let open = atom()
                var inner = self.items(upTo: end)
                var close = atom()
                FormatReader.dropLastComma(&inner, &close)
                items.append(.group(open: open, inner, close: close))
            default: items.append(.atom(atom()))
            }
        }
        return items
    }

    /// A comma before what closes a list means nothing; comments on it go to what stands beside it.
    private static func dropLastComma(_ items: inout [FormatItem], _ close: inout FormatAtom) {
        guard case .atom(let comma)? = items.last, comma.isSymbol(.comma) else { return }
        items.removeLast()
        close.leading = comma.leading + (comma.trailing.map { [FormatComment(text: $0, isAfterBlankLine: false)] } ?? []) + close.leading
    }

    // MARK: Atoms

    /// The token here, or the string that begins here, with its comments.
    private mutating func atom() -> FormatAtom {
        while tokens[at].kind == .newline, at < tokens.count - 1 { at += 1 }
        let token = tokens[at]
        let start = Int(token.span.start)
        var leading: [FormatComment] = []
        while nextComment < comments.count, Int(comments[nextComment].start) < start {
            leading.append(FormatComment(text: comment(comments[nextComment]), isAfterBlankLine: isBlankLine(before: Int(comments[nextComment].start))))
            lastEnd = Int(comments[nextComment].end)
            nextComment += 1
        }
        var atom = FormatAtom(text: "", kind: token.kind, leading: leading, isAfterBlankLine: isBlankLine(before: start))
        atom.gap = gap(before: token)
        skipToken()
        let end = Int(tokens[at - 1].span.end)
        if token.kind != .end { atom.text = String(decoding: source.bytes[start..<end], as: UTF8.self) }
        lastEnd = end
        // A comment on the same line belongs to what it follows, also behind a semicolon.
        if nextComment < comments.count, token.kind != .end {
            let span = comments[nextComment]
            if !source.bytes[end..<Int(span.start)].contains(UInt8(ascii: "\n")), isNext(Int(span.start)) {
                atom.trailing = comment(span)
                lastEnd = Int(span.end)
                nextComment += 1
            }
        }
        before = [before.last, token].compactMap { $0 }
        return atom
    }

    /// Goes behind the token, or behind the string that begins with it.
    private mutating func skipToken() {
        var depth = 0
        repeat {
            switch tokens[at].kind {
            case .stringStart: depth += 1
            case .stringEnd: depth -= 1
            default: break
            }
            at += 1
        } while depth > 0
    }

    /// Whether no token but semicolons stands between here and the byte `offset`.
    private func isNext(_ offset: Int) -> Bool {
        var index = at
        while index < tokens.count, tokens[index].kind == .semicolon { index += 1 }
        return index >= tokens.count || Int(tokens[index].span.start) >= offset
    }

    private func comment(_ span: Span) -> String {
        var bytes = source.bytes[Int(span.start)..<Int(span.end)]
        while let last = bytes.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") || last == UInt8(ascii: "\r") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a blank line stands between what was read last and the byte `offset`.
    private func isBlankLine(before offset: Int) -> Bool {
        source.bytes[min(lastEnd, offset)..<offset].count { $0 == UInt8(ascii: "\n") } > 1
    }

    // MARK: Blanks

    /// What stands between the token before and this one.
    private func gap(before token: Token) -> String {
        guard let last = before.last else { return "" }
        if dashed.contains(where: { $0.start < token.span.start && token.span.start < $0.end }) { return "" }
        switch (last.kind, token.kind) {
        case (_, .symbol(.comma)), (_, .symbol(.colon)), (_, .symbol(.closeParen)), (_, .symbol(.closeBracket)),
            (.symbol(.openParen), _), (.symbol(.openBracket), _): return ""
        // Of a block they are written by themselves.
        case (_, .symbol(.closeBrace)), (.symbol(.openBrace), _): return ""
        case (_, .symbol(.dot)), (.symbol(.dot), _), (_, .symbol(.range)), (.symbol(.range), _): return ""
        case (.symbol(.minus), _) where isSign(last, after: before.count > 1 ? before[0] : nil): return ""
        case (_, .symbol(.assign)) where bindings.contains(last.span.start): return ""
        case (.symbol(.assign), _) where before.count > 1 && bindings.contains(before[0].span.start): return ""
        case (_, .symbol(.openParen)): return gap(beforeParenthesis: token, last)
        case (.word(let word), .symbol(.openBracket)): return token.spaced || word.isReserved || isCommand(word) ? " " : ""
        case (.quotedName, .symbol(.openBracket)), (.variable, .symbol(.openBracket)), (.stringEnd, .symbol(.openBracket)),
            (.symbol(.closeParen), .symbol(.openBracket)), (.symbol(.closeBracket), .symbol(.openBracket)),
            (.symbol(.closeBrace), .symbol(.openBracket)), (.stringStart, .symbol(.openBracket)), (.integer, .symbol(.openBracket)),
            (.float, .symbol(.openBracket)), (.scalar, .symbol(.openBracket)): return token.spaced ? " " : ""
        default: return " "
        }
    }

    /// `f(x)` is a call and `where (x)` is none, so what is written stays; but for words that are never called.
    private func gap(beforeParenthesis token: Token, _ last: Token) -> String {
        guard case .word(let word) = last.kind else {
            switch last.kind {
            case .quotedName, .variable, .stringStart, .symbol(.closeParen), .symbol(.closeBracket): return token.spaced ? " " : ""
            default: return " "
            }
        }
        let first = before.count > 1 ? before[0].kind : nil
        if first == .word(Name(.def)) { return "" }
        if word == Name(.over), first == .symbol(.closeParen) { return " " }
        if word == Name(.if) { return first == nil || first == .word(Name(.else)) || token.spaced ? " " : "" }
        if word.isReserved { return " " }
        return token.spaced || isCommand(word) ? " " : ""
    }

    /// Whether the word before is a command, at the beginning of a pipeline or after a pipe.
    private func isCommand(_ word: Name) -> Bool {
        switch before.count > 1 ? before[0].kind : nil {
        case nil, .symbol(.pipe)?, .symbol(.assign)?, .word(Name(.return))?, .word(Name(.in))?: table.command(names.text(word)) != nil
        default: false
        }
    }

    /// Whether a minus is the sign of what follows it.
    private func isSign(_ minus: Token, after last: Token?) -> Bool {
        if signs.contains(minus.span.start) { return true }
        switch last?.kind {
        case nil: return true
        case .symbol(let symbol)?:
            switch symbol {
            case .closeParen, .closeBracket, .closeBrace: return false
            default: return true
            }
        default: return false
        }
    }
}
