// The virtual machine: runs a program until it has finished, failed, or needs something that only the session can do.
// It never blocks, never recurses on the host's stack and touches nothing outside itself.
import QueryFrames
import Synchronization

/// Tells a machine to stop, from any thread.
public final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    public init() {}

    /// Asks whatever runs under this cancellation to stop; it does within milliseconds.
    public func cancel() { flag.store(true, ordering: .releasing) }

    /// Makes it usable again, for the next line of a prompt.
    public func reset() { flag.store(false, ordering: .releasing) }

    public var isCancelled: Bool { flag.load(ordering: .acquiring) }
}

/// A program with its constants as values of one machine.
final class LoadedProgram {
    let program: Program
    let constants: UnsafeMutableBufferPointer<Value>

    init(_ program: Program, _ heap: Heap) {
        self.program = program
        constants = .allocate(capacity: program.constants.count)
        for (index, constant) in program.constants.enumerated() { constants[index] = heap.value(constant) }
    }

    deinit { constants.deallocate() }
}

/// Runs programs over one heap and one set of globals.
final class Machine {
    let heap = Heap()
    let cancellation: Cancellation
    /// The script that runs.
    private(set) var script: LoadedProgram?
    /// What the loop touches at every step; reached by a pointer, so that no access is checked for overlap while the script runs.
    private let memory: UnsafeMutablePointer<Memory>

    /// The memory of a machine.
    struct Memory: ~Copyable {
        /// The globals' values by slot.
        var globals: ContiguousArray<Value> = []
        /// The registers of all calls under way, each call's window above the one before.
        var registers: UnsafeMutablePointer<Value>
        var registerCapacity: Int
        /// The calls under way, the script itself first; the last one runs.
        var calls = CallStack()
        var handlers: [Handler] = []
    }

    var globals: ContiguousArray<Value> {
        _read { yield memory.pointee.globals }
        _modify { yield &memory.pointee.globals }
    }

    var registers: UnsafeMutablePointer<Value> { memory.pointee.registers }

    var registerCapacity: Int { memory.pointee.registerCapacity }

    var calls: CallStack {
        _read { yield memory.pointee.calls }
        _modify { yield &memory.pointee.calls }
    }

    private var handlers: [Handler] {
        _read { yield memory.pointee.handlers }
        _modify { yield &memory.pointee.handlers }
    }

    /// A `try` block that is being run.
    struct Handler {
        var depth: Int
        /// Where errors go on, and the register that takes them.
        var counter: Int
        var register: Int
    }

    /// Calls within calls beyond this stop the script.
    static let callLimit = 10_000

    /// Why `run` returned.
    enum Outcome {
        case finished
        case failed(MachineFault, Place)
        /// Perform the call, whose first register is `base`, and `resume` with its value.
        case call(Call, base: Int, Source)
        /// Fetch the rows of the job and run on.
        case rows(Job, Place)
        /// Look up the field of the job, and `resume` with it, or with the column of that name of its rows.
        case field(Job, String, Place)
    }

    /// A place in a script.
    struct Place: Hashable {
        var span: Span
        var source: Source
    }

    init(cancellation: Cancellation) {
        self.cancellation = cancellation
        let capacity = 1024
        let registers = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
        registers.initialize(repeating: .null, count: capacity)
        memory = .allocate(capacity: 1)
        memory.initialize(to: Memory(registers: registers, registerCapacity: capacity))
    }

    deinit {
        registers.deallocate()
        memory.deinitialize(count: 1)
        memory.deallocate()
    }

    // MARK: Globals

    /// Makes room for `count` globals.
    func reserveGlobals(_ count: Int) {
        while globals.count < count { globals.append(.undefined) }
    }

    func setGlobal(_ slot: Int, _ value: ScriptValue) { globals[slot] = heap.value(value) }

    func isDefined(_ slot: Int) -> Bool { globals[slot].tag != .undefined }

    func global(_ slot: Int) -> Value { globals[slot] }

    // MARK: Running

    /// Makes the machine ready to run `program` from its start.
    func start(_ program: Program) {
        let loaded = LoadedProgram(program, heap)
        handlers = []
        script = loaded
        calls.shrink(to: 0)
        calls.push(ActiveCall(
            loaded: .passUnretained(loaded), chunk: .passUnretained(program.chunks[0]), function: .null, base: 0, counter: 0, result: 0))
        reserveRegisters(program.chunks[0].registerCount)
        registers.update(repeating: .null, count: registerCapacity)
    }

    func reserveRegisters(_ count: Int) {
        guard count > registerCapacity else { return }
        let capacity = max(count, registerCapacity * 2)
        let grown = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
        grown.initialize(from: registers, count: registerCapacity)
        (grown + registerCapacity).initialize(repeating: .null, count: capacity - registerCapacity)
        registers.deallocate()
        memory.pointee.registers = grown
        memory.pointee.registerCapacity = capacity
    }

    /// The values of a suspended call's registers.
    func arguments(base: Int, count: Int) throws(MachineFault) -> [ScriptValue] {
        var values: [ScriptValue] = []
        for index in 0..<count { values.append(try Heap.scriptValue(registers[base + index])) }
        return values
    }

    /// Gives the value of the call or field that `run` returned for.
    func resume(_ value: ScriptValue) {
        guard calls.count > 0 else { return }
        let call = calls.top.pointee
        registers[call.base + Int(call.chunk._withUnsafeGuaranteedRef { $0.code[call.counter].a })] = heap.value(value)
        calls.top.pointee.counter += 1
    }

    /// Hands an error to the innermost `try` around; false where there is none, or where nothing may catch it.
    func handle(_ fault: MachineFault, at place: Place) -> Bool {
        guard fault.isCatchable, let handler = handlers.popLast() else { return false }
        calls.shrink(to: handler.depth)
        registers[calls.top.pointee.base + handler.register] = heap.value(ScriptValue.error(ScriptFailure(fault, at: place)))
        calls.top.pointee.counter = handler.counter
        return true
    }

    /// Runs on, from the instruction after the last one that `resume` finished, or from the one that wanted rows.
    func run() -> Outcome {
        while calls.count > 0 {
            do throws(MachineFault) {
                return try loop()
            } catch {
                let place = place(calls.top.pointee.counter)
                if !handle(error, at: place) { return .failed(error, place) }
            }
        }
        return .finished
    }

    private func loop() throws(MachineFault) -> Outcome {
        // The running call's state, copied out so that the loop touches no array; `enter` copies it anew.
        var call = calls.top.pointee
        var code = call.chunk._withUnsafeGuaranteedRef { $0.code }
        var constants = call.loaded._withUnsafeGuaranteedRef { $0.constants.baseAddress }
        var r = registers + call.base
        var pc = call.counter
        var program: Program { call.program }
        func enter() {
            call = calls.top.pointee
            code = call.chunk._withUnsafeGuaranteedRef { $0.code }
            constants = call.loaded._withUnsafeGuaranteedRef { $0.constants.baseAddress }
            r = registers + call.base
            pc = call.counter
        }
        defer { if calls.count > 0 { calls.top.pointee.counter = pc } }
        while true {
            let i = code[pc]
            let a = Int(i.a), b = Int(i.b), c = Int(i.c)
            switch i.operation {
            case .constant: r[a] = constants.unsafelyUnwrapped[Int(i.k)]
            case .move: r[a] = r[b]
            case .loadGlobal:
                let value = globals[Int(i.k)]
                if value.tag == .undefined { throw undefined(pc) }
                r[a] = value
            case .storeGlobal: globals[Int(i.k)] = r[a]

            case .add:
                let x = r[b], y = r[c]
                if x.tag == .int && y.tag == .int {
                    let (sum, overflow) = x.int.addingReportingOverflow(y.int)
                    if !overflow {
                        r[a] = .int(sum)
                        break
                    }
                } else if x.tag == .float && y.tag == .float {
                    r[a] = .float(x.float + y.float)
                    break
                }
                r[a] = try binary(.add, x, y, literals: i.k)
            case .subtract:
                let x = r[b], y = r[c]
                if x.tag == .int && y.tag == .int {
                    let (difference, overflow) = x.int.subtractingReportingOverflow(y.int)
                    if !overflow {
                        r[a] = .int(difference)
                        break
                    }
                } else if x.tag == .float && y.tag == .float {
                    r[a] = .float(x.float - y.float)
                    break
                }
                r[a] = try binary(.subtract, x, y, literals: i.k)
            case .multiply:
                let x = r[b], y = r[c]
                if x.tag == .int && y.tag == .int {
                    let (product, overflow) = x.int.multipliedReportingOverflow(by: y.int)
                    if !overflow {
                        r[a] = .int(product)
                        break
                    }
                } else if x.tag == .float && y.tag == .float {
                    r[a] = .float(x.float * y.float)
                    break
                }
                r[a] = try binary(.multiply, x, y, literals: i.k)
            case .less:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int < y.int) : try binary(.less, x, y, literals: i.k)
            case .lessOrEqual:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int <= y.int) : try binary(.lessOrEqual, x, y, literals: i.k)
            case .greater:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int > y.int) : try binary(.greater, x, y, literals: i.k)
            case .greaterOrEqual:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int >= y.int) : try binary(.greaterOrEqual, x, y, literals: i.k)
            case .equal:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int == y.int) : try binary(.equal, x, y, literals: i.k)
            case .notEqual:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int != y.int) : try binary(.notEqual, x, y, literals: i.k)
            case .divide: r[a] = try binary(.divide, r[b], r[c], literals: i.k)
            case .floorDivide: r[a] = try binary(.floorDivide, r[b], r[c], literals: i.k)
            case .remainder: r[a] = try binary(.remainder, r[b], r[c], literals: i.k)
            case .and: r[a] = try binary(.and, r[b], r[c])
            case .or: r[a] = try binary(.or, r[b], r[c])
            case .contains: r[a] = try binary(.in, r[b], r[c])
            case .like: r[a] = try binary(.like, r[b], r[c])
            case .matches: r[a] = try binary(.matches, r[b], r[c])
            case .negate: r[a] = try unary(.negate, r[b])
            case .not: r[a] = try unary(.not, r[b])
            case .isNull: r[a] = .bool(r[b].tag == .null)
            case .isNotNull: r[a] = .bool(r[b].tag != .null)

            case .jump:
                let target = Int(i.k)
                // Every loop comes by here, so this is where a machine can be stopped and its heap be cleaned.
                if target <= pc { try checkpoint() }
                pc = target
                continue
            case .jumpUnlessTrue:
                let x = r[a]
                guard x.tag == .bool || x.tag == .null else { throw .condition(found: x.typeName) }
                if x.tag == .null || !x.bool {
                    pc = Int(i.k)
                    continue
                }
            case .jumpIfFalse:
                if r[a].tag == .bool && !r[a].bool {
                    pc = Int(i.k)
                    continue
                }
            case .jumpIfTrue:
                if r[a].tag == .bool && r[a].bool {
                    pc = Int(i.k)
                    continue
                }
            case .jumpIfNotNull:
                if r[a].tag != .null {
                    pc = Int(i.k)
                    continue
                }

            case .newList:
                var items: ContiguousArray<Value> = []
                items.reserveCapacity(Int(i.k))
                r[a] = heap.list(items)
            case .append: Heap.object(r[a], as: ListObject.self).items.append(r[b])
            case .newRecord:
                let names = program.recordNames[Int(i.k)]
                let values = ContiguousArray(UnsafeBufferPointer(start: r + b, count: names.count))
                r[a] = heap.add(RecordObject(names: names, values: values), .record)
            case .range:
                guard r[b].tag == .int else { throw .rangeType(r[b].typeName) }
                guard r[c].tag == .int else { throw .rangeType(r[c].typeName) }
                r[a] = heap.add(RangeObject(r[b].int, r[c].int), .range)
            case .interpolate:
                var text = ""
                for index in b..<(b + c) { try write(r[index], to: &text) }
                r[a] = heap.string(text)

            case .member:
                if r[b].tag == .job {
                    return .field(Heap.object(r[b], as: JobObject.self).job, program.names[Int(i.k)], place(pc))
                }
                r[a] = try member(r[b], program.names[Int(i.k)])
            case .index:
                if let job = jobWithoutRows(r[b]) { return .rows(job, place(pc)) }
                r[a] = try element(r[b], at: r[c])
            case .call:
                try checkpoint()
                r[a] = try self.call(program.functions[Int(i.k)], r + b, c)
            case .loop:
                if let job = jobWithoutRows(r[a]) { return .rows(job, place(pc)) }
                guard elementCount(r[a]) != nil else { throw .notIterable(r[a].typeName) }
                r[a + 1] = .int(0)
            case .next:
                let index = r[a + 1].int
                guard let count = elementCount(r[a]), index < count else {
                    pc = Int(i.k)
                    continue
                }
                r[a + 2] = loopElement(r[a], index)
                r[a + 1] = .int(index + 1)
                pc += 1
                continue
            case .command:
                try checkpoint()
                return .call(program.calls[Int(i.k)], base: call.base + b, program.source)
            case .finish:
                calls.shrink(to: 0)
                return .finished

            case .callValue:
                try checkpoint()
                calls.top.pointee.counter = pc
                try push(r[b], argumentsAt: call.base + b + 1, count: c, result: a)
                enter()
                continue
            case .giveBack:
                let value = r[a]
                let result = call.result
                calls.shrink(to: calls.count - 1)
                while let handler = handlers.last, handler.depth > calls.count { handlers.removeLast() }
                calls.top.pointee.counter += 1
                enter()
                r[result] = value
                continue
            case .closure: r[a] = closure(Int(i.k), r)
            case .newCell: r[a] = heap.add(CellObject(c == 1 ? .undefined : r[b]), .cell)
            case .loadCell:
                let value = Heap.object(r[b], as: CellObject.self).value
                if value.tag == .undefined { throw undefined(pc) }
                r[a] = value
            case .storeCell: Heap.object(r[a], as: CellObject.self).value = r[b]
            case .loadCaptured:
                let value = captured(Int(i.k)).value
                if value.tag == .undefined { throw undefined(pc) }
                r[a] = value
            case .storeCaptured: captured(Int(i.k)).value = r[a]
            case .jumpIfGiven:
                if r[a].tag != .undefined {
                    pc = Int(i.k)
                    continue
                }
            case .beginTry: handlers.append(Handler(depth: calls.count, counter: Int(i.k), register: a))
            case .endTry: handlers.removeLast()
            }
            pc += 1
        }
    }

    private func place(_ pc: Int) -> Place {
        let call = calls.top.pointee
        return Place(span: call.chunk._withUnsafeGuaranteedRef { $0.spans[pc] }, source: call.program.source)
    }

    private func undefined(_ pc: Int) -> MachineFault {
        let place = place(pc)
        return .undefined(place.source.text(place.span))
    }
}
