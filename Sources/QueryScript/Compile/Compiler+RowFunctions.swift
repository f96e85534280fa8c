// Calls of the script's functions in expressions over columns: the body becomes part of the expression, with the arguments in
// the place of their names. What a body does beyond computing one value is refused before anything runs.
import QueryFrames

extension Compiler {
    /// How many calls may stand within each other, and how many nodes one expression may get by them.
    private static let rowCallDepth = 20, rowNodeLimit = 20_000

    // MARK: Names

    /// Where names are looked up now: in the function whose body is walked, or at the place of the expression itself.
    private var rowScope: RowFunction.Scope {
        rowFunctions.last?.scope ?? .local(function: functionCount - 1, block: function.locals.blockCount - 1)
    }

    private func origin(of name: String, from scope: RowFunction.Scope) -> RowFunction.Origin? {
        switch scope {
        case .globals(let slots): return slots[name].map { .global($0) }
        case .local(var index, var block):
            // What is no name of the script is no variable of it.
            while index >= 0, let own = scriptName(name) {
                if let found = self[function: index].locals.block(of: own, upTo: block) { return .local(function: index, block: found) }
                index -= 1
                if index >= 0 { block = self[function: index].locals.blockCount - 1 }
            }
            return globals.slots[name].map { .global($0) }
        }
    }

    /// Whether the name is a variable here, whatever its value.
    func isVariable(_ name: String) -> Bool {
        rowFunctions.last?.values[name] != nil || origin(of: name, from: rowScope) != nil
    }

    /// The function that `name` means here; nil where it means none, or a variable that may change.
    func definition(of name: String) -> RowFunction.Called? {
        guard rowFunctions.last?.values[name] == nil, let origin = origin(of: name, from: rowScope) else { return nil }
        let definition: Definition? = switch origin {
        case .local(let index, let block): scriptName(name).flatMap { self[function: index].locals.definition(of: $0, inBlock: block) }
        case .global(let slot): globals.definitions[slot]
        }
        guard let definition, !definition.origin.tree.assigns(name) else { return nil }
        return RowFunction.Called(name: name, origin: origin, definition: definition)
    }

    // MARK: Places

    /// The place of a node in the source that is being compiled: its own, or that of the call of a function from elsewhere.
    func rowSpan(_ id: NodeID) -> Span { rowFunctions.last?.callSpan ?? tree.span(id) }

    /// Refuses what an expression over columns cannot hold, also in the functions that it calls.
    mutating func refuse(_ what: String, _ id: NodeID) {
        guard !rowFunctions.isEmpty else { return fail(.notInRowExpression(what), tree.span(id)) }
        refuse(.has(what), id)
    }

    private mutating func refuse(_ obstacle: RowObstacle, _ id: NodeID) {
        guard let called = rowFunctions.last?.called else { return }
        let line = called.definition.origin.source.position(Int(tree.span(id).start)).line
        fail(.functionOverColumns(called.name, obstacle, line: line), rowSpan(id))
    }

    // MARK: Calls

    /// The node of what the function gives.
    mutating func rowCall(
        _ called: RowFunction.Called, _ arguments: ArraySlice<NodeID>, _ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout
    ) -> Int {
        let node = called.definition.node
        let given = arguments.map { rowNode($0, &nodes, &layout) }
        let required = node.parameters.prefix { $0.standard == nil }.count
        guard (required...node.parameters.count).contains(given.count) else {
            fail(.argumentCount(function: called.name, usage: node.usage(in: called.definition), found: given.count), rowSpan(id))
            return add(.literal(.null), id, &nodes, &layout)
        }
        if rowFunctions.contains(where: { $0.called.origin == called.origin && $0.called.name == called.name }) {
            refuse(.recursion(called.name), id)
            return add(.literal(.null), id, &nodes, &layout)
        }
        guard rowFunctions.count < Compiler.rowCallDepth else {
            fail(.tooComplex(what: "calls within each other", limit: Compiler.rowCallDepth), rowSpan(id))
            return add(.literal(.null), id, &nodes, &layout)
        }
        guard nodes.count < Compiler.rowNodeLimit else {
            fail(.tooComplex(what: "parts of one expression", limit: Compiler.rowNodeLimit), rowSpan(id))
            return add(.literal(.null), id, &nodes, &layout)
        }
        let scope: RowFunction.Scope = switch called.origin {
        case .local(let index, let block): .local(function: index, block: block)
        case .global: .globals(called.definition.slots ?? globals.slots)
        }
        // A function of this source has places in it; only one that comes from elsewhere is known by its call.
        let isElsewhere = rowFunctions.last?.callSpan != nil || called.definition.slots != nil
        let callSpan = isElsewhere ? rowSpan(id) : nil
        let caller = tree
        tree = called.definition.origin.tree
        rowFunctions.append(RowFunction(called: called, scope: scope, callSpan: callSpan))
        for (index, parameter) in node.parameters.enumerated() {
            let value: Int? = index < given.count ? given[index] : parameter.standard.map { rowNode($0, &nodes, &layout) }
            if let value { rowFunctions[rowFunctions.count - 1].values[tree.text(parameter.name)] = bound(value, id, &nodes, &layout) }
        }
        let result = rowBlock(node.body, isTail: true, then: nil, &nodes, &layout)
        rowFunctions.removeLast()
        tree = caller
        return result
    }

    /// The node as the value of a name. A float is a literal only where it is written, and by its name a float, as in scripts.
    private mutating func bound(_ value: Int, _ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout) -> Int {
        var literal = value
        while case .unary(.negate, let operand) = nodes[literal].kind { literal = operand }
        guard case .literal(.float) = nodes[literal].kind else { return value }
        return add(.call("float", [value]), id, &nodes, &layout)
    }

    // MARK: Statements

    /// A block's value; where it gives none, `next`, the node of what follows it, or null.
    private mutating func rowBlock(
        _ id: NodeID, isTail: Bool, then next: Int?, _ nodes: inout [Expression.Node], _ layout: inout CallLayout
    ) -> Int {
        guard case .block(let statements) = tree[id] else { return add(.literal(.null), id, &nodes, &layout) }
        let outer = rowFunctions[rowFunctions.count - 1].values
        let result = rowStatements(tree[statements], of: id, isTail: isTail, then: next, &nodes, &layout)
        rowFunctions[rowFunctions.count - 1].values = outer
        return result
    }

    private mutating func rowStatements(
        _ statements: ArraySlice<NodeID>, of block: NodeID, isTail: Bool, then next: Int?, _ nodes: inout [Expression.Node],
        _ layout: inout CallLayout
    ) -> Int {
        var rest = statements
        while let statement = rest.popFirst() {
            switch tree[statement] {
            case .letStatement(let name, let value):
                let made = rowNode(value, &nodes, &layout)
                rowFunctions[rowFunctions.count - 1].values[tree.text(name)] = bound(made, statement, &nodes, &layout)
            case .returnStatement(let value?): return rowNode(value, &nodes, &layout)
            case .returnStatement(nil): return add(.literal(.null), statement, &nodes, &layout)
            case .expressionStatement(let value) where isTail && rest.isEmpty: return rowNode(value, &nodes, &layout)
            case .expressionStatement(let value):
                if case .pipeline = tree[value] { refuse("command", statement) } else { refuse(.shows, statement) }
            case .ifStatement(let list):
                let (branches, last) = tree.branches(list)
                let isLast = rest.isEmpty
                var after = next
                // What follows is one node, to which every branch comes that does not return.
                if !isLast, last == nil || (branches.map(\.block) + [last].compactMap(\.self)).contains(where: { !tree.returns($0) }) {
                    let before = rowFunctions[rowFunctions.count - 1].values
                    after = rowStatements(rest, of: block, isTail: isTail, then: next, &nodes, &layout)
                    rowFunctions[rowFunctions.count - 1].values = before
                }
                var parts: [Int] = []
                for branch in branches {
                    parts.append(rowNode(branch.condition, &nodes, &layout))
                    parts.append(rowBlock(branch.block, isTail: isTail && isLast, then: after, &nodes, &layout))
                }
                if let last {
                    parts.append(rowBlock(last, isTail: isTail && isLast, then: after, &nodes, &layout))
                } else {
                    parts.append(after ?? add(.literal(.null), statement, &nodes, &layout))
                }
                return add(.call("case", parts), statement, &nodes, &layout)
            case .block:
                refuse("block", statement)
            case .forStatement, .whileStatement: refuse("loop", statement)
            case .assignment: refuse("variable that changes", statement)
            case .function: refuse("function inside of it", statement)
            case .tryStatement: refuse("`try`", statement)
            default: refuse("statement", statement)
            }
        }
        return next ?? add(.literal(.null), block, &nodes, &layout)
    }

    // MARK: Variables

    /// A name in a function's body: an argument, a variable of its own, or one from around it, which is loaded before the call.
    mutating func rowName(_ name: String, _ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout) -> Int {
        if let value = rowFunctions.last?.values[name] { return value }
        return rowCapture(name, [], id, &nodes, &layout)
    }

    /// `config.rate` in a function's body, where `config` is from around it.
    mutating func rowPath(_ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout) -> Int {
        var path: [String] = []
        var base = id
        while case .member(let next, let field) = tree[base] {
            path.insert(tree.text(field), at: 0)
            base = next
        }
        switch tree[base] {
        case .name(let name) where !isBound(name), .variable(let name) where !isBound(name):
            return rowCapture(tree.text(name), path, id, &nodes, &layout)
        case .pipeline: refuse("pipeline", id)
        case .index: refuse("value that is indexed", id)
        default: refuse("field of a value that differs from row to row", id)
        }
        return add(.literal(.null), id, &nodes, &layout)
    }

    /// Whether the name is an argument or a variable of the function whose body is walked.
    func isBound(_ name: Name) -> Bool { rowFunctions.last?.values[tree.text(name)] != nil }

    private mutating func rowCapture(
        _ name: String, _ path: [String], _ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout
    ) -> Int {
        guard let called = rowFunctions.last?.called, let origin = origin(of: name, from: rowScope) else {
            fail(.unknownName(name, known: namesInScope), rowSpan(id))
            return add(.literal(.null), id, &nodes, &layout)
        }
        let capture = RowFunction.Capture(name: name, origin: origin, path: path)
        if let known = layout.captured[capture] { return add(.variable(known), id, &nodes, &layout) }
        var key = ([called.name, name] + path).joined(separator: ".")
        while layout.variables.contains(where: { $0.name == key }) { key += "'" }
        let span = rowSpan(id)
        let register = self.register(span)
        switch origin {
        case .global(let slot): emit(.init(.loadGlobal, a: UInt8(register), k: Int32(slot)), span)
        case .local:
            let here = RowFunction.Scope.local(function: functionCount - 1, block: function.locals.blockCount - 1)
            if self.origin(of: name, from: here) != origin { refuse(.hidden(name), id) }
            if let own = scriptName(name) { variable(own, into: register, span) }
        }
        for field in path { emit(.init(.member, a: UInt8(register), b: UInt8(register), k: memberNumber(field)), span) }
        layout.captured[capture] = key
        layout.variables.append((key, register - layout.base))
        return add(.variable(key), id, &nodes, &layout)
    }
}

extension SyntaxTree {
    /// Whether the value of a variable of that name changes anywhere.
    fileprivate func assigns(_ name: String) -> Bool {
        guard let name = names.find(name) else { return false }
        return ids.contains { id in
            if case .assignment(let target, _) = self[id], case .name(name) = self[target] { true } else { false }
        }
    }

    /// Whether a block always ends its function.
    fileprivate func returns(_ block: NodeID) -> Bool {
        guard case .block(let statements) = self[block], let last = self[statements].last else { return false }
        switch self[last] {
        case .returnStatement: return true
        case .ifStatement(let list):
            let (branches, last) = branches(list)
            return last.map(returns) ?? false && branches.allSatisfy { returns($0.block) }
        default: return false
        }
    }
}

extension FunctionNode {
    /// How it is called: `net(x, rate = 0.81)`.
    fileprivate func usage(in definition: Definition) -> String {
        let tree = definition.origin.tree
        let parameters = parameters.map { parameter in
            let name = tree.text(parameter.name)
            return parameter.standard.map { "\(name) = \(definition.origin.source.text(tree.span($0)))" } ?? name
        }
        return "\(tree.text(name))(\(parameters.joined(separator: ", ")))"
    }
}
