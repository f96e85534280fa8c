// The calls under way, in plain memory: pushing and popping one counts no references.

/// A call under way. Everything it refers to is kept alive by others: the program of the script by the machine, a function's
/// by the function object, which is a root of the heap as long as the call is on the stack.
struct ActiveCall {
    var loaded: Unmanaged<LoadedProgram>
    var chunk: Unmanaged<Chunk>
    /// The function that runs, for what it has captured; null for the script.
    var function: Value
    /// Its first register.
    var base: Int
    /// The instruction that it stands at.
    var counter: Int
    /// The caller's register for its value, counted from the caller's base.
    var result: Int

    var program: Program { loaded._withUnsafeGuaranteedRef { $0.program } }
}

/// A stack of calls, which belongs to one machine.
struct CallStack: ~Copyable {
    private var memory: UnsafeMutablePointer<ActiveCall>
    private var capacity = 64
    private(set) var count = 0

    init() { memory = .allocate(capacity: capacity) }

    deinit { memory.deallocate() }

    /// The call that runs; there has to be one.
    var top: UnsafeMutablePointer<ActiveCall> { memory + (count - 1) }

    subscript(_ index: Int) -> ActiveCall { memory[index] }

    mutating func push(_ call: ActiveCall) {
        if count == capacity {
            let grown = UnsafeMutablePointer<ActiveCall>.allocate(capacity: capacity * 2)
            grown.initialize(from: memory, count: count)
            memory.deallocate()
            memory = grown
            capacity *= 2
        }
        (memory + count).initialize(to: call)
        count += 1
    }

    /// Forgets the calls above the first `kept`.
    mutating func shrink(to kept: Int) { count = min(count, kept) }
}
