// The loop that runs instructions. What is frequent and short stands here, on plain memory; everything else is a call of a function
// that is not inlined, so that what the loop works with stays in the processor's registers.
import QueryFrames

extension Machine {
    func loop() throws(MachineFault) -> Outcome {
        let memory = memory
        let heap = heap
        // The state of the call that runs. Nothing but the loop itself touches these variables, not even a function inside of this
        // one: so they stay in the processor's registers.
        var r = memory.pointee.registers + memory.pointee.calls.top.pointee.base
        var ip = memory.pointee.calls.top.pointee.counter
        var constants = memory.pointee.calls.top.pointee.function.pointee.constants
        var fuel = memory.pointee.fuel
        do throws(MachineFault) {
            if fuel < 0 {
                guard let more = try refuel(fuel) else { return pause(at: ip, fuel) }
                fuel = more
            }
            while true {
                let i = ip.pointee
                ip += 1
                let a = Int(i.a), b = Int(i.b), c = Int(i.c)
                switch i.operation {
                case .add:
                    let x = r[b], y = r[c]
                    let (sum, overflow) = x.int.addingReportingOverflow(y.int)
                    guard x.tag == .int && y.tag == .int && !overflow else {
                        if x.tag == .float && y.tag == .float {
                            r[a] = .float(x.float + y.float)
                            continue
                        }
                        if let text = unreadText(x) { return .parts(text, of: x, leave(ip, fuel)) }
                        if let text = unreadText(y) { return .parts(text, of: y, leave(ip, fuel)) }
                        r[a] = try add(x, y, literals: i.k)
                        break
                    }
                    r[a] = .int(sum)
                    if Machine.endsSumming(ip.pointee) {
                        let rounds = Machine.sumUp(i, ip.pointee, r, fuel)
                        if Machine.isCounting { fuel &-= rounds &* Machine.summingWeight }
                    }
                    continue

                case .constant:
                    r[a] = constants[Int(i.k)]
                    continue
                case .move:
                    r[a] = r[b]
                    continue
                case .loadGlobal:
                    let value = memory.pointee.globals[Int(i.k)]
                    if value.tag == .undefined { throw undefined(leave(ip, fuel)) }
                    r[a] = value
                    continue
                case .storeGlobal:
                    memory.pointee.globals[Int(i.k)] = r[a]
                    continue

                case .subtract:
                    let x = r[b], y = r[c]
                    if x.tag == .int && y.tag == .int {
                        let (difference, overflow) = x.int.subtractingReportingOverflow(y.int)
                        if !overflow {
                            r[a] = .int(difference)
                            continue
                        }
                    } else if x.tag == .float && y.tag == .float {
                        r[a] = .float(x.float - y.float)
                        continue
                    }
                    r[a] = try binary(.subtract, x, y, literals: i.k)
                case .multiply:
                    let x = r[b], y = r[c]
                    if x.tag == .int && y.tag == .int {
                        let (product, overflow) = x.int.multipliedReportingOverflow(by: y.int)
                        if !overflow {
                            r[a] = .int(product)
                            continue
                        }
                    } else if x.tag == .float && y.tag == .float {
                        r[a] = .float(x.float * y.float)
                        continue
                    }
                    r[a] = try binary(.multiply, x, y, literals: i.k)
                case .addInt:
                    let x = r[b]
                    if x.tag == .int {
                        let (sum, overflow) = x.int.addingReportingOverflow(Int64(i.k))
                        if !overflow {
                            r[a] = .int(sum)
                            continue
                        }
                    }
                    r[a] = try binary(.add, x, .int(Int64(i.k)))
                case .subtractInt:
                    let x = r[b]
                    if x.tag == .int {
                        let (difference, overflow) = x.int.subtractingReportingOverflow(Int64(i.k))
                        if !overflow {
                            r[a] = .int(difference)
                            continue
                        }
                    }
                    r[a] = try binary(.subtract, x, .int(Int64(i.k)))
                case .divide:
                    let x = r[b], y = r[c]
                    if x.tag == .float && y.tag == .float && y.float != 0 {
                        r[a] = .float(x.float / y.float)
                        continue
                    }
                    r[a] = try binary(.divide, x, y, literals: i.k)
                case .floorDivide: r[a] = try binary(.floorDivide, r[b], r[c], literals: i.k)
                case .remainder:
                    let x = r[b], y = r[c]
                    if x.tag == .int && y.tag == .int && y.int > 0 {
                        let rest = x.int % y.int
                        r[a] = .int(rest < 0 ? rest &+ y.int : rest)
                        continue
                    }
                    r[a] = try binary(.remainder, x, y, literals: i.k)

                case .less:
                    let x = r[b], y = r[c]
                    r[a] = x.tag == .int && y.tag == .int ? .bool(x.int < y.int) : try binary(.less, x, y, literals: i.k)
                    continue
                case .lessOrEqual:
                    let x = r[b], y = r[c]
                    r[a] = x.tag == .int && y.tag == .int ? .bool(x.int <= y.int) : try binary(.lessOrEqual, x, y, literals: i.k)
                    continue
                case .greater:
                    let x = r[b], y = r[c]
                    r[a] = x.tag == .int && y.tag == .int ? .bool(x.int > y.int) : try binary(.greater, x, y, literals: i.k)
                    continue
                case .greaterOrEqual:
                    let x = r[b], y = r[c]
                    r[a] = x.tag == .int && y.tag == .int ? .bool(x.int >= y.int) : try binary(.greaterOrEqual, x, y, literals: i.k)
                    continue
                case .equal:
                    let x = r[b], y = r[c]
                    r[a] = x.tag == .int && y.tag == .int ? .bool(x.int == y.int) : try binary(.equal, x, y, literals: i.k)
                    continue
                case .notEqual:
                    let x = r[b], y = r[c]
                    r[a] = x.tag == .int && y.tag == .int ? .bool(x.int != y.int) : try binary(.notEqual, x, y, literals: i.k)
                    continue
                case .and: r[a] = try binary(.and, r[b], r[c])
                case .or: r[a] = try binary(.or, r[b], r[c])
                case .contains:
                    if r[c].tag == .json && isLarge(r[c]) { return .compute(try work(.in, r[b], r[c]), leave(ip, fuel)) }
                    r[a] = try contains(r[b], r[c], literals: i.k)
                case .like, .matches:
                    let op: BinaryOperator = i.operation == .like ? .like : .matches
                    if isLarge(r[b]) || isLarge(r[c]) { return .compute(try work(op, r[b], r[c]), leave(ip, fuel)) }
                    r[a] = try binary(op, r[b], r[c])
                case .negate: r[a] = try unary(.negate, r[b])
                case .not:
                    let x = r[b]
                    if x.tag == .bool {
                        r[a] = .bool(!x.bool)
                        continue
                    }
                    r[a] = try unary(.not, x)
                case .isNull:
                    r[a] = .bool(r[b].tag == .null)
                    continue
                case .isNotNull:
                    r[a] = .bool(r[b].tag != .null)
                    continue

                case .jump:
                    ip += Int(i.k)
                    continue
                case .jumpBack:
                    // Every loop comes by here or by `next`, so these are the places where one can be stopped.
                    ip += Int(i.k)
                    if Machine.isCounting {
                        fuel &+= Int(i.k)
                        if fuel < 0 {
                            guard let more = try refuel(fuel) else { return pause(at: ip, fuel) }
                            fuel = more
                        }
                    }
                    continue
                case .jumpUnlessTrue:
                    let x = r[a]
                    guard x.tag == .bool || x.tag == .null else { throw .condition(found: x.typeName) }
                    if x.tag == .null || !x.bool { ip += Int(i.k) }
                    continue
                case .jumpUnlessLess:
                    let x = r[a], y = r[b]
                    if x.tag == .int && y.tag == .int ? x.int < y.int : try holds(.less, x, y, literals: Int32(c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessLessOrEqual:
                    let x = r[a], y = r[b]
                    if x.tag == .int && y.tag == .int ? x.int <= y.int : try holds(.lessOrEqual, x, y, literals: Int32(c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessGreater:
                    let x = r[a], y = r[b]
                    if x.tag == .int && y.tag == .int ? x.int > y.int : try holds(.greater, x, y, literals: Int32(c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessGreaterOrEqual:
                    let x = r[a], y = r[b]
                    if x.tag == .int && y.tag == .int ? x.int >= y.int : try holds(.greaterOrEqual, x, y, literals: Int32(c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessEqual:
                    let x = r[a], y = r[b]
                    if x.tag == .int && y.tag == .int ? x.int == y.int : try holds(.equal, x, y, literals: Int32(c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessNotEqual:
                    let x = r[a], y = r[b]
                    if x.tag == .int && y.tag == .int ? x.int != y.int : try holds(.notEqual, x, y, literals: Int32(c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessLessInt:
                    let x = r[a]
                    if x.tag == .int ? x.int < i.immediate : try holds(.less, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessLessOrEqualInt:
                    let x = r[a]
                    if x.tag == .int ? x.int <= i.immediate : try holds(.lessOrEqual, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessGreaterInt:
                    let x = r[a]
                    if x.tag == .int ? x.int > i.immediate : try holds(.greater, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessGreaterOrEqualInt:
                    let x = r[a]
                    if x.tag == .int ? x.int >= i.immediate : try holds(.greaterOrEqual, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessEqualInt:
                    let x = r[a]
                    if x.tag == .int ? x.int == i.immediate : try holds(.equal, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessNotEqualInt:
                    let x = r[a]
                    if x.tag == .int ? x.int != i.immediate : try holds(.notEqual, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpIfFalse:
                    if r[a].tag == .bool && !r[a].bool { ip += Int(i.k) }
                    continue
                case .jumpIfTrue:
                    if r[a].tag == .bool && r[a].bool { ip += Int(i.k) }
                    continue
                case .jumpIfNotNull:
                    if r[a].tag != .null { ip += Int(i.k) }
                    continue
                case .jumpIfGiven:
                    if r[a].tag != .undefined { ip += Int(i.k) }
                    continue

                case .newList: r[a] = heap.list(capacity: Int(i.k))
                case .append:
                    Heap.append(r[b], to: r[a])
                case .readLiteral: try readLiteral(i.k, of: r[a])
                    continue
                case .newRecord:
                    let shape = memory.pointee.calls.top.pointee.function.pointee.loaded._withUnsafeGuaranteedRef { $0.shapes[Int(i.k)] }
                    r[a] = heap.record(shape, r + b, count: c)
                case .range:
                    guard r[b].tag == .int else { throw .rangeType(r[b].typeName) }
                    guard r[c].tag == .int else { throw .rangeType(r[c].typeName) }
                    r[a] = heap.range(r[b].int, r[c].int)
                case .interpolate: r[a] = try joined(r + b, c)

                case .member:
                    let x = r[b]
                    if x.tag == .record {
                        let known = memory.pointee.calls.top.pointee.function.pointee.loaded._withUnsafeGuaranteedRef { $0.members } + Int(i.k)
                        let record = x.object(as: RecordObject.self)
                        if known.pointee.shape == record.pointee.shape && known.pointee.collection == heap.state.pointee.collection {
                            r[a] = Heap.values(record)[known.pointee.index]
                            continue
                        }
                    } else if x.tag == .job {
                        return .field(Heap.job(x), name(i.k), leave(ip, fuel))
                    } else if let text = unreadText(x) {
                        return .parts(text, of: x, leave(ip, fuel))
                    }
                    r[a] = try member(x, named: i.k)
                case .index:
                    let x = r[b], y = r[c]
                    if x.tag == .list && y.tag == .int {
                        let list = x.object(as: ListObject.self)
                        if y.int >= 0 && y.int < list.pointee.count {
                            r[a] = list.pointee.items[Int(y.int)]
                            continue
                        }
                    }
                    if let job = jobWithoutRows(x) { return .rows(job, leave(ip, fuel)) }
                    if let text = unreadText(x) { return .parts(text, of: x, leave(ip, fuel)) }
                    r[a] = try element(x, at: y)
                case .call:
                    fuel &-= Machine.callWeight
                    if isLarge(r + b, c), isLong(i.k, r + b) { return .compute(try work(i.k, r + b, c), leave(ip, fuel)) }
                    r[a] = try call(i.k, r + b, c)
                case .loopRange: try beginRange(r + a)
                case .loop:
                    if let job = jobWithoutRows(r[a]) { return .rows(job, leave(ip, fuel)) }
                    if let text = unreadText(r[a]) { return .parts(text, of: r[a], leave(ip, fuel)) }
                    try beginLoop(r + a)
                case .next:
                    let x = r[a], y = r[a + 1]
                    if x.tag != .int {
                        if x.tag == .list {
                            let list = x.object(as: ListObject.self)
                            if y.int >= list.pointee.count { continue }
                            r[a + 2] = list.pointee.items[Int(y.int)]
                        } else {
                            guard let count = elementCount(x), y.int < count else { continue }
                            r[a + 2] = try loopElement(x, y.int)
                        }
                        r[a + 1] = .int(y.int &+ 1)
                        ip += Int(i.k)
                        if Machine.isCounting { fuel &+= Int(i.k) }
                        break
                    }
                    fallthrough
                case .nextOfRange:
                    // A range counts down what is left of it, and up what it gives.
                    let left = r[a].bits
                    if left == 0 { continue }
                    let number = r[a + 1].int
                    r[a].bits = left &- 1
                    r[a + 1].bits = UInt64(bitPattern: number &+ 1)
                    r[a + 2] = .int(number)
                    ip += Int(i.k)
                    if Machine.isCounting {
                        fuel &+= Int(i.k)
                        if fuel < 0 {
                            guard let more = try refuel(fuel) else { return pause(at: ip, fuel) }
                            fuel = more
                        }
                    }
                    continue
                case .command:
                    if fuel < 0 { fuel = try refuel(fuel) ?? fuel }
                    stop(at: ip - 1, fuel)
                    return request(i, r)
                case .finish:
                    memory.pointee.calls.shrink(to: 0)
                    memory.pointee.fuel = fuel
                    return .finished

                case .callGlobal:
                    r[b] = memory.pointee.globals[Int(i.k)]
                    fallthrough
                case .callValue:
                    let value = r[b]
                    let base = memory.pointee.calls.top.pointee.base &+ b &+ 1
                    if value.tag != .function { throw .notAFunction(value.typeName) }
                    let function = value.object(as: FunctionObject.self)
                    if c != function.pointee.parameterCount || memory.pointee.calls.count >= memory.pointee.depth
                        || base &+ function.pointee.registerCount > memory.pointee.registerCapacity
                    {
                        try prepare(value, argumentsAt: base, count: c)
                    }
                    memory.pointee.calls.top.pointee.counter = ip
                    ip = function.pointee.code
                    memory.pointee.calls.push(ActiveCall(
                        function: function, counter: ip, base: base, result: a, handlers: memory.pointee.handlers.count))
                    r = memory.pointee.registers + base
                    constants = function.pointee.constants
                    if Machine.isCounting {
                        fuel &-= function.pointee.weight
                        if fuel < 0 {
                            guard let more = try refuel(fuel) else { return pause(at: ip, fuel) }
                            fuel = more
                        }
                    }
                    continue
                case .giveBack:
                    let value = r[a]
                    let ended = memory.pointee.calls.top.pointee
                    memory.pointee.calls.pop()
                    if memory.pointee.handlers.count > ended.handlers { memory.pointee.handlers.removeLast(memory.pointee.handlers.count - ended.handlers) }
                    let caller = memory.pointee.calls.top
                    r = memory.pointee.registers + caller.pointee.base
                    ip = caller.pointee.counter
                    constants = caller.pointee.function.pointee.constants
                    r[ended.result] = value
                    continue
                case .closure: r[a] = closure(Int(i.k), r)
                case .newCell: r[a] = heap.cell(c == 1 ? .undefined : r[b])
                case .loadCell:
                    let value = r[b].object(as: CellObject.self).pointee.value
                    if value.tag == .undefined { throw undefined(leave(ip, fuel)) }
                    r[a] = value
                    continue
                case .storeCell:
                    r[a].object(as: CellObject.self).pointee.value = r[b]
                    continue
                case .loadCaptured:
                    let value = captured(i.k).pointee.value
                    if value.tag == .undefined { throw undefined(leave(ip, fuel)) }
                    r[a] = value
                    continue
                case .storeCaptured:
                    captured(i.k).pointee.value = r[a]
                    continue
                case .beginTry:
                    memory.pointee.handlers.append(Handler(depth: memory.pointee.calls.count, counter: ip + Int(i.k), register: a))
                    continue
                case .endTry:
                    memory.pointee.handlers.removeLast()
                    continue
                }
                // What comes by here may have made objects, or have worked for longer than an instruction does.
                if Machine.isCounting {
                    fuel &-= heap.state.pointee.work
                    heap.state.pointee.work = 0
                    if fuel < 0 {
                        guard let more = try refuel(fuel) else { return pause(at: ip, fuel) }
                        fuel = more
                    }
                }
                if heap.isFull { try collect() }
            }
        } catch {
            // The call stands at the instruction that failed.
            stop(at: max(ip - 1, memory.pointee.calls.top.pointee.function.pointee.code), fuel)
            throw error
        }
    }
}
