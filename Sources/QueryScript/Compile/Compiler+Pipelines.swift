// Pipelines of the compiler: chains of transforms become one call each, commands one each.
import QueryFormats
import QueryFrames

extension Compiler {
    mutating func pipeline(_ pipeline: PipelineNode, into target: Int, _ span: Span) {
        let stages = pipeline.stages
        var hasSubject = false
        if let subject = pipeline.subject {
            value(subject, into: target)
            hasSubject = true
        }
        for stage in stages.dropLast() { requireValue(of: stage, isPiped: true) }
        var index = 0
        while index < stages.count {
            let before = function.free
            switch stages[index].kind {
            case .command(let row, let arguments):
                command(row, arguments, piped: hasSubject ? target : nil, into: target, stages[index])
                index += 1
            case .transform:
                var end = index
                while end < stages.count, case .transform = stages[end].kind { end += 1 }
                transforms(stages[index..<end], into: target)
                index = end
            }
            hasSubject = true
            function.free = before
        }
    }

    // MARK: Commands

    /// Refuses a use of what a command gives where it gives nothing.
    mutating func requireValue(of stage: Stage, isPiped: Bool = false) {
        if case .command(let row, _) = stage.kind, row.usage.result == nil { fail(.noValue(command: row.name, isPiped: isPiped), stage.head) }
    }

    private mutating func command(_ row: CommandRow, _ arguments: [Argument], piped: Int?, into target: Int, _ stage: Stage) {
        var layout = CallLayout(base: function.free)
        var compiled: [CallArgument] = []
        if let piped, let clause = row.usage.clauses.first(where: { $0.word == nil && $0.flags.isEmpty }) {
            let register = self.register(stage.head)
            emit(.init(.move, a: UInt8(register), b: UInt8(piped)), stage.head)
            guard case .slot(let slot)? = clause.shapes[0].first else { return }
            let subject = CallArgument(key: slot.name, value: .register(register - layout.base), span: stage.head)
            compiled.append(clause.repeats ? CallArgument(key: clause.key, value: .items([[subject]]), span: stage.head) : subject)
        }
        for argument in arguments {
            compiled.append(self.argument(argument, &layout, of: row))
        }
        let call = Call(kind: .command(row, compiled), registerCount: function.free - layout.base, span: stage.head)
        self.call(call, base: layout.base, result: target)
    }

    /// Where the registers of a call begin, and what its row expressions mean by names and marks.
    struct CallLayout {
        var base: Int
        var variables: [(name: String, register: Int)] = []
        var marks: [Span] = []
        /// What functions in its row expressions take from around them, with the names under which it is loaded.
        var captured: [RowFunction.Capture: String] = [:]
        /// Whether windows may stand in its row expressions.
        var allowsWindows = false
    }

    private mutating func argument(_ argument: Argument, _ layout: inout CallLayout, of row: CommandRow?) -> CallArgument {
        let value: CallArgument.Value
        switch argument.value {
        case .expression(let id):
            if argument.key == "text", row?.usage.clauses.contains(where: { $0.isQuery }) ?? false, case .interpolation(let parts) = tree[id] {
                value = queryText(tree[parts], &layout)
            } else if row?.usage.hasShellText(argument.key) ?? false, case .interpolation(let parts) = tree[id] {
                value = shellText(tree[parts], layout)
            } else {
                if row?.effect == .savesQuery, argument.key == "as", case .interpolation = tree[id] { fail(.interpolationInSave, argument.span) }
                value = .register(register(for: id, layout))
            }
        case .rowExpression(let id): value = .rowExpression(rowExpression(id, &layout))
        case .column(let name): value = .column(name)
        case .word(let word):
            if row?.usage.hasFormat(argument.key) ?? false, Formats.row(named: word) == nil {
                fail(.unknownFormat(word, known: Formats.rows.map(\.name)), argument.span)
            }
            if row == nil, argument.key == "type", !Functions.types.contains(word) {
                fail(.plan(.unknownType(name: word, types: Functions.types, mark: 0)), argument.span)
            }
            value = .word(word)
        case .flag(let word): value = .flag(word)
        case .bindings(let bindings):
            var places: [String: Span] = [:]
            value = .bindings(bindings.map { binding in
                if let first = places[binding.name] { fail(.repeatedBinding(binding.name, first: first), binding.nameSpan) }
                places[binding.name] = binding.nameSpan
                guard row?.effect == .connects, binding.name == SecretSource.option else {
                    return .init(name: binding.name, register: register(for: binding.value, layout), span: binding.nameSpan)
                }
                return secret(binding, layout)
            })
        case .items(let items):
            value = .items(items.map { item in item.map { self.argument($0, &layout, of: row) } })
        }
        layout.marks.append(argument.span)
        return CallArgument(key: argument.key, value: value, span: argument.span, mark: Int32(layout.marks.count - 1))
    }

    /// `token = env("NAME")`: what names a secret is not computed, so that the secret is no value of the script.
    private mutating func secret(_ binding: Binding, _ layout: CallLayout) -> CallArgument.Binding {
        guard case .call(let name, let arguments) = tree[binding.value], let source = SecretSource(rawValue: tree.text(name)), arguments.count == 1
        else {
            fail(.plainSecret(binding.name), tree.span(binding.value))
            return .init(name: binding.name, register: register(for: binding.value, layout), span: binding.nameSpan)
        }
        return .init(name: binding.name, register: register(for: tree[arguments, 0], layout), span: binding.nameSpan, source: source)
    }

    /// A register of the call, counted from its base, that holds the value of `id`.
    mutating func register(for id: NodeID, _ layout: CallLayout) -> Int {
        let register = self.register(tree.span(id))
        value(id, into: register)
        return register - layout.base
    }

    /// The text of a query whose `${}` become placeholders, so that no value is ever pasted into it.
    private mutating func queryText(_ parts: ArraySlice<NodeID>, _ layout: inout CallLayout) -> CallArgument.Value {
        var text = ""
        var values: [(name: String, register: Int)] = []
        var quotes = QuoteScanner()
        for part in parts {
            if let piece = writtenText(part) {
                text += piece
                quotes.scan(piece)
            } else {
                if quotes.isInside { fail(.quotedInterpolation, tree.span(part)) }
                let name = "value_\(values.count + 1)"
                text += "{{\(name)}}"
                values.append((name, register(for: part, layout)))
            }
        }
        return .queryText(text, values)
    }

    /// A part of an interpolation that is text as it was written; nil of a value, also of one that is text itself: `${"a"}`.
    private func writtenText(_ part: NodeID) -> String? {
        guard case .string(let piece)? = tree.literal(part) else { return nil }
        let bytes = program.source.bytes
        var index = Int(tree.span(part).start) - 1
        while index > 0, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[index]) { index -= 1 }
        let isValue = index > 0 && bytes[index] == UInt8(ascii: "{") && bytes[index - 1] == UInt8(ascii: "$")
        return isValue ? nil : piece
    }

    /// The text of a shell command whose `${}` become variables of the shell, each one word.
    private mutating func shellText(_ parts: ArraySlice<NodeID>, _ layout: CallLayout) -> CallArgument.Value {
        var text = ""
        var registers: [Int] = []
        var quotes = ShellQuotes()
        for part in parts {
            if let piece = writtenText(part) {
                text += piece
                quotes.scan(piece)
            } else {
                if quotes.isInside { fail(.quotedShellValue, tree.span(part)) }
                registers.append(register(for: part, layout))
                text += ShellText.word(registers.count)
                quotes.scanValue()
            }
        }
        return .shellText(text, registers)
    }

    // MARK: Transforms

    private mutating func transforms(_ stages: ArraySlice<Stage>, into target: Int) {
        guard let first = stages.first, let last = stages.last else { return }
        let span = first.span.through(last.span)
        var layout = CallLayout(base: function.free)
        emit(.init(.move, a: UInt8(register(span)), b: UInt8(target)), span)
        var steps: [(row: TransformRow, arguments: [CallArgument], span: Span)] = []
        for stage in stages {
            guard case .transform(let row, let arguments) = stage.kind else { continue }
            layout.allowsWindows = row.allowsWindows
            steps.append((row, arguments.map { argument($0, &layout, of: nil) }, stage.head))
        }
        let transforms = TransformCall(steps: steps, variables: layout.variables, marks: layout.marks)
        call(Call(kind: .transforms(transforms), registerCount: function.free - layout.base, span: span), base: layout.base, result: target)
    }

    // MARK: Row expressions

    /// The expression as frames take it. Names that could be variables are loaded beside the call; what needs the script
    /// itself (`$r.month`, a pipeline in parentheses) is computed before it and stands as a variable of its own.
    private mutating func rowExpression(_ id: NodeID, _ layout: inout CallLayout) -> Expression {
        var nodes: [Expression.Node] = []
        _ = rowNode(id, &nodes, &layout)
        return Expression(nodes: nodes)
    }

    mutating func rowNode(_ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout) -> Int {
        // Operators that lean to the left are walked in a loop, as in the script's own expressions.
        var links: [(BinaryOperator, NodeID, NodeID)] = []
        var left = id
        while case .binary(let op, let next, let right) = tree[left] {
            checkPattern(op, right)
            warnOfNull(op, next, right)
            links.append((op, right, left))
            left = next
        }
        var current = rowOperand(left, &nodes, &layout)
        for (op, right, link) in links.reversed() {
            let other = rowNode(right, &nodes, &layout)
            current = add(.binary(op, current, other), link, &nodes, &layout)
        }
        return current
    }

    private mutating func rowOperand(_ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout) -> Int {
        switch tree[id] {
        case .literal(let literal): return add(.literal(tree[literal]), id, &nodes, &layout)
        case .name(let found), .variable(let found):
            let name = tree.text(found)
            if !rowFunctions.isEmpty { return rowName(name, id, &nodes, &layout) }
            if case .name = tree[id] {
                if place(of: found) != nil { capture(name, id, &layout) }
                return add(.name(name), id, &nodes, &layout)
            }
            capture(name, id, &layout)
            return add(.variable(name), id, &nodes, &layout)
        case .unary(let op, let operand):
            let inner = rowNode(operand, &nodes, &layout)
            return add(.unary(op, inner), id, &nodes, &layout)
        case .between(let subject, let low, let high):
            let x = rowNode(subject, &nodes, &layout)
            let from = rowNode(low, &nodes, &layout)
            let first = add(.binary(.greaterOrEqual, x, from), id, &nodes, &layout)
            let to = rowNode(high, &nodes, &layout)
            let second = add(.binary(.lessOrEqual, x, to), id, &nodes, &layout)
            return add(.binary(.and, first, second), id, &nodes, &layout)
        case .list(let items):
            let parts = tree[items].map { rowNode($0, &nodes, &layout) }
            return add(.list(parts), id, &nodes, &layout)
        case .call(let found, let list):
            let name = tree.text(found), arguments = tree[list]
            if let called = definition(of: name) { return rowCall(called, arguments, id, &nodes, &layout) }
            if let row = Aggregates.row(named: name) {
                if !row.arity.contains(arguments.count) {
                    fail(.argumentCount(function: name, usage: row.usage, found: arguments.count), tree.span(id))
                }
            } else if !isVariable(name), CommandTable.standard.function(name) != nil {
                if rowFunctions.isEmpty { return scriptValue(id, &nodes, &layout) }
                refuse("call of `\(name)`", id)
            } else if isVariable(name), Functions.row(named: name) == nil {
                refuse("function that a variable holds", id)
            } else {
                _ = builtIn(name, arguments.count, rowSpan(id))
            }
            let parts = arguments.map { rowNode($0, &nodes, &layout) }
            return add(.call(name, parts), id, &nodes, &layout)
        case .window(let window): return rowWindow(tree.window(window), id, &nodes, &layout)
        case .interpolation(let parts): return rowInterpolation(tree[parts], id, &nodes, &layout)
        case .member, .index: return rowReach(id, &nodes, &layout)
        case .pipeline: return rowFunctions.isEmpty ? scriptValue(id, &nodes, &layout) : rowPath(id, &nodes, &layout)
        case .record: refuse("record", id)
        case .range: refuse("range", id)
        default: refuse("statement", id)
        }
        return add(.literal(.null), id, &nodes, &layout)
    }

    /// What the script itself computes, before any row: a variable that is called as it is written.
    mutating func scriptValue(_ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout) -> Int {
        let name = program.source.text(tree.span(id))
        if !layout.variables.contains(where: { $0.name == name }) {
            layout.variables.append((name, register(for: id, layout)))
        }
        return add(.variable(name), id, &nodes, &layout)
    }

    /// `lag(x, 1) over (by region sort day)`
    private mutating func rowWindow(
        _ window: WindowNode, _ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout
    ) -> Int {
        let name = tree.text(window.name), arguments = tree[window.arguments], over = window.over
        if isWindow(name, arguments.count, tree.span(id)), !layout.allowsWindows {
            fail(.plan(.windowMisplaced(function: name, mark: 0)), tree.span(id))
        }
        let parts = arguments.map { rowNode($0, &nodes, &layout) }
        var by: [Int] = []
        for column in over.by {
            layout.marks.append(column.span)
            nodes.append(Expression.Node(.name(column.name), mark: Int32(layout.marks.count - 1)))
            by.append(nodes.count - 1)
        }
        let sort = over.sort.map { key in
            Expression.Window.Key(rowNode(key.key, &nodes, &layout), descending: key.descending, nullsFirst: key.nullsFirst)
        }
        return add(.window(name, parts, Expression.Window(by: by, sort: sort)), id, &nodes, &layout)
    }

    /// `"${a}-b"` over columns: the texts of its parts joined, null written as `null` as everywhere in interpolation.
    private mutating func rowInterpolation(
        _ parts: ArraySlice<NodeID>, _ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout
    ) -> Int {
        var joined: Int?
        for part in parts {
            var text = rowNode(part, &nodes, &layout)
            if case .string? = tree.literal(part) {} else {
                text = add(.call("string", [text]), part, &nodes, &layout)
                let null = add(.literal(.string("null")), part, &nodes, &layout)
                text = add(.binary(.coalesce, text, null), part, &nodes, &layout)
            }
            joined = joined.map { add(.binary(.add, $0, text), id, &nodes, &layout) } ?? text
        }
        return joined ?? add(.literal(.string("")), id, &nodes, &layout)
    }

    mutating func add(_ kind: Expression.Kind, _ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout) -> Int {
        layout.marks.append(rowSpan(id))
        nodes.append(Expression.Node(kind, mark: Int32(layout.marks.count - 1)))
        return nodes.count - 1
    }

    private mutating func capture(_ name: String, _ id: NodeID, _ layout: inout CallLayout) {
        guard !layout.variables.contains(where: { $0.name == name }) else { return }
        layout.variables.append((name, register(for: id, layout)))
    }
}

extension UsageLine {
    /// Whether the clause `key` takes a command of the shell.
    fileprivate func hasShellText(_ key: String) -> Bool {
        clauses.contains { clause in
            guard clause.key == key, case .slot(let slot)? = clause.shapes[0].first else { return false }
            return slot.kind == .shell
        }
    }

    /// Whether the clause `key` takes a format.
    fileprivate func hasFormat(_ key: String) -> Bool {
        clauses.contains { clause in
            guard clause.key == key, case .slot(let slot)? = clause.shapes[0].first else { return false }
            return slot.name == "format"
        }
    }
}

extension UsageLine.Clause {
    /// Whether the clause takes a query: a name, or text whose `${}` are bound.
    var isQuery: Bool {
        shapes.contains { shape in
            shape.contains { element in
                if case .slot(let slot) = element { slot.kind == .query } else { false }
            }
        }
    }
}
