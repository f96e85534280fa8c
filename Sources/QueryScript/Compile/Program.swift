// What the compiler makes of a script: instructions, constants, and the calls that the session performs.
import QueryFrames

/// A compiled source. Immutable; machines run it.
final class Program: Sendable {
    let source: Source
    /// The code of the script and of its functions; the script's is the first.
    let chunks: [Chunk]
    /// The literals of the script by their numbers, and behind them the constants that the compiler adds.
    let literals: [Scalar]
    let constants: [Scalar]
    let names: [String]
    let recordNames: [[String]]
    let functions: [BuiltIn]
    let calls: [Call]
    /// What can hardly be meant, though it runs.
    let warnings: [CheckWarning]

    init(_ parts: Parts) {
        source = parts.source
        chunks = parts.chunks.compactMap(\.self)
        literals = parts.literals
        constants = parts.constants
        names = parts.names
        recordNames = parts.recordNames
        functions = parts.functions
        calls = parts.calls
        warnings = parts.warnings
    }

    /// A program that is being compiled.
    struct Parts {
        let source: Source
        /// Nil where a function's code is still to be compiled.
        var chunks: [Chunk?] = []
        let literals: [Scalar]
        var constants: [Scalar] = []
        /// The names of the script by their numbers, and those that others bring into it.
        var names: [String]
        var recordNames: [[String]] = []
        var functions: [BuiltIn] = []
        var calls: [Call] = []
        var warnings: [CheckWarning] = []

        init(source: Source, _ tree: SyntaxTree) {
            self.source = source
            literals = tree.literals
            names = tree.names.texts
        }
    }

    /// An instruction and the place for which it was made.
    struct Step {
        var instruction: Instruction
        var span: Span
    }
}

/// The code of one function, or of the script itself.
final class Chunk: @unchecked Sendable {
    let name: String
    /// The instructions, in memory that does not move; written only by `init`.
    let code: UnsafePointer<Instruction>
    /// The place each instruction was written, for errors.
    let spans: [Span]
    let registerCount: Int
    /// How many arguments it takes, and how many of them must be given.
    let parameterCount: Int
    let requiredCount: Int
    /// The variables it takes along from around it when it is made.
    let captures: [Capture]

    init(_ parts: Parts, _ steps: ArraySlice<Program.Step>) {
        name = parts.name
        let memory = UnsafeMutablePointer<Instruction>.allocate(capacity: max(steps.count, 1))
        for (index, step) in steps.enumerated() { (memory + index).initialize(to: step.instruction) }
        code = UnsafePointer(memory)
        spans = steps.map(\.span)
        registerCount = parts.registerCount
        parameterCount = parts.parameterCount
        requiredCount = parts.requiredCount
        captures = parts.captures
    }

    deinit { code.deallocate() }

    /// A captured variable: a cell in a register of the function around, or one that it has captured itself.
    enum Capture: Sendable {
        case register(Int)
        case captured(Int)
    }

    /// A chunk that is being compiled.
    struct Parts {
        var name: String
        var registerCount = 0
        var parameterCount = 0
        var requiredCount = 0
        var captures: [Capture] = []
    }
}
