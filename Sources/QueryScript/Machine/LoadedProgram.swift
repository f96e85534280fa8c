// A program in one machine: its constants and the shapes of its records as objects of that machine's heap.

/// A program with its constants as values of one machine.
final class LoadedProgram {
    let program: Program
    /// Its literals, and behind them the constants that the compiler has added.
    let constants: UnsafeMutablePointer<Value>
    let constantCount: Int
    /// The shapes of the records that the program makes.
    let shapes: ContiguousArray<UnsafeMutablePointer<BoxObject>>
    /// Where each name of the program stood in the record that was asked for it last.
    let members: UnsafeMutablePointer<KnownMember>
    /// The number of the last collection that reached it.
    var reached: UInt32 = 0

    init(_ program: Program, _ heap: Heap) {
        self.program = program
        constantCount = program.literals.count + program.constants.count
        constants = .allocate(capacity: max(constantCount, 1))
        var next = constants
        for value in program.literals {
            next.initialize(to: heap.value(value))
            next += 1
        }
        for value in program.constants {
            next.initialize(to: heap.value(value))
            next += 1
        }
        members = .allocate(capacity: max(program.names.count, 1))
        members.initialize(repeating: KnownMember(shape: nil, collection: 0, index: 0), count: program.names.count)
        shapes = ContiguousArray(program.recordNames.map { heap.newShape($0) })
    }

    deinit {
        constants.deallocate()
        members.deallocate()
    }

    /// The place of a name among a record's values, as long as no collection may have put another shape into that memory.
    struct KnownMember {
        var shape: UnsafeMutablePointer<BoxObject>?
        var collection: UInt32
        var index: Int
    }
}
