// Writes statements in their layout: in one line where they fit, else broken before pipes, then after commas and before `and` and
// `or`, then behind operators, those that bind least first, then inside of brackets.

/// Writes the layout of a script.
struct FormatWriter {
    private(set) var text = ""
    /// Lines that have ended.
    private var lines = 0
    /// Columns that the line has so far.
    private var column = 0
    private var isAtLineStart = true
    /// Whether a comment stands at the end of the line, so that nothing else can.
    private var mustBreak = false

    mutating func script(_ statements: [FormatStatement]) { write(statements, indent: 0) }

    // MARK: Statements

    private mutating func write(_ statements: [FormatStatement], indent: Int) {
        for (index, statement) in statements.enumerated() {
            guard let first = statement.items.first?.first else { continue }
            writeComments(of: first, indent: indent, isFirst: index == 0)
            if first.kind == .end { return }
            if first.isAfterBlankLine, index > 0 || !first.leading.isEmpty { text += "\n" }
            beginLine(indent)
            var items = statement.items
            items[0].dropLeading()
            write(statement: items[...], indent: indent)
            endLine()
        }
    }

    /// The comments before a statement, or before what closes a block, in lines of their own.
    private mutating func writeComments(of atom: FormatAtom, indent: Int, isFirst: Bool) {
        for (index, comment) in atom.leading.enumerated() {
            if comment.isAfterBlankLine, !isFirst || index > 0 { text += "\n" }
            beginLine(indent)
            put(comment.text)
            endLine()
        }
    }

    private mutating func write(statement items: ArraySlice<FormatItem>, indent: Int) {
        if let line = FormatLine(items), fits(line) { return put(line) }
        var rest = items
        while let place = rest.firstIndex(where: \.isBlock) {
            write(rest[..<place], indent: indent, breaking: .pipes)
            if case .block(let open, let inner, let close) = rest[place] { writeBlock(open, inner, close, indent: indent) }
            rest = rest[(place + 1)...]
            // `else` stands beside the brace, unless a comment comes between.
            guard let next = rest.first?.first, mustBreak || !next.leading.isEmpty else { continue }
            endLine()
            writeComments(of: next, indent: indent, isFirst: true)
            rest[rest.startIndex].dropLeading()
            beginLine(indent)
        }
        write(rest, indent: indent, breaking: .pipes)
    }

    private mutating func writeBlock(_ open: FormatAtom, _ inner: [FormatStatement], _ close: FormatAtom, indent: Int) {
        put(open, continued: indent + ScriptFormat.step)
        endLine()
        write(inner, indent: indent + ScriptFormat.step)
        writeComments(of: close, indent: indent + ScriptFormat.step, isFirst: inner.isEmpty)
        beginLine(indent)
        put(close.text)
        trail(close.trailing)
    }

    // MARK: Parts of statements

    /// Where items may be broken that do not fit in a line, from the outside in.
    private enum Breaking: Int {
        case pipes, commas, comparisons, coalescing, sums, products, brackets

        var next: Breaking { Breaking(rawValue: rawValue + 1) ?? .brackets }

        /// The operators behind which a line may end.
        var operators: Set<Symbol> {
            switch self {
            case .comparisons: [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
            case .coalescing: [.coalesce]
            case .sums: [.plus, .minus]
            case .products: [.star, .slash, .doubleSlash, .percent]
            case .pipes, .commas, .brackets: []
            }
        }
    }

    /// Writes items that follow each other; lines that go on are moved to the right of `indent`.
    private mutating func write(_ items: ArraySlice<FormatItem>, indent: Int, breaking: Breaking) {
        guard !items.isEmpty else { return }
        if !mustBreak, let line = FormatLine(items), fits(line) { return put(line) }
        let parts: [ArraySlice<FormatItem>]
        switch breaking {
        case .pipes: parts = items.split(at: { $1.isSymbol(.pipe) })
        case .commas: parts = items.partsOfClauses
        case .comparisons, .coalescing, .sums, .products: parts = items.split(behind: breaking.operators)
        case .brackets: return writeBrackets(items, indent: indent)
        }
        let continued = indent + ScriptFormat.step
        var first = lines
        for (index, part) in parts.enumerated() {
            // Behind what takes several lines begins a line.
            let isAlone = breaking == .pipes || breaking == .commas && lines > first
            if index > 0, isAlone || mustBreak || !(FormatLine(part).map { fits($0) } ?? false) { breakLine(continued) }
            first = lines
            write(part, indent: index == 0 ? indent : continued, breaking: breaking.next)
        }
    }

    /// Writes items one by one, and what is in brackets over several lines where it does not fit.
    private mutating func writeBrackets(_ items: ArraySlice<FormatItem>, indent: Int) {
        let continued = indent + ScriptFormat.step
        for index in items.indices {
            guard case .group(let open, let inner, var close) = items[index] else {
                put(items[index].first, continued: continued)
                continue
            }
            if !mustBreak, let line = FormatLine(items[index...index]), fits(line) {
                put(line)
                continue
            }
            put(open, continued: continued)
            let parts = inner.contains { $0.first.isSymbol(.pipe) } ? [inner[...]] : inner[...].split(at: { last, _ in last.isSymbol(.comma) })
            let isFilled = parts.allSatisfy { FormatLine($0).map { $0.firstWidth <= ScriptFormat.shortItem && !$0.isLong } ?? false }
            for (number, part) in parts.enumerated() where !part.isEmpty {
                if number == 0 || !isFilled || mustBreak || !(FormatLine(part).map { fits($0) } ?? false) { breakLine(continued) }
                write(part, indent: continued, breaking: .pipes)
            }
            for comment in close.leading {
                breakLine(continued)
                put(comment.text)
            }
            close.leading = []
            if !inner.isEmpty || !isAtLineStart { breakLine(indent) }
            put(close, continued: indent)
        }
    }

    // MARK: Lines

    private func fits(_ line: FormatLine) -> Bool {
        let start = isAtLineStart ? column : column + line.gap.utf8.count
        return start + line.firstWidth <= ScriptFormat.width && (!line.isLong || line.lastWidth <= ScriptFormat.width)
    }

    private mutating func put(_ line: FormatLine) {
        let start = isAtLineStart ? column : column + line.gap.utf8.count
        put(line.text, gap: line.gap)
        column = line.isLong ? line.lastWidth : start + line.firstWidth
        trail(line.trailing)
    }

    /// Writes an atom with the comments around it.
    private mutating func put(_ atom: FormatAtom, continued: Int) {
        // What begins a line does so below its comments too.
        let indent = isAtLineStart ? column : continued
        for comment in atom.leading {
            if !isAtLineStart { breakLine(indent) }
            put(comment.text)
            mustBreak = true
        }
        if mustBreak { breakLine(indent) }
        if let line = FormatLine([.atom(atom.withoutComments)]) { put(line) }
        trail(atom.trailing)
    }

    private mutating func trail(_ comment: String?) {
        guard let comment else { return }
        put(comment, gap: "  ")
        mustBreak = true
    }

    private mutating func put(_ part: String, gap: String = "") {
        let whole = isAtLineStart ? part : gap + part
        text += whole
        column += whole.count
        isAtLineStart = false
    }

    private mutating func beginLine(_ indent: Int) {
        text += String(repeating: " ", count: indent)
        column = indent
        isAtLineStart = true
        mustBreak = false
    }

    private mutating func endLine() {
        text += "\n"
        lines += 1
        column = 0
        isAtLineStart = true
        mustBreak = false
    }

    private mutating func breakLine(_ indent: Int) {
        endLine()
        beginLine(indent)
    }
}

extension FormatAtom {
    fileprivate var withoutComments: FormatAtom {
        var atom = self
        atom.leading = []
        atom.trailing = nil
        return atom
    }
}

extension FormatItem {
    /// Takes away the comments before it, which have been written.
    fileprivate mutating func dropLeading() {
        switch self {
        case .atom(var atom):
            atom.leading = []
            self = .atom(atom)
        case .group(var open, let inner, let close):
            open.leading = []
            self = .group(open: open, inner, close: close)
        case .block(var open, let inner, let close):
            open.leading = []
            self = .block(open: open, inner, close: close)
        }
    }
}

extension ArraySlice<FormatItem> {
    /// The parts between places where `isBreak` says so of the items before and after.
    fileprivate func split(at isBreak: (_ last: FormatAtom, _ next: FormatAtom) -> Bool) -> [ArraySlice<FormatItem>] {
        var parts: [ArraySlice<FormatItem>] = []
        var start = startIndex
        for index in indices.dropFirst() where isBreak(self[index - 1].first, self[index].first) {
            parts.append(self[start..<index])
            start = index
        }
        parts.append(self[start...])
        return parts
    }

    /// The parts that end with one of these operators. A sign is none: nothing stands between it and its number.
    fileprivate func split(behind operators: Set<Symbol>) -> [ArraySlice<FormatItem>] {
        split(at: { last, next in
            guard case .symbol(let symbol) = last.kind else { return false }
            return operators.contains(symbol) && !next.gap.isEmpty
        })
    }

    /// The parts after commas and before `and` and `or`; the `and` of `between` breaks nothing.
    fileprivate var partsOfClauses: [ArraySlice<FormatItem>] {
        var isBetween = false
        return split(at: { last, next in
            if last.kind == .word(Name(.between)) { isBetween = true }
            if last.isSymbol(.comma) || next.kind == .word(Name(.or)) { return true }
            guard next.kind == .word(Name(.and)) else { return false }
            defer { isBetween = false }
            return !isBetween
        })
    }
}
