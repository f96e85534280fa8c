// The calls under way, in plain memory: pushing and popping one counts no references.

/// A call under way. The function that it runs is a root of the heap as long as the call is on the stack, and keeps alive
/// everything that it refers to; the script itself is such a function too.
struct ActiveCall {
    var function: UnsafeMutablePointer<FunctionObject>
    /// The instruction that it stands at; of a call that waits for another one, the instruction after that.
    var counter: UnsafePointer<Instruction>
    /// Its first register.
    var base: Int
    /// The caller's register for its value, counted from the caller's base.
    var result: Int
    /// How many `try` blocks there were around the call.
    var handlers: Int
}

/// A stack of calls, which belongs to one machine.
struct CallStack: ~Copyable {
    private var memory: UnsafeMutablePointer<ActiveCall>
    private var capacity = 64
    private(set) var count = 0

    init() { memory = .allocate(capacity: capacity) }

    deinit { memory.deallocate() }

    /// The call that runs; there has to be one.
    @inline(__always)
    var top: UnsafeMutablePointer<ActiveCall> { memory + (count &- 1) }

    subscript(_ index: Int) -> ActiveCall { memory[index] }

    @inline(__always)
    mutating func push(_ call: ActiveCall) {
        if count == capacity { grow() }
        (memory + count).initialize(to: call)
        count &+= 1
    }

    /// Forgets the call that runs; there has to be another one below.
    @inline(__always)
    mutating func pop() { count &-= 1 }

    @inline(never)
    private mutating func grow() {
        let grown = UnsafeMutablePointer<ActiveCall>.allocate(capacity: capacity * 2)
        grown.initialize(from: memory, count: count)
        memory.deallocate()
        memory = grown
        capacity *= 2
    }

    /// Forgets the calls above the first `kept`.
    mutating func shrink(to kept: Int) { count = min(count, kept) }
}
