// The virtual machine: runs a program until it has finished, failed, or needs something that only the session can do.
// It never blocks, never recurses on the host's stack and touches nothing outside itself. Machine+Loop.swift runs the instructions.
import QueryFrames

/// Runs programs over one heap and one set of globals.
final class Machine {
    let heap = Heap()
    private(set) var limits: Limits
    /// Asked at every checkpoint; a new one for each run.
    var cancellation: Cancellation { heap.cancellation }
    /// The script that runs.
    private var script: LoadedProgram?
    /// Where text is put together.
    let text = TextBuffer()
    /// What the loop touches at every step; reached by a pointer, so that no access is checked for overlap while the script runs.
    let memory: UnsafeMutablePointer<Memory>

    /// The memory of a machine.
    struct Memory: ~Copyable {
        /// The globals' values by slot.
        var globals: UnsafeMutablePointer<Value>
        var globalCount = 0
        var globalCapacity: Int
        /// The registers of all calls under way, each call's window above the one before.
        var registers: UnsafeMutablePointer<Value>
        /// Behind the last of them.
        var registerEnd: UnsafeMutablePointer<Value>
        var registerCapacity: Int { registerEnd - registers }
        /// The calls under way, the script itself first; the last one runs.
        var calls = CallStack()
        var handlers: ContiguousArray<Handler> = []
        /// Instructions until the next checkpoint, and instructions that the limit leaves after that.
        var fuel = 0
        var reserve = Int.max
        /// Slices of fuel since the thread was given to others.
        var slices = 0
        /// When the run has to end.
        var deadline: ContinuousClock.Instant?
    }

    /// A `try` block that is being run.
    struct Handler {
        var depth: Int
        /// Where errors go on, and the register that takes them.
        var counter: UnsafePointer<Instruction>
        var register: Int
    }

    /// Why `run` returned.
    enum Outcome {
        case finished
        case failed(MachineFault, Place)
        /// Let others have the thread, and run on.
        case paused
        /// Perform the call, whose first register is `base`, and `resume` with its value.
        case call(Call, base: Int, Source)
        /// Fetch the rows of the job and run on.
        case rows(Job, Place)
        /// Look up the field of the job, and `resume` with it, or with the column of that name of its rows.
        case field(Job, String, Place)
        /// Compute what may take long, where it can be left behind, and `resume` with its value.
        case compute(Work, Place)
        /// Read the JSON, likewise, `keep` its parts for the value, and run on.
        case parts(String, of: Value, Place)
    }

    /// A place in a script.
    struct Place: Hashable {
        var span: Span
        var source: Source
    }

    init(limits: Limits = Limits()) {
        self.limits = limits
        heap.state.pointee.threshold = min(Heap.firstThreshold, limits.memory)
        memory = .allocate(capacity: 1)
        let registers = Machine.values(Machine.keptRegisters)
        memory.initialize(to: Memory(
            globals: Machine.values(64), globalCapacity: 64, registers: registers, registerEnd: registers + Machine.keptRegisters))
    }

    deinit {
        memory.pointee.globals.deallocate()
        memory.pointee.registers.deallocate()
        memory.deinitialize(count: 1)
        memory.deallocate()
    }

    /// Registers that a machine has from its start, and keeps when a run has ended.
    private static let keptRegisters = 1024

    private static func values(_ count: Int) -> UnsafeMutablePointer<Value> {
        let values = UnsafeMutablePointer<Value>.allocate(capacity: count)
        values.initialize(repeating: .null, count: count)
        return values
    }

    /// Moves values to new memory of `capacity`.
    private static func grow(_ values: inout UnsafeMutablePointer<Value>, _ count: Int, to capacity: Int) {
        let grown = Machine.values(capacity)
        grown.update(from: values, count: count)
        values.deallocate()
        values = grown
    }

    // MARK: Globals

    /// Makes room for `count` globals.
    func reserveGlobals(_ count: Int) {
        if count > memory.pointee.globalCapacity {
            let capacity = max(count, memory.pointee.globalCapacity * 2)
            Machine.grow(&memory.pointee.globals, memory.pointee.globalCount, to: capacity)
            memory.pointee.globalCapacity = capacity
        }
        while memory.pointee.globalCount < count {
            memory.pointee.globals[memory.pointee.globalCount] = .undefined
            memory.pointee.globalCount += 1
        }
    }

    func setGlobal(_ slot: Int, _ value: ScriptValue) { memory.pointee.globals[slot] = heap.value(value) }

    func isDefined(_ slot: Int) -> Bool { memory.pointee.globals[slot].tag != .undefined }

    func global(_ slot: Int) -> Value { memory.pointee.globals[slot] }

    // MARK: Running

    /// Begins to count for a run, in which one program or several run, one after the other.
    func begin(_ cancellation: Cancellation, limits: Limits) {
        if limits != self.limits { heap.state.pointee.threshold = min(heap.state.pointee.threshold, limits.memory) }
        self.limits = limits
        heap.cancellation = cancellation
        memory.pointee.calls.limit = limits.depth
        memory.pointee.fuel = 0
        memory.pointee.reserve = limits.instructions ?? .max
        memory.pointee.deadline = limits.time.map { .now + $0 }
    }

    /// Makes the machine ready to run `program` from its start.
    func start(_ program: Program) {
        let loaded = LoadedProgram(program, heap)
        let function = heap.function(loaded, program.chunks[0], []).object(as: FunctionObject.self)
        script = loaded
        memory.pointee.handlers.removeAll()
        memory.pointee.calls.shrink(to: 0)
        reserveRegisters(program.chunks[0].registerCount)
        memory.pointee.calls.push(
            ActiveCall(function: function, counter: function.pointee.code, registers: memory.pointee.registers, result: 0))
        memory.pointee.fuel -= program.chunks[0].spans.count
        memory.pointee.registers.update(repeating: .null, count: memory.pointee.registerCapacity)
    }

    func reserveRegisters(_ count: Int) {
        guard count > memory.pointee.registerCapacity else { return }
        let capacity = max(count, memory.pointee.registerCapacity * 2), old = memory.pointee.registers
        Machine.grow(&memory.pointee.registers, memory.pointee.registerCapacity, to: capacity)
        memory.pointee.registerEnd = memory.pointee.registers + capacity
        for index in 0..<memory.pointee.calls.count {
            let call = memory.pointee.calls[index]
            call.pointee.registers = memory.pointee.registers + (call.pointee.registers - old)
        }
    }

    /// The values of a suspended call's registers.
    func arguments(base: Int, count: Int) throws(MachineFault) -> [ScriptValue] {
        var values: [ScriptValue] = []
        for index in 0..<count { values.append(try heap.scriptValue(memory.pointee.registers[base + index])) }
        return values
    }

    /// Gives the value of the call, field or work that `run` returned for.
    func resume(_ value: ScriptValue) {
        guard memory.pointee.calls.count > 0 else { return }
        let call = memory.pointee.calls.top
        call.pointee.registers[Int(call.pointee.counter.pointee.a)] = heap.value(value)
        call.pointee.counter += 1
    }

    /// Keeps what was read of JSON: a list, or a record's fields.
    func keep(_ parts: ScriptValue, of json: Value) { heap.keep(parts, of: json) }

    /// Hands an error to the innermost `try` around; false where there is none, or where nothing may catch it.
    func handle(_ fault: MachineFault, at place: Place) -> Bool {
        guard fault.isCatchable, let handler = memory.pointee.handlers.popLast() else { return false }
        memory.pointee.calls.shrink(to: handler.depth)
        let call = memory.pointee.calls.top
        call.pointee.tries -= 1
        call.pointee.registers[handler.register] = heap.error(ScriptFailure(fault, at: place))
        call.pointee.counter = handler.counter
        return true
    }

    /// Runs on, from the instruction after the last one that `resume` finished, or from the one that wanted rows.
    func run() -> Outcome {
        while memory.pointee.calls.count > 0 {
            do throws(MachineFault) {
                // What was to be resumed with may have been broken off.
                try checkCancelled()
                return try loop()
            } catch {
                let place = place()
                if !handle(error, at: place) { return .failed(error, place) }
            }
        }
        return .finished
    }

    /// Forgets a run that has ended, so that only the globals keep objects alive.
    func end() {
        memory.pointee.calls.shrink(to: 0)
        memory.pointee.handlers.removeAll()
        script = nil
        // What the host does with the machine meanwhile, nothing stops.
        heap.cancellation = Cancellation()
        guard memory.pointee.registerCapacity > Machine.keptRegisters else { return }
        memory.pointee.registers.deallocate()
        memory.pointee.registers = Machine.values(Machine.keptRegisters)
        memory.pointee.registerEnd = memory.pointee.registers + Machine.keptRegisters
    }

    /// Where the call that runs stands.
    func place() -> Place {
        let call = memory.pointee.calls.top.pointee
        let function = call.function.pointee
        let index = call.counter - function.code
        return Place(
            span: function.chunk._withUnsafeGuaranteedRef { $0.spans[index] },
            source: function.loaded._withUnsafeGuaranteedRef { $0.program.source })
    }

    /// The value of a global that is a frame or a job.
    func frameOrJob(_ slot: Int) -> ScriptValue? {
        let value = global(slot)
        return switch value.tag {
        case .frame: .frame(Heap.frame(value))
        case .job: .job(Heap.job(value))
        default: nil
        }
    }

    // MARK: Limits

    /// The fault of a run whose time is over.
    var lateness: MachineFault? {
        guard let deadline = memory.pointee.deadline, let time = limits.time, .now >= deadline else { return nil }
        return .limit(.time(time))
    }

    /// How many instructions run between two looks at the cancellation and the limits.
    private static let slice = 2_000
    /// What a call of a function of the language counts for, beside what it works on.
    static let callWeight = 10

    /// Slices after which a script lets others have the thread: some milliseconds.
    private static let pause = 500

    /// Called where the fuel has run out: stops where the session was cancelled or a limit is passed, and fuels anew. False where
    /// it is time for a pause.
    func checkpoint() throws(MachineFault) -> Bool {
        memory.pointee.slices += 1
        if memory.pointee.slices > Machine.pause {
            memory.pointee.slices = 0
            return false
        }
        repeat {
            if cancellation.isRaised { throw .cancelled }
            if limits.time != nil, let lateness { throw lateness }
            // What was used beyond the fuel comes from the reserve too.
            let slice = min(Machine.slice, memory.pointee.reserve)
            guard slice > 0 else { throw .limit(.instructions(limits.instructions ?? .max)) }
            memory.pointee.reserve -= slice
            memory.pointee.fuel += slice
        } while memory.pointee.fuel < 0
        return true
    }

    /// Frees what nothing refers to any more, and stops where what is left is too much.
    func collect() throws(MachineFault) {
        guard try collected() <= limits.memory else { throw .limit(.memory(limits.memory)) }
    }

    /// Bytes that are left after a collection.
    private func collected() throws(MachineFault) -> Int {
        // What ended calls left behind is forgotten; only the registers of calls under way count.
        let top = memory.pointee.calls.top.pointee
        let registers = memory.pointee.registers
        let used = top.registers - registers + top.function.pointee.registerCount
        (registers + used).update(repeating: .null, count: memory.pointee.registerCapacity - used)
        var roots = ContiguousArray(UnsafeBufferPointer(start: registers, count: used))
        roots.append(contentsOf: UnsafeBufferPointer(start: memory.pointee.globals, count: memory.pointee.globalCount))
        // A function brings the constants of its program along.
        for index in 0..<memory.pointee.calls.count {
            roots.append(Value(tag: .function, bits: UInt64(UInt(bitPattern: memory.pointee.calls[index].pointee.function))))
        }
        guard heap.collect(roots: roots, programs: script.map { [$0] } ?? [], limit: limits.memory) else {
            throw .cancelled
        }
        return heap.byteCount
    }

    /// Sees to it, before something large is made, that the limit leaves room for so many bytes.
    func reserve(_ bytes: Int) throws(MachineFault) {
        if bytes < 1 << 16 || heap.byteCount + bytes <= min(heap.state.pointee.threshold, limits.memory) { return }
        if heap.byteCount + bytes > limits.memory, try collected() + bytes > limits.memory { throw .limit(.memory(limits.memory)) }
    }
}
