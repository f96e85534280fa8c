// The calls under way, in plain memory: pushing and popping one counts no references.

/// A call under way. The function that it runs is a root of the heap as long as the call is on the stack, and keeps alive
/// everything that it refers to; the script itself is such a function too.
struct ActiveCall {
    var function: UnsafeMutablePointer<FunctionObject>
    /// The instruction that it stands at; of a call that waits for another one, the instruction after that.
    var counter: UnsafePointer<Instruction>
    /// Its first register.
    var registers: UnsafeMutablePointer<Value>
    /// The caller's register for its value, counted from the caller's first one.
    var result: Int32
    /// How many `try` blocks of its own it is in.
    var tries: Int32 = 0
}

/// A stack of calls, which belongs to one machine.
struct CallStack: ~Copyable {
    private var memory: UnsafeMutablePointer<ActiveCall>
    private var capacity = 64
    /// The call that runs; there has to be one.
    private(set) var top: UnsafeMutablePointer<ActiveCall>
    /// The last place that a call may have: there is room for no more, or the limit allows none.
    private var last: UnsafeMutablePointer<ActiveCall>
    /// How many calls there may be.
    var limit = 0 { didSet { last = memory + (min(capacity, limit) - 1) } }

    init() {
        memory = .allocate(capacity: capacity)
        top = memory - 1
        last = top
    }

    deinit { memory.deallocate() }

    var count: Int { top - memory + 1 }

    subscript(_ index: Int) -> UnsafeMutablePointer<ActiveCall> { memory + index }

    /// Whether another call is one too many, or needs room to be made first.
    @inline(__always)
    var isFull: Bool { top >= last }

    /// Puts a call on top, for which there has to be room.
    @inline(__always)
    mutating func push(_ call: ActiveCall) {
        top += 1
        top.initialize(to: call)
    }

    /// Forgets the call that runs; there has to be another one below.
    @inline(__always)
    mutating func pop() { top -= 1 }

    /// Makes room for another call.
    mutating func reserve() {
        let count = count
        guard count == capacity else { return }
        let grown = UnsafeMutablePointer<ActiveCall>.allocate(capacity: capacity * 2)
        grown.initialize(from: memory, count: count)
        memory.deallocate()
        memory = grown
        capacity *= 2
        top = memory + (count - 1)
        last = memory + (min(capacity, limit) - 1)
    }

    /// Forgets the calls above the first `kept`.
    mutating func shrink(to kept: Int) { top = memory + (min(count, kept) - 1) }
}
