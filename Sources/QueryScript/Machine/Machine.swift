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

/// Runs programs over one heap and one set of globals.
final class Machine {
    let heap = Heap()
    let cancellation: Cancellation
    /// The globals' values by slot.
    private(set) var globals: ContiguousArray<Value> = []
    private var registers: UnsafeMutablePointer<Value>
    private var registerCapacity: Int
    private var program: Program?
    /// The program's constants as values, made once for each run.
    private var constants: ContiguousArray<Value> = []
    private var counter = 0

    /// Why `run` returned.
    enum Outcome {
        case finished
        case failed(MachineFault, Span)
        /// Perform the call, whose first register is `base`, and `resume` with its value.
        case call(Call, base: Int)
        /// Fetch the rows of the job and `retry`.
        case rows(Job, Span)
        /// Look up the field of the job, and `resume` with it, or with the column of that name of its rows.
        case field(Job, String, Span)
    }

    init(cancellation: Cancellation) {
        self.cancellation = cancellation
        registerCapacity = 256
        registers = .allocate(capacity: registerCapacity)
        registers.initialize(repeating: .null, count: registerCapacity)
    }

    deinit { registers.deallocate() }

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
        self.program = program
        counter = 0
        constants = ContiguousArray(program.constants.map { heap.value($0) })
        registers.update(repeating: .null, count: registerCapacity)
    }

    /// The values of a suspended call's registers.
    func arguments(base: Int, count: Int) throws(MachineFault) -> [ScriptValue] {
        var values: [ScriptValue] = []
        for index in 0..<count { values.append(try Heap.scriptValue(registers[base + index])) }
        return values
    }

    /// Gives the value of the call or field that `run` returned for.
    func resume(_ value: ScriptValue) {
        guard let program else { return }
        registers[Int(program.code[counter].a)] = heap.value(value)
        counter += 1
    }

    /// Runs on, from the instruction after the last one that `resume` finished, or from the one that wanted rows.
    func run() -> Outcome {
        guard let program else { return .finished }
        return program.code.withUnsafeBufferPointer { code in
            do throws(MachineFault) {
                return try loop(code.baseAddress.unsafelyUnwrapped, program)
            } catch {
                return .failed(error, program.spans[counter])
            }
        }
    }

    private func loop(_ code: UnsafePointer<Instruction>, _ program: Program) throws(MachineFault) -> Outcome {
        let r = registers
        var pc = counter
        defer { counter = pc }
        while true {
            let i = code[pc]
            let a = Int(i.a), b = Int(i.b), c = Int(i.c)
            switch i.operation {
            case .constant: r[a] = constants[Int(i.k)]
            case .move: r[a] = r[b]
            case .loadGlobal:
                let value = globals[Int(i.k)]
                if value.tag == .undefined { throw .undefined(program.source.text(program.spans[pc])) }
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
                r[a] = try binary(.add, x, y)
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
                r[a] = try binary(.subtract, x, y)
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
                r[a] = try binary(.multiply, x, y)
            case .less:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int < y.int) : try binary(.less, x, y)
            case .lessOrEqual:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int <= y.int) : try binary(.lessOrEqual, x, y)
            case .greater:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int > y.int) : try binary(.greater, x, y)
            case .greaterOrEqual:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int >= y.int) : try binary(.greaterOrEqual, x, y)
            case .equal:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int == y.int) : try binary(.equal, x, y)
            case .notEqual:
                let x = r[b], y = r[c]
                r[a] = x.tag == .int && y.tag == .int ? .bool(x.int != y.int) : try binary(.notEqual, x, y)
            case .divide: r[a] = try binary(.divide, r[b], r[c])
            case .floorDivide: r[a] = try binary(.floorDivide, r[b], r[c])
            case .remainder: r[a] = try binary(.remainder, r[b], r[c])
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
                    return .field(Heap.object(r[b], as: JobObject.self).job, program.names[Int(i.k)], program.spans[pc])
                }
                r[a] = try member(r[b], program.names[Int(i.k)])
            case .index:
                if let job = jobWithoutRows(r[b]) { return .rows(job, program.spans[pc]) }
                r[a] = try element(r[b], at: r[c])
            case .call:
                try checkpoint()
                r[a] = try call(program.functions[Int(i.k)], r + b, c)
            case .loop:
                if let job = jobWithoutRows(r[a]) { return .rows(job, program.spans[pc]) }
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
                return .call(program.calls[Int(i.k)], base: b)
            case .finish:
                self.program = nil
                return .finished
            }
            pc += 1
        }
    }

    /// Stops where the session was cancelled, and frees what nothing refers to any more.
    private func checkpoint() throws(MachineFault) {
        if cancellation.isCancelled { throw .cancelled }
        guard heap.shouldCollect else { return }
        let live = UnsafeBufferPointer(start: registers, count: registerCapacity)
        heap.collect(roots: [Array(live), Array(globals), Array(constants)].joined())
    }
}
