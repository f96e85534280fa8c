// Functions of the compiler: `def` and `return`.
import QueryFrames

extension Compiler {
    /// Makes the functions of a block at its beginning, so that they are known throughout it. The variables of the block that
    /// they may use get their cells here, empty until their `let` has run.
    mutating func declareFunctions(_ statements: [NodeID]) {
        var nodes: [(FunctionNode, Span)] = []
        for statement in statements {
            if case .function(let node) = tree[statement] { nodes.append((node, tree.span(statement))) }
        }
        guard !nodes.isEmpty else { return }
        var places: [String: Span] = [:]
        for (node, _) in nodes {
            if let first = places[node.name] { fail(.duplicateFunction(node.name, first: first), node.nameSpan) }
            places[node.name] = node.nameSpan
        }
        if function.locals.blockCount == 0 {
            // Their code is compiled when all globals of the script are known.
            for (node, span) in nodes {
                let slot = globals.declare(node.name)
                globals.define(slot, Definition(node: node, tree: tree, source: program.source))
                let before = function.free
                let made = register(span)
                program.chunks.append(Chunk.Parts(name: node.name))
                pending.append((node, program.chunks.count - 1))
                emit(.init(.closure, a: UInt8(made), k: Int32(program.chunks.count - 1)), span)
                emit(.init(.storeGlobal, a: UInt8(made), k: Int32(slot)), span)
                function.free = before
            }
            return
        }
        var later: [String] = nodes.map(\.0.name)
        for statement in statements {
            if case .letStatement(let name, _, _) = tree[statement], function.innerNames.contains(name), !later.contains(name) {
                later.append(name)
            }
        }
        var cells: [String: Int] = [:]
        for name in later {
            let cell = register(nodes[0].1)
            emit(.init(.newCell, a: UInt8(cell), c: 1), nodes[0].1)
            cells[name] = cell
            function.locals.declare(name, Local(register: cell, isCell: true))
        }
        for (node, span) in nodes {
            guard let cell = cells[node.name] else { continue }
            let definition = Definition(node: node, tree: tree, source: program.source)
            function.locals.declare(node.name, Local(register: cell, isCell: true), definition: definition)
            let index = compile(node)
            let before = function.free
            let made = register(span)
            emit(.init(.closure, a: UInt8(made), k: Int32(index)), span)
            emit(.init(.storeCell, a: UInt8(cell), b: UInt8(made)), span)
            function.free = before
        }
        // The block's own statements see a variable from its `let` on.
        for (name, cell) in cells where !nodes.contains(where: { $0.0.name == name }) { function.locals.postpone(name, cell: cell) }
    }

    /// Compiles the code of the script's own functions.
    mutating func compilePendingFunctions() {
        while let (node, index) = pending.popLast() { _ = compile(node, into: index) }
    }

    /// Compiles a function's code and gives its number.
    private mutating func compile(_ node: FunctionNode, into known: Int? = nil) -> Int {
        if known == nil { program.chunks.append(Chunk.Parts(name: node.name)) }
        let index = known ?? program.chunks.count - 1
        var chunk = Chunk.Parts(name: node.name)
        chunk.parameterCount = node.parameters.count
        chunk.requiredCount = node.parameters.prefix { $0.standard == nil }.count
        functions.append(FunctionScope(chunk: chunk, innerNames: node.innerNames))
        function.locals.openBlock()
        for (index, parameter) in node.parameters.enumerated() {
            _ = register(parameter.span)
            // Only so many have registers; more are an error of their own.
            if let first = node.parameters.prefix(min(index, Compiler.registerLimit)).last(where: { $0.name == parameter.name }) {
                fail(.duplicateParameter(parameter.name, first: first.span), parameter.span)
            }
        }
        for (register, parameter) in node.parameters.enumerated() {
            if let standard = parameter.standard {
                let given = emit(.init(.jumpIfGiven, a: UInt8(register)), parameter.span)
                value(standard, into: register)
                patch(given)
            } else if register > chunk.requiredCount {
                fail(.requiredAfterOptional(parameter.name), parameter.span)
            }
            let isCell = node.innerNames.contains(parameter.name)
            if isCell { emit(.init(.newCell, a: UInt8(register), b: UInt8(register)), parameter.span) }
            function.locals.declare(parameter.name, Local(register: register, isCell: isCell))
        }
        lastValue(ofBlock: node.body)
        program.chunks[index] = functions.removeLast().chunk
        return index
    }

    /// A block that ends a function: its last statement's value is the function's, also inside of a last `if`.
    private mutating func lastValue(ofBlock id: NodeID) {
        let end = tree.span(id)
        inBlock(id) { (compiler, statements) in
            for statement in statements.dropLast() { compiler.statement(statement) }
            if let last = statements.last { compiler.lastStatement(last) }
            // Where the last statement gives no value, or no branch of it was taken, the function gives null.
            let null = compiler.register(end)
            compiler.constant(.null, into: null, end)
            compiler.emit(.init(.giveBack, a: UInt8(null)), end)
        }
    }

    private mutating func lastStatement(_ id: NodeID) {
        switch tree[id] {
        case .expressionStatement(let value):
            if case .pipeline(_, let stages) = tree[value], case .command(let row, _)? = stages.last?.kind, row.usage.result == nil {
                return statement(id)
            }
            emit(.init(.giveBack, a: UInt8(self.value(value))), tree.span(id))
        case .ifStatement(let branches, let last):
            branch(branches, last, tree.span(id)) { (compiler, block) in compiler.lastValue(ofBlock: block) }
        default: statement(id)
        }
    }

    mutating func returnStatement(_ value: NodeID?, _ span: Span) {
        guard functions.count > 1 else { return fail(.outsideFunction("return"), span) }
        if let value {
            emit(.init(.giveBack, a: UInt8(self.value(value))), span)
        } else {
            let null = register(span)
            constant(.null, into: null, span)
            emit(.init(.giveBack, a: UInt8(null)), span)
        }
    }

    /// A call of a function that is a variable's value.
    ///
    /// What a `def` of the script itself has made is loaded by the call, where nothing can come between.
    mutating func valueCall(_ name: String, _ arguments: [NodeID], into target: Int, _ span: Span) {
        let base = function.free
        variable(name, into: register(span), span)
        let before = function.chunk.code.count
        for argument in arguments { value(argument, into: register(span)) }
        let instruction = Instruction(.callValue, a: UInt8(target), b: UInt8(base), c: UInt8(arguments.count))
        if let slot = definedGlobal(name), !function.chunk.code[before...].contains(where: { $0.operation.mayAssign }) {
            function.chunk.code.remove(at: before - 1)
            function.chunk.spans.remove(at: before - 1)
            emit(.init(.callGlobal, a: instruction.a, b: instruction.b, c: instruction.c, k: Int32(slot)), span)
        } else {
            emit(instruction, span)
        }
    }

    /// The slot of a function that a `def` of the script itself has made; it is there before any statement runs.
    private mutating func definedGlobal(_ name: String) -> Int? {
        guard case .global(let slot)? = place(of: name), globals.definitions[slot] != nil else { return nil }
        return slot
    }
}
