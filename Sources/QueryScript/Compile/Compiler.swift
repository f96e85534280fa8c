// The compiler: a syntax tree -> a program. It checks names on the way and reports every fault it finds, not the first one.
import QueryFrames

/// Compiles one source.
struct Compiler {
    let tree: SyntaxTree
    var program: Program
    private(set) var errors: [CheckError] = []
    private var reported: Set<CheckFault> = []
    var globals: GlobalNames
    /// Locals by block, innermost last.
    var scopes: [[String: Int]] = []
    /// The first register that is free.
    var free = 0
    /// Jumps that leave or restart the loops around, innermost last.
    var loops: [Loop] = []

    struct Loop {
        var start: Int
        var exits: [Int] = []
    }

    /// Registers are named by one byte; a few are kept for what an instruction needs beside its operands.
    static let registerLimit = 240

    /// The program of `tree` and the globals after it, or everything that is wrong with it.
    static func compile(_ tree: SyntaxTree, source: Source, globals: GlobalNames) -> Result<(Program, GlobalNames), CheckFailure> {
        var compiler = Compiler(tree, Program(source: source), globals)
        for statement in tree.statements { compiler.statement(statement) }
        compiler.emit(.init(.finish), Span(source.bytes.count, source.bytes.count))
        guard compiler.errors.isEmpty else { return .failure(CheckFailure(errors: compiler.errors)) }
        return .success((compiler.program, compiler.globals))
    }

    /// All faults of one script.
    struct CheckFailure: Error {
        var errors: [CheckError]
    }

    private init(_ tree: SyntaxTree, _ program: Program, _ globals: GlobalNames) {
        self.tree = tree
        self.program = program
        self.globals = globals
    }

    // MARK: Emitting

    @discardableResult
    mutating func emit(_ instruction: Instruction, _ span: Span) -> Int {
        program.code.append(instruction)
        program.spans.append(span)
        return program.code.count - 1
    }

    /// Makes the jump at `index` go to the next instruction.
    mutating func patch(_ index: Int) { program.code[index].k = Int32(program.code.count) }

    /// Notes a fault. The same one at another place is no news: a name that is missing is missing everywhere.
    mutating func fail(_ fault: CheckFault, _ span: Span) {
        if reported.insert(fault).inserted { errors.append(CheckError(fault: fault, span: span)) }
    }

    /// A free register.
    mutating func register(_ span: Span) -> Int {
        let register = free
        guard register < Compiler.registerLimit else {
            fail(.tooComplex(what: "values at once", limit: Compiler.registerLimit), span)
            return Compiler.registerLimit
        }
        free += 1
        program.registerCount = max(program.registerCount, free)
        return register
    }

    mutating func constant(_ value: Scalar, into target: Int, _ span: Span) {
        program.constants.append(value)
        emit(.init(.constant, a: UInt8(target), k: Int32(program.constants.count - 1)), span)
    }

    mutating func name(_ name: String) -> Int32 {
        if let index = program.names.firstIndex(of: name) { return Int32(index) }
        program.names.append(name)
        return Int32(program.names.count - 1)
    }

    // MARK: Names

    func place(of name: String) -> Place? {
        for scope in scopes.reversed() {
            if let register = scope[name] { return .register(register) }
        }
        return globals.slots[name].map { .global($0) }
    }

    /// Every variable that can be named here, for suggestions.
    var namesInScope: [String] {
        Array(Set(scopes.flatMap(\.keys)).union(globals.slots.keys)).sorted()
    }

    // MARK: Statements

    mutating func statement(_ id: NodeID) {
        let before = free
        let span = tree.span(id)
        switch tree[id] {
        case .letStatement(let name, _, let value):
            if scopes.isEmpty {
                let register = self.value(value)
                emit(.init(.storeGlobal, a: UInt8(register), k: Int32(globals.declare(name))), span)
            } else {
                // The variable's register stays taken until its block ends.
                let register = self.register(span)
                self.value(value, into: register)
                scopes[scopes.count - 1][name] = register
                return
            }
        case .assignment(let name, let nameSpan, let value):
            switch place(of: name) {
            case .register(let register): assign(value, to: register, span)
            case .global(let slot): emit(.init(.storeGlobal, a: UInt8(self.value(value)), k: Int32(slot)), span)
            case nil:
                fail(.assignmentToUnknown(name, known: namesInScope), nameSpan)
                _ = self.value(value)
            }
        case .ifStatement(let branches, let last): ifStatement(branches, last, span)
        case .forStatement(let name, let value, let body): forStatement(name, value, body, span)
        case .whileStatement(let condition, let body):
            let start = program.code.count
            let test = self.value(condition)
            let exit = emit(.init(.jumpUnlessTrue, a: UInt8(test)), tree.span(condition))
            loop(start: start, body, span)
            patch(exit)
            closeLoop()
        case .breakStatement:
            guard !loops.isEmpty else { return fail(.outsideLoop("break"), span) }
            loops[loops.count - 1].exits.append(emit(.init(.jump), span))
        case .continueStatement:
            guard let loop = loops.last else { return fail(.outsideLoop("continue"), span) }
            emit(.init(.jump, k: Int32(loop.start)), span)
        case .expressionStatement(let value): display(value)
        case .block: block(id)
        default: _ = value(id)
        }
        free = before
    }

    /// Puts a value into a variable's register. It is made elsewhere, since it may read the variable on the way; where the last
    /// instruction is plain arithmetic, that one writes the variable itself.
    private mutating func assign(_ value: NodeID, to target: Int, _ span: Span) {
        let made = self.value(value)
        if let last = program.code.last, Int(last.a) == made, made >= free - 1, last.operation.isArithmetic {
            program.code[program.code.count - 1].a = UInt8(target)
        } else if made != target {
            emit(.init(.move, a: UInt8(target), b: UInt8(made)), span)
        }
    }

    private mutating func block(_ id: NodeID) {
        guard case .block(let statements) = tree[id] else { return }
        let before = free
        scopes.append([:])
        for statement in statements { self.statement(statement) }
        scopes.removeLast()
        free = before
    }

    private mutating func ifStatement(_ branches: [(condition: NodeID, block: NodeID)], _ last: NodeID?, _ span: Span) {
        var exits: [Int] = []
        for (index, branch) in branches.enumerated() {
            let before = free
            let test = value(branch.condition)
            let skip = emit(.init(.jumpUnlessTrue, a: UInt8(test)), tree.span(branch.condition))
            free = before
            block(branch.block)
            if index < branches.count - 1 || last != nil { exits.append(emit(.init(.jump), span)) }
            patch(skip)
        }
        if let last { block(last) }
        for exit in exits { patch(exit) }
    }

    private mutating func forStatement(_ name: String, _ value: NodeID, _ body: NodeID, _ span: Span) {
        let subject = register(span), index = register(span), element = register(span)
        _ = index
        self.value(value, into: subject)
        emit(.init(.loop, a: UInt8(subject)), tree.span(value))
        let start = program.code.count
        let exit = emit(.init(.next, a: UInt8(subject)), tree.span(value))
        scopes.append([name: element])
        loop(start: start, body, span)
        scopes.removeLast()
        patch(exit)
        closeLoop()
    }

    private mutating func loop(start: Int, _ body: NodeID, _ span: Span) {
        loops.append(Loop(start: start))
        block(body)
        emit(.init(.jump, k: Int32(start)), span)
    }

    private mutating func closeLoop() {
        for exit in loops.removeLast().exits { patch(exit) }
    }

    /// A pipeline or expression that stands alone is shown; of a command, only a frame.
    private mutating func display(_ id: NodeID) {
        var ofCommand = false
        let base = register(tree.span(id))
        if case .pipeline(let subject, let stages) = tree[id], case .command(let row, _)? = stages.last?.kind {
            ofCommand = true
            pipeline(subject, stages, into: base, tree.span(id))
            // What gives nothing has nothing to be shown.
            if row.usage.result == nil { return }
        } else {
            value(id, into: base)
        }
        call(Call(kind: .display(ofCommand: ofCommand), registerCount: 1, span: tree.span(id)), base: base, result: base)
    }

    mutating func call(_ call: Call, base: Int, result: Int) {
        program.calls.append(call)
        emit(.init(.command, a: UInt8(result), b: UInt8(base), k: Int32(program.calls.count - 1)), call.span)
    }
}
