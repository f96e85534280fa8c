// Statements -> instructions: where their jumps go, and how long their variables live.

extension Compiler {
    /// A statement of the script itself in a `try` of its own, which hands its error to the session.
    mutating func separateStatement(_ id: NodeID) {
        let span = tree.span(id)
        let before = function.free
        let error = register(span)
        let begin = emit(.init(.beginTry, a: UInt8(error)), span)
        function.tries += 1
        statement(id)
        function.tries -= 1
        emit(.init(.endTry), span)
        let exit = emit(.init(.jump), span)
        patch(begin)
        call(Call(kind: .failure, registerCount: 1, span: span), base: error, result: error)
        patch(exit)
        function.free = before
    }

    mutating func statement(_ id: NodeID) {
        let before = function.free
        let span = tree.span(id)
        switch tree[id] {
        case .letStatement(let name, let value):
            if function.locals.blockCount == 0 {
                let register = self.value(value)
                emit(.init(.storeGlobal, a: UInt8(register), k: Int32(declareGlobal(name))), span)
            } else {
                // The variable's register stays taken until its block ends.
                declareLocal(name, span) { (compiler, register) in compiler.value(value, into: register) }
                return
            }
        case .assignment(let target, let value): assignment(target, value, span)
        case .ifStatement(let parts): branch(parts, span) { (compiler, block) in compiler.block(block) }
        case .forStatement(let name, let value, let body): forStatement(name, value, body, span)
        case .whileStatement(let condition, let body):
            let start = code.count
            let exit = jumpUnless(condition)
            loop(start: start, body)
            emitBack(.jumpBack, to: start, span)
            patch(exit)
            closeLoop()
        case .breakStatement:
            guard let loop = function.loops.last else { return fail(.outsideLoop("break"), span) }
            leaveTries(down: loop.tries, span)
            let exit = emit(.init(.jump), span)
            function.loops[function.loops.count - 1].exits.append(exit)
        case .continueStatement:
            guard let loop = function.loops.last else { return fail(.outsideLoop("continue"), span) }
            leaveTries(down: loop.tries, span)
            if let start = loop.start {
                emitBack(.jumpBack, to: start, span)
            } else {
                let back = emit(.init(.jump), span)
                function.loops[function.loops.count - 1].returns.append(back)
            }
        case .returnStatement(let value): returnStatement(value, span)
        case .tryStatement(let body, let name, let handler): tryStatement(body, name, handler, span)
        // Its names are known already: the session runs imports before the script that has them.
        case .importStatement:
            if functionCount > 1 || function.locals.blockCount > 0 { fail(.importInBlock, span) }
        // Known throughout its block, so it was made at the block's beginning.
        case .function: return
        case .expressionStatement(let value): display(value)
        case .block: block(id)
        default: _ = value(id)
        }
        function.free = before
    }

    /// Makes a local variable of what `make` leaves in a register.
    mutating func declareLocal(_ name: Name, _ span: Span, _ make: (inout Compiler, Int) -> Void) {
        guard function.innerNames.contains(name) else {
            let register = self.register(span)
            make(&self, register)
            function.locals.declare(name, Local(register: register, isCell: false))
            return
        }
        // The cell may be there already, for functions of the block that were made before.
        let before = function.free
        let made = register(span)
        make(&self, made)
        if let cell = function.locals.pendingCell(name) {
            emit(.init(.storeCell, a: UInt8(cell), b: UInt8(made)), span)
            function.free = before
            function.locals.declare(name, Local(register: cell, isCell: true))
        } else {
            emit(.init(.newCell, a: UInt8(made), b: UInt8(made)), span)
            function.locals.declare(name, Local(register: made, isCell: true))
        }
    }

    private mutating func assignment(_ target: NodeID, _ value: NodeID, _ span: Span) {
        guard case .name(let name) = tree[target] else { return }
        switch place(of: name) {
        case .register(let register): assign(value, to: register, span)
        case .cell(let cell): emit(.init(.storeCell, a: UInt8(cell), b: UInt8(self.value(value))), span)
        case .captured(let index): emit(.init(.storeCaptured, a: UInt8(self.value(value)), k: Int32(index)), span)
        case .global(let slot):
            define(slot, nil)
            emit(.init(.storeGlobal, a: UInt8(self.value(value)), k: Int32(slot)), span)
        case nil:
            fail(.assignmentToUnknown(tree.text(name), known: namesInScope), tree.span(target))
            _ = self.value(value)
        }
    }

    /// Puts a value into a variable's register. It is made elsewhere, since it may read the variable on the way; where the last
    /// instruction is plain arithmetic, that one writes the variable itself.
    private mutating func assign(_ value: NodeID, to target: Int, _ span: Span) {
        let made = self.value(value)
        let last = code.count - 1
        if last >= function.start, Int(code[last].instruction.a) == made, made >= function.free - 1, code[last].instruction.operation.isArithmetic {
            code[last].instruction.a = UInt8(target)
        } else if made != target {
            emit(.init(.move, a: UInt8(target), b: UInt8(made)), span)
        }
    }

    mutating func block(_ id: NodeID) {
        inBlock(id) { (compiler, statements) in
            for statement in statements { compiler.statement(statement) }
        }
    }

    /// Opens a block around `body`: its functions are known from its beginning, its variables end with it.
    mutating func inBlock(_ id: NodeID, _ body: (inout Compiler, ArraySlice<NodeID>) -> Void) {
        guard case .block(let list) = tree[id] else { return }
        let statements = tree[list]
        let before = function.free
        function.locals.openBlock()
        declareFunctions(statements)
        body(&self, statements)
        function.locals.closeBlock()
        function.free = before
    }

    /// `if` as a statement, or as the last one of a function, whose blocks `body` compiles.
    mutating func branch(_ parts: NodeList, _ span: Span, _ body: (inout Compiler, NodeID) -> Void) {
        let parts = tree[parts]
        var exits: [Int] = []
        var index = parts.startIndex
        while index + 1 < parts.endIndex {
            let skip = jumpUnless(parts[index])
            body(&self, parts[index + 1])
            index += 2
            if index < parts.endIndex { exits.append(emit(.init(.jump), span)) }
            patch(skip)
        }
        if index < parts.endIndex { body(&self, parts[index]) }
        for exit in exits { patch(exit) }
    }

    private mutating func forStatement(_ name: Name, _ value: NodeID, _ body: NodeID, _ span: Span) {
        // The value, the index and the element stand side by side.
        let subject = register(span)
        let index = register(span)
        let element = register(span)
        let isRange: Bool
        if case .range(let low, let high) = tree[value] {
            // Of a range that stands here, no value is made.
            self.value(low, into: subject)
            self.value(high, into: index)
            isRange = true
        } else {
            self.value(value, into: subject)
            isRange = false
        }
        emit(.init(isRange ? .loopRange : .loop, a: UInt8(subject)), tree.span(value))
        // The next element is asked for at the loop's end, so that a round is one jump.
        let first = emit(.init(.jump), span)
        let start = code.count
        function.locals.openBlock()
        if function.innerNames.contains(name) {
            // Each round has a variable of its own.
            let cell = register(span)
            emit(.init(.newCell, a: UInt8(cell), b: UInt8(element)), span)
            function.locals.declare(name, Local(register: cell, isCell: true))
        } else {
            function.locals.declare(name, Local(register: element, isCell: false))
        }
        loop(start: nil, body)
        function.locals.closeBlock()
        patch(first)
        for back in function.loops.last?.returns ?? [] { patch(back) }
        emitBack(isRange ? .nextOfRange : .next, a: UInt8(subject), to: start, tree.span(value))
        closeLoop()
    }

    private mutating func loop(start: Int?, _ body: NodeID) {
        function.loops.append(FunctionScope.Loop(start: start, tries: function.tries))
        block(body)
    }

    private mutating func closeLoop() {
        for exit in function.loops.removeLast().exits { patch(exit) }
    }

    private mutating func tryStatement(_ body: NodeID, _ name: Name, _ handler: NodeID, _ span: Span) {
        let error = register(span)
        let begin = emit(.init(.beginTry, a: UInt8(error)), span)
        function.tries += 1
        block(body)
        function.tries -= 1
        emit(.init(.endTry), span)
        let exit = emit(.init(.jump), span)
        patch(begin)
        function.locals.openBlock()
        declareLocal(name, span) { (compiler, register) in
            compiler.emit(.init(.move, a: UInt8(register), b: UInt8(error)), span)
        }
        block(handler)
        function.locals.closeBlock()
        patch(exit)
    }

    /// Ends the `try` blocks that a jump leaves.
    private mutating func leaveTries(down to: Int, _ span: Span) {
        for _ in to..<max(to, function.tries) { emit(.init(.endTry), span) }
    }

    /// A pipeline or expression that stands alone is shown; of a command, only a frame.
    private mutating func display(_ id: NodeID) {
        var shown = Call.Shown.expression
        let base = register(tree.span(id))
        if case .pipeline(let part) = tree[id], case .command(let row, _)? = tree.pipeline(part).stages.last?.kind {
            shown = .command
            pipeline(tree.pipeline(part), into: base, tree.span(id))
            // What gives nothing has nothing to be shown.
            if row.usage.result == nil { return }
        } else {
            if case .call = tree[id] { shown = .call }
            value(id, into: base)
        }
        call(Call(kind: .display(shown), registerCount: 1, span: tree.span(id)), base: base, result: base)
    }
}
