// The compiler: a syntax tree -> a program. It checks names on the way and reports every fault it finds, not the first one.
import QueryFrames

/// Compiles one source.
struct Compiler {
    /// The tree that is being compiled, or that of a function whose calls become part of an expression over columns.
    var tree: SyntaxTree
    /// The tree that is being compiled: its names are those of variables.
    private let script: SyntaxTree
    var program: Program.Parts
    /// The code of the functions that are being compiled, one behind the other.
    var code: [Program.Step] = []
    private(set) var errors: [CheckError] = []
    private var reported: Set<CheckFault> = []
    private(set) var globals: GlobalNames
    /// The global that each name of the script is, as far as it has been asked for.
    private var known: [KnownGlobal]
    /// The record whose fields had each name last.
    private var recordOfField: [NodeID?]
    /// The function that is being compiled.
    var function: FunctionScope
    /// The functions around it, the script itself first.
    private var outer: [FunctionScope] = []
    /// Functions that have been compiled: the next ones use their memory.
    private var spare: [FunctionScope] = []
    /// Functions of the script itself whose code is still to be compiled, with their numbers.
    var pending: [(function: PartID, chunk: Int)] = []
    /// The operators, members and elements of chains that are being compiled, the next one last.
    var links: [NodeID] = []
    /// Functions whose bodies are becoming part of an expression over columns, each called by the one before.
    var rowFunctions: [RowFunction] = []

    /// Registers are named by one byte; a few are kept for what an instruction needs beside its operands.
    static let registerLimit = 240

    /// The program of `tree` and the globals after it, or everything that is wrong with it.
    /// With `separately`, a statement that fails does not end the script.
    static func compile(
        _ tree: SyntaxTree, source: Source, globals: GlobalNames, separately: Bool = false
    ) -> Result<(Program, GlobalNames), CheckFailure> {
        var compiler = Compiler(tree, Program.Parts(source: source, tree), globals)
        let end = Span(source.bytes.count, source.bytes.count)
        compiler.program.chunks.append(nil)
        compiler.declareFunctions(tree[tree.statements])
        for statement in tree[tree.statements] {
            if separately { compiler.separateStatement(statement) } else { compiler.statement(statement) }
        }
        compiler.emit(.init(.finish), end)
        compiler.program.chunks[0] = compiler.endCode()
        compiler.compilePendingFunctions()
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
        script = tree
        self.program = program
        self.globals = globals
        known = Array(repeating: .unasked, count: tree.names.count)
        recordOfField = Array(repeating: nil, count: tree.names.count)
        function = FunctionScope(chunk: Chunk.Parts(name: "script"), innerNames: tree.innerNames)
    }

    // MARK: Functions

    /// How many functions are being compiled, each inside of the one before, the script itself first.
    var functionCount: Int { outer.count + 1 }

    /// One of them, by its number.
    subscript(function index: Int) -> FunctionScope {
        _read { if index == outer.count { yield function } else { yield outer[index] } }
        _modify { if index == outer.count { yield &function } else { yield &outer[index] } }
    }

    /// Begins to compile a function inside of the one that is being compiled.
    mutating func open(_ chunk: Chunk.Parts, innerNames: Set<Name>) {
        var scope = spare.popLast() ?? FunctionScope(chunk: chunk, innerNames: innerNames)
        scope.begin(chunk, innerNames: innerNames, at: code.count)
        swap(&scope, &function)
        outer.append(scope)
    }

    /// Ends it, and gives what became of it.
    mutating func close() -> Chunk {
        let chunk = endCode()
        var scope = outer.removeLast()
        swap(&scope, &function)
        spare.append(scope)
        return chunk
    }

    private mutating func endCode() -> Chunk {
        let chunk = Chunk(function.chunk, code[function.start...])
        code.removeLast(code.count - function.start)
        return chunk
    }

    // MARK: Emitting

    @discardableResult
    mutating func emit(_ instruction: Instruction, _ span: Span) -> Int {
        code.append(Program.Step(instruction: instruction, span: span))
        return code.count - 1
    }

    /// Makes the jump at `index` go to the next instruction.
    mutating func patch(_ index: Int) { code[index].instruction.k = Int32(code.count - index - 1) }

    /// Goes back to the instruction at `start`.
    mutating func emitBack(_ operation: Operation, a: UInt8 = 0, to start: Int, _ span: Span) {
        emit(.init(operation, a: a, k: Int32(start - code.count - 1)), span)
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
        if case .int(let number)? = tree.literal(right), let immediate = Int16(exactly: number) {
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
        emit(.init(.constant, a: UInt8(target), k: Int32(program.literals.count + program.constants.count - 1)), span)
    }

    /// The number of a name of the program, as members have it: that of the name in the script where there is one.
    mutating func memberNumber(_ text: String) -> Int32 {
        if let name = script.names.find(text) { return Int32(name.number) }
        program.names.append(text)
        return Int32(program.names.count - 1)
    }

    // MARK: Names

    /// Where the value of a variable is, by its name in the script.
    mutating func place(of name: Name) -> Place? {
        if let local = function.locals[name] { return local.place }
        if let captured = captured(name, by: outer.count) { return .captured(captured) }
        return global(name).map { .global($0) }
    }

    /// The name of that text in the script.
    func scriptName(_ text: String) -> Name? { script.names.find(text) }

    /// What is known of the global that a name is.
    private enum KnownGlobal {
        case unasked
        case none
        case slot(Int32)
    }

    private mutating func global(_ name: Name) -> Int? {
        switch known[Int(name.number)] {
        case .slot(let slot): return Int(slot)
        case .none: return nil
        case .unasked:
            let slot = globals.slots[script.text(name)]
            known[Int(name.number)] = slot.map { .slot(Int32($0)) } ?? .none
            return slot
        }
    }

    /// A slot for a new global.
    mutating func declareGlobal(_ name: Name) -> Int {
        let slot = globals.declare(script.text(name))
        known[Int(name.number)] = .slot(Int32(slot))
        return slot
    }

    /// Notes that a global is the function that `definition` says, or that it may not be one any more.
    mutating func define(_ slot: Int, _ definition: Definition?) { globals.define(slot, definition) }

    /// The number of the cell by which function `index` sees a variable of the functions around it; nil where none has it.
    private mutating func captured(_ name: Name, by index: Int) -> Int? {
        guard index > 0 else { return nil }
        if let known = self[function: index].captured[name] { return known }
        let capture: Chunk.Capture
        if let local = self[function: index - 1].locals[name] {
            capture = .register(local.register)
        } else if let outer = captured(name, by: index - 1) {
            capture = .captured(outer)
        } else {
            return nil
        }
        let number = self[function: index].chunk.captures.count
        self[function: index].chunk.captures.append(capture)
        self[function: index].captured[name] = number
        return number
    }

    /// Whether no field of the record had that name yet; all fields of one record are asked for before those of another.
    mutating func isFirstField(_ name: Name, of record: NodeID) -> Bool {
        if recordOfField[Int(name.number)] == record { return false }
        recordOfField[Int(name.number)] = record
        return true
    }

    /// Every variable that can be named here, for suggestions; where they are so many that nobody wrote them by hand, the functions' own.
    var namesInScope: [String] {
        if errors.count == Lexer.faultLimit { return [] }
        let locals = (outer + [function]).flatMap(\.locals.names).map(script.text)
        return Array(globals.slots.count > Compiler.suggestionLimit ? Set(locals) : Set(locals).union(globals.slots.keys)).sorted()
    }

    private static let suggestionLimit = 10_000
}
