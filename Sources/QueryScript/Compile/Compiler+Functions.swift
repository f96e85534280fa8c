// Functions of the compiler: `def` and `return`.
import QueryFrames

extension Compiler {
    /// Makes the functions of a block at its beginning, so that they are known throughout it. The variables of the block that
    /// they may use get their cells here, empty until their `let` has run.
    mutating func declareFunctions(_ statements: ArraySlice<NodeID>) {
        var functions: [(function: PartID, span: Span)] = []
        for statement in statements {
            if case .function(let function) = tree[statement] { functions.append((function, tree.span(statement))) }
        }
        guard !functions.isEmpty else { return }
        var places: [Name: Span] = [:]
        for (function, _) in functions {
            let node = tree.function(function)
            if let first = places.updateValue(node.nameSpan, forKey: node.name) {
                fail(.duplicateFunction(tree.text(node.name), first: first), node.nameSpan)
            }
        }
        let origin = Definition.Origin(tree, program.source)
        if function.locals.blockCount == 0 {
            // Their code is compiled when all globals of the script are known.
            for (function, span) in functions {
                let slot = declareGlobal(tree.function(function).name)
                define(slot, Definition(function: function, origin: origin))
                let before = self.function.free
                let made = register(span)
                program.chunks.append(nil)
                pending.append((function, program.chunks.count - 1))
                emit(.init(.closure, a: UInt8(made), k: Int32(program.chunks.count - 1)), span)
                emit(.init(.storeGlobal, a: UInt8(made), k: Int32(slot)), span)
                self.function.free = before
            }
        } else {
            declareInner(functions, origin, statements)
        }
    }

    /// Makes the functions of a block inside of the script.
    private mutating func declareInner(_ functions: [(function: PartID, span: Span)], _ origin: Definition.Origin, _ statements: ArraySlice<NodeID>) {
        let names = functions.map { tree.function($0.function).name }
        var later = names
        for statement in statements {
            if case .letStatement(let name, _) = tree[statement], function.innerNames.contains(name), !later.contains(name) {
                later.append(name)
            }
        }
        var cells: [Name: Int] = [:]
        for name in later {
            let cell = register(functions[0].span)
            emit(.init(.newCell, a: UInt8(cell), c: 1), functions[0].span)
            cells[name] = cell
            function.locals.declare(name, Local(register: cell, isCell: true))
        }
        for ((function, span), name) in zip(functions, names) {
            guard let cell = cells[name] else { continue }
            let definition = Definition(function: function, origin: origin)
            self.function.locals.declare(name, Local(register: cell, isCell: true), definition: definition)
            program.chunks.append(nil)
            let index = program.chunks.count - 1
            compile(function, into: index)
            let before = self.function.free
            let made = register(span)
            emit(.init(.closure, a: UInt8(made), k: Int32(index)), span)
            emit(.init(.storeCell, a: UInt8(cell), b: UInt8(made)), span)
            self.function.free = before
        }
        // The block's own statements see a variable from its `let` on.
        for (name, cell) in cells where !names.contains(name) { function.locals.postpone(name, cell: cell) }
    }

    /// Compiles the code of the script's own functions.
    mutating func compilePendingFunctions() {
        while let (function, index) = pending.popLast() { compile(function, into: index) }
    }

    /// Compiles a function's code, which gets that number.
    private mutating func compile(_ id: PartID, into index: Int) {
        let node = tree.function(id)
        var chunk = Chunk.Parts(name: tree.text(node.name))
        chunk.parameterCount = node.parameters.count
        chunk.requiredCount = node.parameters.prefix { $0.standard == nil }.count
        open(chunk, innerNames: node.innerNames)
        function.locals.openBlock()
        for (index, parameter) in node.parameters.enumerated() {
            _ = register(parameter.span)
            // Only so many have registers; more are an error of their own.
            if let first = node.parameters.prefix(min(index, Compiler.registerLimit)).last(where: { $0.name == parameter.name }) {
                fail(.duplicateParameter(tree.text(parameter.name), first: first.span), parameter.span)
            }
        }
        for (register, parameter) in node.parameters.enumerated() {
            if let standard = parameter.standard {
                let given = emit(.init(.jumpIfGiven, a: UInt8(register)), parameter.span)
                value(standard, into: register)
                patch(given)
            } else if register > chunk.requiredCount {
                fail(.requiredAfterOptional(tree.text(parameter.name)), parameter.span)
            }
            let isCell = node.innerNames.contains(parameter.name)
            if isCell { emit(.init(.newCell, a: UInt8(register), b: UInt8(register)), parameter.span) }
            function.locals.declare(parameter.name, Local(register: register, isCell: isCell))
        }
        lastValue(ofBlock: node.body)
        program.chunks[index] = close()
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
            if case .pipeline(let pipeline) = tree[value], case .command(let row, _)? = tree.pipeline(pipeline).stages.last?.kind, row.usage.result == nil {
                return statement(id)
            }
            emit(.init(.giveBack, a: UInt8(self.value(value))), tree.span(id))
        case .ifStatement(let parts):
            branch(parts, tree.span(id)) { (compiler, block) in compiler.lastValue(ofBlock: block) }
        default: statement(id)
        }
    }

    mutating func returnStatement(_ value: NodeID?, _ span: Span) {
        guard functionCount > 1 else { return fail(.outsideFunction("return"), span) }
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
    mutating func valueCall(_ name: Name, _ arguments: NodeList, into target: Int, _ span: Span) {
        let base = function.free
        variable(name, into: register(span), span)
        let before = code.count
        for argument in tree[arguments] { value(argument, into: register(span)) }
        let instruction = Instruction(.callValue, a: UInt8(target), b: UInt8(base), c: UInt8(arguments.count))
        if let slot = definedGlobal(name), !code[before...].contains(where: { $0.instruction.operation.mayAssign }) {
            code.remove(at: before - 1)
            emit(.init(.callGlobal, a: instruction.a, b: instruction.b, c: instruction.c, k: Int32(slot)), span)
        } else {
            emit(instruction, span)
        }
    }

    /// The slot of a function that a `def` of the script itself has made; it is there before any statement runs.
    private mutating func definedGlobal(_ name: Name) -> Int? {
        guard case .global(let slot)? = place(of: name), globals.definitions[slot] != nil else { return nil }
        return slot
    }
}
