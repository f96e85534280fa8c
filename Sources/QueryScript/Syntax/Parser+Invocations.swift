// Pipelines, and the commands and transforms in them, which are read by their usage lines.
import QueryFrames

extension Parser {
    // PIPELINE: (EXPR | COMMAND) { "|" (TRANSFORM | COMMAND | NAME "(" ARGUMENTS ")") }
    mutating func pipeline() throws(SyntaxError) -> NodeID {
        let start = token.span
        var subject: NodeID?
        var stages: [Stage] = []
        if isPrompt && isNext(.pipe) {
            subject = tree.add(.name(tree.names.intern("_")), token.span)
        } else if case .word(let word) = token.kind, role(word).isCommand, let row = table.command(text(word)), row.usage.takesTopic || !isName(before: following) {
            stages.append(try command(row, isPiped: false))
        } else {
            subject = try firstExpression()
        }
        while take(.pipe) {
            skipLines()
            try stage(&subject, &stages, start)
        }
        if let subject, stages.isEmpty { return subject }
        return tree.add(PipelineNode(subject: subject, stages: stages), start.through(lastSpan))
    }

    /// Whether a command's word is a column's name here, because an operator follows it: `where (open > 1)`.
    private func isName(before next: Token) -> Bool {
        guard case .symbol(let symbol) = next.kind else { return false }
        switch symbol {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .plus, .star, .slash, .doubleSlash, .percent,
            .coalesce: return true
        case .range, .dot: return !isPath(at + 1)
        default: return false
        }
    }

    /// The expression a pipeline begins with. A lone word with more behind it was meant as a command.
    private mutating func firstExpression() throws(SyntaxError) -> NodeID {
        let first = token
        let value = try expression()
        guard case .word(let word) = first.kind, case .name = tree[value], !isAtStageEnd else { return value }
        switch token.kind {
        case .word, .quotedName, .variable, .integer, .float, .scalar, .stringStart:
            if role(word).isTransform { throw SyntaxError(fault: .transformWithoutPipe(text(word)), span: first.span) }
            throw SyntaxError(
                fault: .unknownCommand(text(word), known: table.commands.map(\.name) + Parser.statementWords.sorted(), afterPipe: false), span: first.span)
        default: return value
        }
    }

    private mutating func stage(_ subject: inout NodeID?, _ stages: inout [Stage], _ start: Span) throws(SyntaxError) {
        let token = token
        guard case .word(let name) = token.kind else { throw expected("a transform or a command") }
        let word = text(name)
        if let row = table.transform(word), following.kind != .symbol(.openParen) || following.spaced {
            advance()
            let arguments = try self.arguments(row.usage, isPiped: false)
            stages.append(Stage(kind: .transform(row, arguments), head: token.span, span: token.span.through(lastSpan)))
        } else if let row = table.command(word) {
            stages.append(try command(row, isPiped: true))
        } else if following.kind == .symbol(.openParen), !name.isReserved {
            // A function in a pipe takes the subject as its first argument.
            let call = try expression()
            guard case .call(let name, let arguments) = tree[call] else { throw expected("a transform or a command") }
            let piped = if let subject, stages.isEmpty { subject } else {
                tree.add(PipelineNode(subject: subject, stages: stages), start.through(token.span))
            }
            let list = tree.list([piped] + tree[arguments])
            subject = tree.add(.call(name, list), tree.span(call))
            stages = []
        } else {
            let known = table.transforms.map(\.name) + table.commands.map(\.name)
            throw SyntaxError(fault: .unknownCommand(word, known: known, afterPipe: true), span: token.span)
        }
    }

    private mutating func command(_ row: CommandRow, isPiped: Bool) throws(SyntaxError) -> Stage {
        let head = advance().span
        let arguments = try self.arguments(row.usage, isPiped: isPiped)
        return Stage(kind: .command(row, arguments), head: head, span: head.through(lastSpan))
    }

    /// The arguments that `usage` asks for, up to the end of the step.
    mutating func arguments(_ usage: UsageLine, isPiped: Bool) throws(SyntaxError) -> [Argument] {
        var read: [Argument] = []
        var isFilled = [Bool](repeating: false, count: usage.clauses.count)
        var places = [Span](repeating: Span(0, 0), count: usage.clauses.count)
        let head = lastSpan
        // What the pipe supplies is the first thing the line asks for.
        let piped = isPiped ? usage.clauses.firstIndex { $0.word == nil && $0.flags.isEmpty } : nil
        if let piped { isFilled[piped] = !usage.clauses[piped].repeats }
        while !isAtStageEnd || isTopic(usage) {
            if case .word(let name) = token.kind {
                let word = text(name)
                if !isSubject(word, of: usage, isFirst: read.isEmpty && !isPiped),
                    let index = usage.clauses.firstIndex(where: { $0.word == word || $0.flags.contains(word) })
                {
                    if isFilled[index] {
                        throw SyntaxError(fault: .repeatedClause(word, command: usage.name, first: places[index]), span: token.span)
                    }
                    isFilled[index] = true
                    places[index] = token.span
                    let clause = usage.clauses[index]
                    let span = advance().span
                    if clause.flags.contains(word) {
                        read.append(Argument(key: clause.key, value: .flag(word), span: span))
                    } else {
                        skipLines()
                        read += try self.clause(clause, usage, from: span)
                    }
                    continue
                }
            }
            guard let index = usage.clauses.indices.first(where: { !isFilled[$0] && usage.clauses[$0].word == nil && usage.clauses[$0].flags.isEmpty }) else {
                // A block may follow where a command stands in a statement's head: `for q in queries { }`.
                if isNext(.openBrace) { break }
                throw surplus(usage)
            }
            if isNext(.openBrace) && usage.clauses[index].isOptional { break }
            if isNext(.comma) { throw expected("\(usage.clauses[index].slotNames) (usage: \(usage.text))", remedy: .leaveOut) }
            isFilled[index] = true
            read += try clause(usage.clauses[index], usage, from: token.span)
        }
        for (index, clause) in usage.clauses.enumerated() where !isFilled[index] && !clause.isOptional && index != piped {
            let what = clause.word.map { "`\($0)`" } ?? clause.slotNames
            var span = isAtEnd || token.kind == .newline ? head : token.span
            if case .symbol(.pipe) = token.kind { span = head }
            // At the end of the text more may follow at a prompt only after an operator; a lone command is an error at once.
            throw SyntaxError(fault: .missingArgument(what, command: usage.name, usage: usage.text), span: span)
        }
        return read
    }

    /// Whether a word that begins a clause is meant as the name of the rows: `x` in `plot x`, `plot x y price` and `plot x bar`. It is where
    /// nothing stands behind it that could be the clause's column.
    private func isSubject(_ word: String, of usage: UsageLine, isFirst: Bool) -> Bool {
        guard isFirst, let first = usage.clauses.first, first.isSubject, !first.isOptional,
            let clause = usage.clauses.first(where: { $0.word == word }), case .slot(let slot)? = clause.shapes[0].first, slot.kind == .column
        else { return false }
        switch following.kind {
        case .word(let name):
            let next = text(name)
            return usage.clauses.contains { $0.word == next || $0.flags.contains(next) }
        case .quotedName, .variable, .stringStart: return false
        default: return true
        }
    }

    private func surplus(_ usage: UsageLine) -> SyntaxError {
        if case .word(let name) = token.kind {
            let word = text(name)
            // `sort by price`: the word before was taken for a column.
            if tokens[at - 1].kind == .word(Name(.by)) {
                return SyntaxError(
                    fault: .unknownClause("by", command: usage.name, usage: usage.text, known: []), span: tokens[at - 1].span, remedy: .leaveOut)
            }
            if following.kind == .symbol(.assign), usage.clauseWords.contains("with") {
                return SyntaxError(fault: .valueWithoutWord(word, command: usage.name, word: "with"), span: token.span)
            }
            return SyntaxError(
                fault: .unknownClause(word, command: usage.name, usage: usage.text, known: usage.clauseWords), span: token.span)
        }
        if isNext(.assign) { return assignmentInExpression() }
        if let file = bareFile(usage) { return file }
        return expected("the end of `\(usage.name)` (usage: \(usage.text))", remedy: remedyForSurplus(usage))
    }

    /// One clause: its items where it repeats or has several shapes, else the arguments of its one shape.
    private mutating func clause(_ clause: UsageLine.Clause, _ usage: UsageLine, from span: Span) throws(SyntaxError) -> [Argument] {
        if isAtStageEnd, !isTopic(usage) {
            throw SyntaxError(
                fault: .missingArgument(clause.slotNames, command: usage.name, usage: usage.text), span: span)
        }
        guard clause.repeats || clause.shapes.count > 1 else {
            var arguments = try shape(clause.shapes[0], usage)
            // A clause of one slot is known by its word.
            if let word = clause.word, arguments.count == 1 { arguments[0].key = word }
            return arguments
        }
        var items: [[Argument]] = []
        repeat {
            if !items.isEmpty { skipLines() }
            items.append(try shape(chooseShape(clause), usage))
        } while clause.repeats && take(.comma)
        return [Argument(key: clause.key, value: .items(items), span: span.through(lastSpan))]
    }

    /// Which of a clause's shapes stands here: the one with `=` where a name and `=` follow, and so on.
    private func chooseShape(_ clause: UsageLine.Clause) -> [UsageLine.Element] {
        let sign: Symbol? = if case .symbol(let symbol) = following.kind { symbol } else { nil }
        func has(_ shape: [UsageLine.Element], _ wanted: Symbol) -> Bool {
            shape.contains {
                switch $0 {
                case .equals: wanted == .assign
                case .equalEqual: wanted == .equal
                default: false
                }
            }
        }
        if let sign, let shape = clause.shapes.first(where: { has($0, sign) }) { return shape }
        return clause.shapes.first { !has($0, .assign) && !has($0, .equal) } ?? clause.shapes[0]
    }

    private mutating func shape(_ elements: [UsageLine.Element], _ usage: UsageLine) throws(SyntaxError) -> [Argument] {
        var arguments: [Argument] = []
        for (index, element) in elements.enumerated() {
            switch element {
            case .equals:
                var remedy: SyntaxRemedy?
                if index + 1 < elements.count, case .slot(let next) = elements[index + 1], next.kind == .rowExpression { remedy = .newName }
                if isNext(.equal) { throw expected("`=`") }
                guard take(.assign) else { throw expected("`=` (usage: \(usage.text))", remedy: remedy) }
                skipLines()
            case .equalEqual:
                try expect(.equal)
                skipLines()
            case .comma:
                try expect(.comma)
                skipLines()
            case .slot(let slot): arguments.append(try self.slot(slot))
            case .flags(let lead, let words):
                guard case .word(let name) = token.kind else { continue }
                let word = text(name)
                if let lead {
                    guard word == lead else { continue }
                    let span = advance().span
                    guard case .word(let choice) = token.kind, words.contains(text(choice)) else {
                        throw expected(words.map { "`\($0)`" }.joined(separator: " or "))
                    }
                    advance()
                    arguments.append(Argument(key: lead, value: .flag(text(choice)), span: span.through(lastSpan)))
                } else if words.contains(word) {
                    arguments.append(Argument(key: words[0], value: .flag(word), span: advance().span))
                }
            }
        }
        return arguments
    }

    private mutating func slot(_ slot: UsageLine.Slot) throws(SyntaxError) -> Argument {
        let token = token
        switch slot.kind {
        case .expression, .subject, .frame, .shell:
            if slot.isPath { try refuseBarePath() }
            let value = try expression()
            return Argument(key: slot.name, value: .expression(value), span: tree.span(value))
        case .rowExpression:
            let value = try expression()
            return Argument(key: slot.name, value: .rowExpression(value), span: tree.span(value))
        case .word, .column, .topic:
            return try wordArgument(slot, token)
        case .query:
            return try queryArgument(token)
        case .bindings:
            let bindings = try self.bindings()
            return Argument(key: slot.name, value: .bindings(bindings), span: token.span.through(lastSpan))
        }
    }

    // A bare word stands for itself; $v or a string gives it by value
    private mutating func wordArgument(_ slot: UsageLine.Slot, _ token: Token) throws(SyntaxError) -> Argument {
        if slot.kind == .topic, let topic = topic() { return Argument(key: slot.name, value: .word(topic), span: token.span.through(lastSpan)) }
        switch token.kind {
        case .word(let name), .quotedName(let name):
            if case .word = token.kind, name.isReserved, slot.kind != .topic {
                throw SyntaxError(fault: .reservedName(text(name)), span: token.span)
            }
            advance()
            return Argument(key: slot.name, value: slot.kind == .column ? .column(text(name)) : .word(text(name)), span: token.span)
        case .variable, .stringStart:
            let value = try expression()
            return Argument(key: slot.name, value: .expression(value), span: tree.span(value))
        default:
            let isStar = token.kind == .symbol(.star)
            throw expected(
                slot.kind == .column ? "a column's name" : "a \(slot.name.replacingUnderscores)",
                remedy: slot.kind == .column && isStar ? .allColumns : nil)
        }
    }

    /// Whether the sign of a pipe is what is asked about, as nothing stands behind it: `help |`.
    private func isTopic(_ usage: UsageLine) -> Bool {
        guard isNext(.pipe), usage.takesTopic else { return false }
        switch following.kind {
        case .end, .newline, .semicolon: return true
        default: return false
        }
    }

    // TOPIC: a sign, such as `==`, or words with dashes between them, such as `unknown-column`
    private mutating func topic() -> String? {
        switch token.kind {
        case .symbol: return source.text(advance().span)
        case .word(let first) where following.kind == .symbol(.minus) && !following.spaced:
            var topic = text(first)
            advance()
            while isNext(.minus), !token.spaced, case .word(let next) = following.kind, !following.spaced {
                advance()
                advance()
                topic += "-" + text(next)
            }
            return topic
        default: return nil
        }
    }

    // QUERY: NAME | "query(" EXPR ")" | STRING | "text(" EXPR ")"
    private mutating func queryArgument(_ token: Token) throws(SyntaxError) -> Argument {
        switch token.kind {
        case .word(Name(.query)) where following.kind == .symbol(.openParen), .word(Name(.text)) where following.kind == .symbol(.openParen):
            let call = try expression()
            guard case .call(let word, let arguments) = tree[call], arguments.count == 1 else {
                throw SyntaxError(fault: .expected("one value in `\(source.text(token.span))(...)`", found: nil), span: tree.span(call))
            }
            return Argument(key: word == Name(.query) ? "saved" : "text", value: .expression(tree[arguments, 0]), span: tree.span(call))
        case .word(let name), .quotedName(let name):
            if case .word = token.kind, name.isReserved { throw SyntaxError(fault: .reservedName(text(name)), span: token.span) }
            advance()
            return Argument(key: "saved", value: .word(text(name)), span: token.span)
        case .stringStart:
            let value = try expression()
            return Argument(key: "text", value: .expression(value), span: tree.span(value))
        case .variable:
            let value = try expression()
            return Argument(key: "saved", value: .expression(value), span: tree.span(value))
        default:
            throw expected("a saved query's name or query text in quotes")
        }
    }

    // BINDINGS: NAME "=" EXPR { "," NAME "=" EXPR }
    private mutating func bindings() throws(SyntaxError) -> [Binding] {
        var bindings: [Binding] = []
        repeat {
            if !bindings.isEmpty { skipLines() }
            let token = token
            let name: String
            switch token.kind {
            case .word(let word), .quotedName(let word): name = text(word)
            default: throw expected("a name and `=`")
            }
            advance()
            try expect(.assign, "`=` and a value")
            skipLines()
            bindings.append(Binding(name: name, nameSpan: token.span, value: try expression()))
        } while take(.comma)
        return bindings
    }
}

extension UsageLine {
    /// Whether what stands first behind the word is a topic, which may be a sign.
    fileprivate var takesTopic: Bool {
        guard let clause = clauses.first, case .slot(let slot)? = clause.shapes[0].first else { return false }
        return slot.kind == .topic
    }
}

extension UsageLine.Slot {
    /// Whether it is a file's name.
    var isPath: Bool { name == "path" && takes == .text }
}

extension UsageLine.Clause {
    /// What the clause asks for, in words of the usage line: `NAME = PATH`.
    var slotNames: String {
        shapes[0].compactMap { element -> String? in
            switch element {
            case .slot(let slot): slot.name.uppercased()
            case .equals: "="
            case .equalEqual: "=="
            case .comma: ","
            case .flags: nil
            }
        }.joined(separator: " ")
    }
}

extension String {
    /// `job_id` as `job id`.
    var replacingUnderscores: String { String(map { $0 == "_" ? " " : $0 }) }
}
