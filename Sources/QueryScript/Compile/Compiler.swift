// The compiler: a syntax tree -> a program. It checks names on the way and reports every fault it finds, not the first one.
import QueryFrames

/// Compiles one source.
struct Compiler {
    /// The tree that is being compiled, or that of a function whose calls become part of an expression over columns.
    var tree: SyntaxTree
    var program: Program.Parts
    private(set) var errors: [CheckError] = []
    private var reported: Set<CheckFault> = []
    var globals: GlobalNames
    /// The functions that are being compiled, the script itself first, each inside of the one before.
    var functions: [FunctionScope]
    /// Functions of the script itself whose code is still to be compiled, with their numbers.
    var pending: [(node: FunctionNode, chunk: Int)] = []
    /// Functions whose bodies are becoming part of an expression over columns, each called by the one before.
    var rowFunctions: [RowFunction] = []

    /// Registers are named by one byte; a few are kept for what an instruction needs beside its operands.
    static let registerLimit = 240

    /// The program of `tree` and the globals after it, or everything that is wrong with it.
    /// With `separately`, a statement that fails does not end the script.
    static func compile(
        _ tree: SyntaxTree, source: Source, globals: GlobalNames, separately: Bool = false
    ) -> Result<(Program, GlobalNames), CheckFailure> {
        var compiler = Compiler(tree, Program.Parts(source: source), globals)
        let end = Span(source.bytes.count, source.bytes.count)
        compiler.program.chunks.append(compiler.functions[0].chunk)
        compiler.declareFunctions(tree.statements)
        for statement in tree.statements {
            if separately { compiler.separateStatement(statement) } else { compiler.statement(statement) }
        }
        compiler.emit(.init(.finish), end)
        compiler.compilePendingFunctions()
        compiler.program.chunks[0] = compiler.functions[0].chunk
        guard compiler.errors.isEmpty else {
            return .failure(
                CheckFailure(
                    errors: compiler.errors, warnings: compiler.program.warnings, calls: compiler.program.calls, globals: compiler.globals))
        }
        compiler.globals.closeDefinitions()
        return .success((Program(compiler.program), compiler.globals))
    }

    /// All faults of one script.
    struct CheckFailure: Error {
        var errors: [CheckError]
        var warnings: [CheckWarning]
        /// What could be compiled of its commands and transforms, and the names it makes, for checks that go further.
        var calls: [Call]
        var globals: GlobalNames
    }

    private init(_ tree: SyntaxTree, _ program: Program.Parts, _ globals: GlobalNames) {
        self.tree = tree
        self.program = program
        self.globals = globals
        functions = [FunctionScope(chunk: Chunk.Parts(name: "script"), innerNames: tree.innerNames)]
    }

    // MARK: Emitting

    /// The function that is being compiled.
    var function: FunctionScope {
        _read { yield functions[functions.count - 1] }
        _modify { yield &functions[functions.count - 1] }
    }

    @discardableResult
    mutating func emit(_ instruction: Instruction, _ span: Span) -> Int {
        function.emit(instruction, span)
    }

    /// Makes the jump at `index` go to the next instruction.
    mutating func patch(_ index: Int) { function.chunk.code[index].k = Int32(function.chunk.code.count - index - 1) }

    /// Goes back to the instruction at `start`.
    mutating func emitBack(_ operation: Operation, a: UInt8 = 0, to start: Int, _ span: Span) {
        emit(.init(operation, a: a, k: Int32(start - function.chunk.code.count - 1)), span)
    }

    mutating func call(_ call: Call, base: Int, result: Int) {
        program.calls.append(call)
        emit(.init(.command, a: UInt8(result), b: UInt8(base), k: Int32(program.calls.count - 1)), call.span)
    }

    /// A jump, still to be patched, that is taken where the condition is not true. A comparison and its jump are one instruction.
    mutating func jumpUnless(_ condition: NodeID) -> Int {
        let span = tree.span(condition)
        let before = function.free
        defer { function.free = before }
        guard case .binary(let op, let left, let right) = tree[condition], let jumps = op.jumpsUnless else {
            return emit(.init(.jumpUnlessTrue, a: UInt8(value(condition))), span)
        }
        warnOfNull(op, left, right)
        let x = value(left)
        if case .literal(.int(let number)) = tree[right], let immediate = Int16(exactly: number) {
            return emit(Instruction(jumps.immediate, a: UInt8(x), immediate: immediate), span)
        }
        return emit(.init(jumps.registers, a: UInt8(x), b: UInt8(value(right)), c: UInt8(literals(left, right))), span)
    }

    /// Notes a fault, up to as many as anyone would read. The same one at another place is no news: a name that is missing is missing
    /// everywhere.
    mutating func fail(_ fault: CheckFault, _ span: Span) {
        if errors.count == Lexer.faultLimit { return }
        if reported.insert(fault.anywhere).inserted { errors.append(CheckError(fault: fault, span: span)) }
    }

    /// A free register.
    mutating func register(_ span: Span) -> Int {
        let register = function.free
        guard register < Compiler.registerLimit else {
            fail(.tooComplex(what: "values at once", limit: Compiler.registerLimit), span)
            return Compiler.registerLimit
        }
        function.free += 1
        function.chunk.registerCount = max(function.chunk.registerCount, function.free)
        return register
    }

    mutating func constant(_ value: Scalar, into target: Int, _ span: Span) {
        program.constants.append(value)
        emit(.init(.constant, a: UInt8(target), k: Int32(program.constants.count - 1)), span)
    }

    mutating func name(_ name: String) -> Int32 {
        if let number = program.numbers[name] { return number }
        let number = Int32(program.names.count)
        program.names.append(name)
        program.numbers[name] = number
        return number
    }

    // MARK: Names

    mutating func place(of name: String) -> Place? {
        if let local = functions[functions.count - 1].locals[name] { return local.place }
        if let captured = captured(name, by: functions.count - 1) { return .captured(captured) }
        return globals.slots[name].map { .global($0) }
    }

    /// The number of the cell by which function `index` sees a variable of the functions around it; nil where none has it.
    private mutating func captured(_ name: String, by index: Int) -> Int? {
        guard index > 0 else { return nil }
        if let known = functions[index].captured[name] { return known }
        let capture: Chunk.Capture
        if let local = functions[index - 1].locals[name] {
            capture = .register(local.register)
        } else if let outer = captured(name, by: index - 1) {
            capture = .captured(outer)
        } else {
            return nil
        }
        functions[index].chunk.captures.append(capture)
        functions[index].captured[name] = functions[index].chunk.captures.count - 1
        return functions[index].chunk.captures.count - 1
    }

    /// Every variable that can be named here, for suggestions; where they are so many that nobody wrote them by hand, the functions' own.
    var namesInScope: [String] {
        if errors.count == Lexer.faultLimit { return [] }
        let locals = functions.flatMap(\.locals.names)
        return Array(globals.slots.count > Compiler.suggestionLimit ? Set(locals) : Set(locals).union(globals.slots.keys)).sorted()
    }

    private static let suggestionLimit = 10_000
}
