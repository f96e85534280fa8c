// Names of variables while a script is compiled: globals, which live as long as the session, and the functions that see them.

/// The variables of a session's outermost level, by name; a prompt's lines share them.
struct GlobalNames: Sendable {
    private(set) var slots: [String: Int] = [:]
    private(set) var names: [String] = []
    /// The functions among the variables, by slot.
    private(set) var definitions: [Int: Definition] = [:]

    /// A slot for a new variable; an older one of the name is shadowed from here on.
    mutating func declare(_ name: String) -> Int {
        names.append(name)
        slots[name] = names.count - 1
        return names.count - 1
    }

    /// Notes that a variable is the function that `definition` says, or that it may not be one any more.
    mutating func define(_ slot: Int, _ definition: Definition?) { definitions[slot] = definition }

    /// Fixes what the functions of a source mean by the names in them, when all of it has been compiled.
    mutating func closeDefinitions() {
        for index in definitions.values.indices where definitions.values[index].slots == nil { definitions.values[index].slots = slots }
    }

    /// The names that a file starts with which is imported: those of `kept`, none of the importing script's own.
    func forImport(keeping kept: Set<String>) -> GlobalNames {
        var names = self
        names.slots = slots.filter { kept.contains($0.key) }
        return names
    }

    /// Takes over the variables of an imported file, but for `kept`, which every file starts with.
    mutating func adopt(_ imported: GlobalNames, except kept: Set<String>) {
        names = imported.names.count > names.count ? imported.names : names
        for (name, slot) in imported.slots where !kept.contains(name) { slots[name] = slot }
        definitions.merge(imported.definitions) { _, new in new }
    }

    /// Forgets the variables whose slots `isDefined` denies: their `let` failed.
    mutating func keep(_ isDefined: (Int) -> Bool) {
        slots = slots.filter { isDefined($0.value) }
    }
}

/// Where a variable's value is.
enum Place {
    case register(Int)
    /// In the cell that the register refers to.
    case cell(Int)
    /// In cell number k of those that the running function has captured.
    case captured(Int)
    case global(Int)
}

/// A function as it was written: what an expression over columns makes of its calls.
struct Definition: Sendable {
    let function: PartID
    let origin: Origin
    /// The globals that it sees, by name; nil while its source is compiled, and for a function within a block.
    var slots: [String: Int]?

    var node: FunctionNode { origin.tree.function(function) }

    /// A source with functions in it.
    final class Origin: Sendable {
        let tree: SyntaxTree
        let source: Source

        init(_ tree: SyntaxTree, _ source: Source) {
            self.tree = tree
            self.source = source
        }
    }
}

/// A function, or the script itself, while it is compiled.
struct FunctionScope {
    var chunk: Chunk.Parts
    /// Where its code begins in the compiler's.
    var start = 0
    var locals = Locals()
    /// The first register that is free.
    var free = 0
    /// Jumps that leave or restart the loops around, innermost last.
    var loops: [Loop] = []
    /// `try` blocks around.
    var tries = 0
    /// Names that stand in functions inside of this one.
    var innerNames: Set<Name>
    /// The variables of functions around that it uses, by name.
    var captured: [Name: Int] = [:]

    init(chunk: Chunk.Parts, innerNames: Set<Name>) {
        self.chunk = chunk
        self.innerNames = innerNames
    }

    /// Begins another function in its place.
    mutating func begin(_ chunk: Chunk.Parts, innerNames: Set<Name>, at start: Int) {
        self.chunk = chunk
        self.innerNames = innerNames
        self.start = start
        locals.clear()
        free = 0
        loops.removeAll(keepingCapacity: true)
        tries = 0
        captured = [:]
    }

    struct Loop {
        /// Where `continue` goes, once that is known.
        var start: Int?
        var exits: [Int] = []
        /// Jumps to the start that was not known when they were made.
        var returns: [Int] = []
        /// How many `try` blocks there were around the loop.
        var tries: Int
    }
}
