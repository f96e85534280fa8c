// Expressions of the compiler: each leaves its value in a register.
import QueryFormats
import QueryFrames

extension Compiler {
    /// The register that holds the value of `id`: the variable's own where it is one, else a new one.
    mutating func value(_ id: NodeID) -> Int {
        switch tree[id] {
        case .name(let name), .variable(let name):
            if case .register(let register)? = place(of: name) { return register }
        default: break
        }
        let target = register(tree.span(id))
        value(id, into: target)
        return target
    }

    /// Puts the value of `id` into `target`.
    mutating func value(_ id: NodeID, into target: Int) {
        let span = tree.span(id)
        let before = function.free
        defer { function.free = before }
        switch tree[id] {
        case .literal(let literal): emit(.init(.constant, a: UInt8(target), k: Int32(literal.number)), span)
        case .name(let name), .variable(let name): variable(name, into: target, span)
        case .interpolation(let parts): interpolation(tree[parts], into: target, span)
        case .list(let items): list(tree[items], into: target, span)
        case .record(let fields): record(id, tree[fields], into: target, span)
        case .unary(let op, let operand):
            emit(.init(op.operation, a: UInt8(target), b: UInt8(value(operand))), span)
        case .between(let subject, let low, let high):
            // x between a and b is x >= a and x <= b over one x.
            let x = value(subject)
            let first = register(span), second = register(span)
            emit(.init(.greaterOrEqual, a: UInt8(first), b: UInt8(x), c: UInt8(value(low)), k: literals(subject, low)), span)
            emit(.init(.lessOrEqual, a: UInt8(second), b: UInt8(x), c: UInt8(value(high)), k: literals(subject, high)), span)
            emit(.init(.and, a: UInt8(target), b: UInt8(first), c: UInt8(second)), span)
        case .range(let low, let high):
            let from = value(low)
            emit(.init(.range, a: UInt8(target), b: UInt8(from), c: UInt8(value(high))), span)
        case .binary, .member, .index: chain(id, into: target)
        case .call(let name, let arguments): functionCall(name, arguments, into: target, span)
        case .window(let window): fail(.plan(.windowMisplaced(function: tree.text(tree.window(window).name), mark: 0)), span)
        case .pipeline(let part):
            let pipeline = tree.pipeline(part)
            if let last = pipeline.stages.last { requireValue(of: last) }
            self.pipeline(pipeline, into: target, span)
        default: break
        }
    }

    mutating func variable(_ name: Name, into target: Int, _ span: Span) {
        switch place(of: name) {
        case .register(let register):
            if register != target { emit(.init(.move, a: UInt8(target), b: UInt8(register)), span) }
        case .cell(let cell): emit(.init(.loadCell, a: UInt8(target), b: UInt8(cell)), span)
        case .captured(let index): emit(.init(.loadCaptured, a: UInt8(target), k: Int32(index)), span)
        case .global(let slot): emit(.init(.loadGlobal, a: UInt8(target), k: Int32(slot)), span)
        case nil: fail(.unknownName(tree.text(name), known: namesInScope), span)
        }
    }

    /// Which operands of an operator are floats that the script has literally, as bits of its instruction.
    func literals(_ left: NodeID, _ right: NodeID) -> Int32 {
        (isFloatLiteral(left) ? Instruction.leftIsLiteral : 0) | (isFloatLiteral(right) ? Instruction.rightIsLiteral : 0)
    }

    /// Which items of a list are floats that the script has literally, as bits of `contains`.
    private func literalItems(_ list: NodeID) -> Int32 {
        guard case .list(let list) = tree[list] else { return 0 }
        let items = tree[list]
        // The last bit stands for all items from there on, so it is set where none of them is anything else.
        var bits: Int32 = 0
        for (index, item) in items.enumerated().prefix(31) where isFloatLiteral(item) { bits |= Instruction.literalItem(index) }
        return items.dropFirst(31).allSatisfy(isLiteral) ? bits | Instruction.literalItem(31) : bits
    }

    private func isLiteral(_ id: NodeID) -> Bool {
        switch tree[id] {
        case .literal: true
        case .unary(.negate, let operand): isLiteral(operand)
        default: false
        }
    }

    func isFloatLiteral(_ id: NodeID) -> Bool {
        switch tree[id] {
        case .literal(let literal): if case .float = tree[literal] { true } else { false }
        case .unary(.negate, let operand): isFloatLiteral(operand)
        default: false
        }
    }

    /// `a + b - c`, `x.y[0].z`: what leans to the left is walked in a loop, so its length is no depth.
    private mutating func chain(_ id: NodeID, into target: Int) {
        let outer = links.count
        let first = tree.chain(id, onto: &links)
        if let file = fileWithoutQuotes(first, links[outer...]) {
            links.removeLast(links.count - outer)
            return fail(.fileWithoutQuotes(program.source.text(file)), file)
        }
        var current = value(first)
        // Whether what stands before a link is a decimal or null, or chosen by `??` from values of which one is.
        var choosesDecimals = isCallOfDecimal(first)
        while links.count > outer {
            let before = function.free
            choosesDecimals = link(links.removeLast(), current, besideDecimals: choosesDecimals, into: target)
            function.free = before
            current = target
        }
    }

    /// One operator, member or element of a chain, behind what register `current` holds; whether it chooses from values of which one is
    /// a decimal.
    private mutating func link(_ id: NodeID, _ current: Int, besideDecimals: Bool, into target: Int) -> Bool {
        let span = tree.span(id)
        switch tree[id] {
        case .member(_, let name):
            emit(.init(.member, a: UInt8(target), b: UInt8(current), k: Int32(name.number)), span)
        case .index(_, let index):
            emit(.init(.index, a: UInt8(target), b: UInt8(current), c: UInt8(value(index))), span)
        case .binary(let op, let left, let right):
            checkPattern(op, right)
            warnOfNull(op, left, right)
            if let shortcut = op.shortcut {
                // The right side is skipped where the left one decides.
                if current != target { emit(.init(.move, a: UInt8(target), b: UInt8(current)), span) }
                let skip = emit(.init(shortcut, a: UInt8(target)), span)
                defer { patch(skip) }
                if op == .coalesce {
                    value(right, besideDecimals: besideDecimals, [], into: target)
                    return besideDecimals || isCallOfDecimal(right)
                }
                emit(.init(op.operation, a: UInt8(target), b: UInt8(target), c: UInt8(value(right))), span)
            } else if op == .add || op == .subtract, case .int(let number)? = tree.literal(right), let k = Int32(exactly: number) {
                emit(.init(op == .add ? .addInt : .subtractInt, a: UInt8(target), b: UInt8(current), k: k), span)
            } else {
                let other = value(right)
                let literals = op == .in ? literalItems(right) : literals(left, right)
                emit(.init(op.operation, a: UInt8(target), b: UInt8(current), c: UInt8(other), k: literals), span)
            }
        default: break
        }
        return false
    }

    /// The place of a file's name without its quotes: `orders.csv`, `data/orders.csv`, or `/tmp/orders.csv` behind a command's name, which
    /// are a member or quotients of things that nobody has named. Of the links of a chain the last one comes first.
    private mutating func fileWithoutQuotes(_ first: NodeID, _ links: ArraySlice<NodeID>) -> Span? {
        guard let link = links.last, case .name(let start) = tree[first] else { return nil }
        switch tree[link] {
        case .member(_, let ending):
            let isFile = place(of: start) == nil && Formats.row(forPath: "\(tree.text(start)).\(tree.text(ending))") != nil
            return isFile ? tree.span(link) : nil
        case .binary(.divide, _, _): if place(of: start) != nil { return nil }
        default: return nil
        }
        for link in links.reversed() {
            guard case .binary(.divide, _, let right) = tree[link] else { return nil }
            guard case .member(let stem, let ending) = tree[right], case .name(let name) = tree[stem] else { continue }
            guard place(of: name) == nil, Formats.row(forPath: "\(tree.text(name)).\(tree.text(ending))") != nil else { return nil }
            let end = tree.span(right)
            guard CommandTable.standard.command(tree.text(start)) != nil else { return tree.span(first).through(end) }
            var from = Int(tree.span(first).end)
            while program.source.bytes[from] == UInt8(ascii: " ") { from += 1 }
            return Span(from, Int(end.end))
        }
        return nil
    }

    private mutating func interpolation(_ parts: ArraySlice<NodeID>, into target: Int, _ span: Span) {
        // Long strings are joined in pieces: each piece needs its parts in registers side by side.
        let pieceLimit = 32
        var parts = parts
        var isFirst = true
        while isFirst || !parts.isEmpty {
            let piece = parts.prefix(pieceLimit)
            parts = parts.dropFirst(pieceLimit)
            let before = function.free
            let base = register(span)
            var count = 1
            if isFirst, let part = piece.first {
                value(part, into: base)
            } else {
                emit(.init(.move, a: UInt8(base), b: UInt8(target)), span)
            }
            for part in isFirst ? piece.dropFirst() : piece {
                value(part, into: register(span))
                count += 1
            }
            emit(.init(.interpolate, a: UInt8(target), b: UInt8(base), c: UInt8(count)), span)
            function.free = before
            isFirst = false
        }
    }

    private mutating func list(_ items: ArraySlice<NodeID>, into target: Int, _ span: Span) {
        // Built beside the target, which an item may still refer to: `x = [x, 1]`.
        let built = register(span)
        emit(.init(.newList, a: UInt8(built), k: Int32(items.count)), span)
        for item in items {
            let before = function.free
            emit(.init(.append, a: UInt8(built), b: UInt8(value(item))), tree.span(item))
            function.free = before
        }
        var areLiterals = true
        for item in items where !isLiteral(item) { areLiterals = false }
        if !areLiterals {
            for (index, item) in items.enumerated() where isFloatLiteral(item) {
                emit(.init(.readLiteral, a: UInt8(built), k: Int32(index)), span)
            }
        }
        emit(.init(.move, a: UInt8(target), b: UInt8(built)), span)
    }

    private mutating func record(_ id: NodeID, _ fields: ArraySlice<NodeID>, into target: Int, _ span: Span) {
        var names: [String] = []
        names.reserveCapacity(fields.count)
        for field in fields {
            guard case .field(let name, let value) = tree[field] else { continue }
            names.append(tree.text(name))
            if !isFirstField(name, of: id), let first = fields.first(where: { isField($0, name) }), case .field(_, let earlier) = tree[first] {
                fail(.duplicateField(tree.text(name), first: tree.span(earlier)), tree.span(value))
            }
        }
        let base = function.free
        for field in fields { if case .field(_, let value) = tree[field] { self.value(value, into: register(span)) } }
        program.recordNames.append(names)
        let k = Int32(program.recordNames.count - 1)
        emit(.init(.newRecord, a: UInt8(target), b: UInt8(base), c: UInt8(min(fields.count, Compiler.registerLimit)), k: k), span)
    }

    private func isField(_ id: NodeID, _ name: Name) -> Bool { if case .field(name, _) = tree[id] { true } else { false } }

    private mutating func functionCall(_ called: Name, _ list: NodeList, into target: Int, _ span: Span) {
        if place(of: called) != nil { return valueCall(called, list, into: target, span) }
        let name = tree.text(called), arguments = tree[list]
        if let row = CommandTable.standard.function(name) { return sessionCall(row, arguments, into: target, span) }
        guard let row = builtIn(name, arguments.count, span) else { return }
        if case .function(let function, _) = row, let choice = function.choice { return choose(choice, arguments, into: target, span) }
        let base = function.free
        for argument in arguments { value(argument, into: register(span)) }
        if case .function(let row, _) = row {
            program.functions.append(.function(row, literals: arguments.enumerated().filter { isFloatLiteral($0.element) }.map(\.offset)))
        } else {
            program.functions.append(row)
        }
        emit(.init(.call, a: UInt8(target), b: UInt8(base), c: UInt8(arguments.count), k: Int32(program.functions.count - 1)), span)
    }

    /// A function that only the session can compute.
    private mutating func sessionCall(_ row: SessionFunctionRow, _ arguments: ArraySlice<NodeID>, into target: Int, _ span: Span) {
        if !row.arity.contains(arguments.count) {
            return fail(.argumentCount(function: row.name, usage: row.usage, found: arguments.count), span)
        }
        let base = function.free
        for argument in arguments { value(argument, into: register(span)) }
        call(Call(kind: .function(row), registerCount: arguments.count, span: span), base: base, result: target)
    }

    /// The function's row, or nil after a fault: no such function, or not for so many arguments.
    mutating func builtIn(_ name: String, _ count: Int, _ span: Span) -> BuiltIn? {
        if let row = Functions.row(named: name) {
            if row.arity.contains(count) { return .function(row, literals: []) }
            fail(.argumentCount(function: name, usage: row.usage, found: count), span)
        } else if let row = Aggregates.row(named: name) {
            // Of a list: there are no rows to count here.
            if row.arity.contains(count), count > 0 { return .aggregate(row) }
            fail(.argumentCount(function: name, usage: row.usage, found: count), span)
        } else if Windows.row(named: name) != nil {
            fail(.plan(.windowWithoutOver(function: name, mark: 0)), span)
        } else {
            let known = Functions.rows.map { $0.name } + Aggregates.rows.map { $0.name } + CommandTable.standard.functions.map { $0.name }
            fail(.unknownFunction(name, known: known + namesInScope), span)
        }
        return nil
    }

    /// Warns of a comparison with `null`, which SQL's rules make null: what is meant is `is null`.
    mutating func warnOfNull(_ op: BinaryOperator, _ left: NodeID, _ right: NodeID) {
        guard op == .equal || op == .notEqual, isLiteral(.null, left) != isLiteral(.null, right) else { return }
        let other = isLiteral(.null, left) ? right : left
        if case .literal = tree[other] { return }
        let span = tree.span(left).through(tree.span(right))
        let warning = CheckWarning(fault: .comparisonWithNull(op, text: program.source.text(tree.span(other))), span: span)
        if rowFunctions.isEmpty, !program.warnings.contains(warning) { program.warnings.append(warning) }
    }

    private func isLiteral(_ value: Scalar, _ id: NodeID) -> Bool {
        tree.literal(id) == value
    }

    /// Refuses a regular expression that is none where it stands as a literal, before anything runs.
    mutating func checkPattern(_ op: BinaryOperator, _ right: NodeID) {
        guard op == .matches, let pattern = tree.literal(right) else { return }
        do {
            _ = try ScalarOperators.apply(op, .string(""), pattern)
        } catch {
            if case .pattern(let text, let reason, _, _) = error {
                fail(.plan(.pattern(text: text, reason: reason, mark: 0)), tree.span(right))
            }
        }
    }

    /// Whether there is a window function or aggregate of that name for so many arguments; a fault where there is none.
    mutating func isWindow(_ name: String, _ count: Int, _ span: Span) -> Bool {
        let window = Windows.row(named: name), aggregate = Aggregates.row(named: name)
        guard let usage = window?.usage ?? aggregate?.usage, let arity = window?.arity ?? aggregate?.arity else {
            if Functions.row(named: name) != nil {
                fail(.plan(.notAWindow(function: name, mark: 0)), span)
            } else {
                fail(.unknownFunction(name, known: Windows.rows.map(\.name) + Aggregates.rows.map(\.name)), span)
            }
            return false
        }
        guard arity.contains(count) else {
            fail(.argumentCount(function: name, usage: usage, found: count), span)
            return false
        }
        return true
    }
}

extension UnaryOperator {
    var operation: Operation {
        switch self {
        case .negate: .negate
        case .not: .not
        case .isNull: .isNull
        case .isNotNull: .isNotNull
        }
    }
}

extension BinaryOperator {
    /// The instructions that jump where the comparison does not hold; nil where the operator is none.
    var jumpsUnless: (registers: Operation, immediate: Operation)? {
        switch self {
        case .less: (.jumpUnlessLess, .jumpUnlessLessInt)
        case .lessOrEqual: (.jumpUnlessLessOrEqual, .jumpUnlessLessOrEqualInt)
        case .greater: (.jumpUnlessGreater, .jumpUnlessGreaterInt)
        case .greaterOrEqual: (.jumpUnlessGreaterOrEqual, .jumpUnlessGreaterOrEqualInt)
        case .equal: (.jumpUnlessEqual, .jumpUnlessEqualInt)
        case .notEqual: (.jumpUnlessNotEqual, .jumpUnlessNotEqualInt)
        default: nil
        }
    }

    var operation: Operation {
        switch self {
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .divide: .divide
        case .floorDivide: .floorDivide
        case .remainder: .remainder
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .and: .and
        case .or: .or
        case .in: .contains
        case .like: .like
        case .matches: .matches
        case .coalesce: .move
        }
    }

    /// The jump over the right side, for operators whose left side may decide alone.
    var shortcut: Operation? {
        switch self {
        case .and: .jumpIfFalse
        case .or: .jumpIfTrue
        case .coalesce: .jumpIfNotNull
        default: nil
        }
    }
}
