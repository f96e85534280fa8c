// The loop that runs instructions. What is frequent and short stands here, on plain memory; everything else is a call of a function
// that is not inlined, so that what the loop works with stays in the processor's registers.
import QueryFrames

extension Machine {
    func loop() throws(MachineFault) -> Outcome {
        let memory = memory
        let heap = heap
        // The state of the call that runs. Nothing but the loop itself touches these variables, not even a function inside of this
        // one: so they stay in the processor's registers.
        var r = memory.pointee.calls.top.pointee.registers
        var ip = memory.pointee.calls.top.pointee.counter
        var fuel = memory.pointee.fuel
        do throws(MachineFault) {
            if fuel < 0 {
                guard let more = try refuel(fuel) else { return pause(at: ip, fuel) }
                fuel = more
            }
            while true {
                // Each instruction reads the parts of it that it needs.
                let i = ip
                ip += 1
                switch i.pointee.operation {
                case .add:
                    let x = r[i.b], y = r[i.c]
                    let (sum, overflow) = x.int.addingReportingOverflow(y.int)
                    guard x.tag == .int && y.tag == .int && !overflow else {
                        if x.tag == .float && y.tag == .float {
                            r[i.a] = .float(x.float + y.float)
                            continue
                        }
                        if let text = unreadText(x) { return .parts(text, of: x, leave(ip, fuel)) }
                        if let text = unreadText(y) { return .parts(text, of: y, leave(ip, fuel)) }
                        r[i.a] = try add(x, y, literals: i.k)
                        break
                    }
                    r[i.a] = .int(sum)
                    if Machine.endsSumming(ip.pointee) {
                        let rounds = Machine.sumUp(i.pointee, ip.pointee, r, fuel)
                        if Machine.isCounting { fuel &-= rounds &* Machine.summingWeight }
                    }
                    continue

                case .constant:
                    r[i.a] = memory.pointee.calls.top.pointee.function.pointee.constants[Int(i.k)]
                    continue
                case .move:
                    r[i.a] = r[i.b]
                    continue
                case .loadGlobal:
                    let value = memory.pointee.globals[Int(i.k)]
                    if value.tag == .undefined { throw undefined(leave(ip, fuel)) }
                    r[i.a] = value
                    continue
                case .storeGlobal:
                    memory.pointee.globals[Int(i.k)] = r[i.a]
                    continue

                case .subtract:
                    let x = r[i.b], y = r[i.c]
                    if x.tag == .int && y.tag == .int {
                        let (difference, overflow) = x.int.subtractingReportingOverflow(y.int)
                        if !overflow {
                            r[i.a] = .int(difference)
                            continue
                        }
                    } else if x.tag == .float && y.tag == .float {
                        r[i.a] = .float(x.float - y.float)
                        continue
                    }
                    r[i.a] = try binary(.subtract, x, y, literals: i.k)
                case .multiply:
                    let x = r[i.b], y = r[i.c]
                    if x.tag == .int && y.tag == .int {
                        let (product, overflow) = x.int.multipliedReportingOverflow(by: y.int)
                        if !overflow {
                            r[i.a] = .int(product)
                            continue
                        }
                    } else if x.tag == .float && y.tag == .float {
                        r[i.a] = .float(x.float * y.float)
                        continue
                    }
                    r[i.a] = try binary(.multiply, x, y, literals: i.k)
                case .addInt:
                    let x = r[i.b]
                    if x.tag == .int {
                        let (sum, overflow) = x.int.addingReportingOverflow(Int64(i.k))
                        if !overflow {
                            r[i.a] = .int(sum)
                            continue
                        }
                    }
                    r[i.a] = try binary(.add, x, .int(Int64(i.k)))
                case .subtractInt:
                    let x = r[i.b]
                    if x.tag == .int {
                        let (difference, overflow) = x.int.subtractingReportingOverflow(Int64(i.k))
                        if !overflow {
                            r[i.a] = .int(difference)
                            continue
                        }
                    }
                    r[i.a] = try binary(.subtract, x, .int(Int64(i.k)))
                case .divide:
                    let x = r[i.b], y = r[i.c]
                    if x.tag == .float && y.tag == .float && y.float != 0 {
                        r[i.a] = .float(x.float / y.float)
                        continue
                    }
                    r[i.a] = try binary(.divide, x, y, literals: i.k)
                case .floorDivide: r[i.a] = try binary(.floorDivide, r[i.b], r[i.c], literals: i.k)
                case .remainder:
                    let x = r[i.b], y = r[i.c]
                    if x.tag == .int && y.tag == .int && y.int > 0 {
                        let rest = x.int % y.int
                        r[i.a] = .int(rest < 0 ? rest &+ y.int : rest)
                        continue
                    }
                    r[i.a] = try binary(.remainder, x, y, literals: i.k)

                case .less:
                    let x = r[i.b], y = r[i.c]
                    r[i.a] = x.tag == .int && y.tag == .int ? .bool(x.int < y.int) : try binary(.less, x, y, literals: i.k)
                    continue
                case .lessOrEqual:
                    let x = r[i.b], y = r[i.c]
                    r[i.a] = x.tag == .int && y.tag == .int ? .bool(x.int <= y.int) : try binary(.lessOrEqual, x, y, literals: i.k)
                    continue
                case .greater:
                    let x = r[i.b], y = r[i.c]
                    r[i.a] = x.tag == .int && y.tag == .int ? .bool(x.int > y.int) : try binary(.greater, x, y, literals: i.k)
                    continue
                case .greaterOrEqual:
                    let x = r[i.b], y = r[i.c]
                    r[i.a] = x.tag == .int && y.tag == .int ? .bool(x.int >= y.int) : try binary(.greaterOrEqual, x, y, literals: i.k)
                    continue
                case .equal:
                    let x = r[i.b], y = r[i.c]
                    r[i.a] = x.tag == .int && y.tag == .int ? .bool(x.int == y.int) : try binary(.equal, x, y, literals: i.k)
                    continue
                case .notEqual:
                    let x = r[i.b], y = r[i.c]
                    r[i.a] = x.tag == .int && y.tag == .int ? .bool(x.int != y.int) : try binary(.notEqual, x, y, literals: i.k)
                    continue
                case .and: r[i.a] = try binary(.and, r[i.b], r[i.c])
                case .or: r[i.a] = try binary(.or, r[i.b], r[i.c])
                case .contains:
                    if r[i.c].tag == .json && isLarge(r[i.c]) { return .compute(try work(.in, r[i.b], r[i.c]), leave(ip, fuel)) }
                    r[i.a] = try contains(r[i.b], r[i.c], literals: i.k)
                case .like, .matches:
                    let op: BinaryOperator = i.pointee.operation == .like ? .like : .matches
                    if isLarge(r[i.b]) || isLarge(r[i.c]) { return .compute(try work(op, r[i.b], r[i.c]), leave(ip, fuel)) }
                    r[i.a] = try binary(op, r[i.b], r[i.c])
                case .negate: r[i.a] = try unary(.negate, r[i.b])
                case .not:
                    let x = r[i.b]
                    if x.tag == .bool {
                        r[i.a] = .bool(!x.bool)
                        continue
                    }
                    r[i.a] = try unary(.not, x)
                case .isNull:
                    r[i.a] = .bool(r[i.b].tag == .null)
                    continue
                case .isNotNull:
                    r[i.a] = .bool(r[i.b].tag != .null)
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
                    let x = r[i.a]
                    guard x.tag == .bool || x.tag == .null else { throw .condition(found: x.typeName) }
                    if x.tag == .null || !x.bool { ip += Int(i.k) }
                    continue
                case .jumpUnlessLess:
                    let x = r[i.a], y = r[i.b]
                    if x.tag == .int && y.tag == .int ? x.int < y.int : try holds(.less, x, y, literals: Int32(i.c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessLessOrEqual:
                    let x = r[i.a], y = r[i.b]
                    if x.tag == .int && y.tag == .int ? x.int <= y.int : try holds(.lessOrEqual, x, y, literals: Int32(i.c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessGreater:
                    let x = r[i.a], y = r[i.b]
                    if x.tag == .int && y.tag == .int ? x.int > y.int : try holds(.greater, x, y, literals: Int32(i.c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessGreaterOrEqual:
                    let x = r[i.a], y = r[i.b]
                    if x.tag == .int && y.tag == .int ? x.int >= y.int : try holds(.greaterOrEqual, x, y, literals: Int32(i.c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessEqual:
                    let x = r[i.a], y = r[i.b]
                    if x.tag == .int && y.tag == .int ? x.int == y.int : try holds(.equal, x, y, literals: Int32(i.c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessNotEqual:
                    let x = r[i.a], y = r[i.b]
                    if x.tag == .int && y.tag == .int ? x.int != y.int : try holds(.notEqual, x, y, literals: Int32(i.c)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessLessInt:
                    let x = r[i.a]
                    if x.tag == .int ? x.int < i.immediate : try holds(.less, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessLessOrEqualInt:
                    let x = r[i.a]
                    if x.tag == .int ? x.int <= i.immediate : try holds(.lessOrEqual, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessGreaterInt:
                    let x = r[i.a]
                    if x.tag == .int ? x.int > i.immediate : try holds(.greater, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessGreaterOrEqualInt:
                    let x = r[i.a]
                    if x.tag == .int ? x.int >= i.immediate : try holds(.greaterOrEqual, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessEqualInt:
                    let x = r[i.a]
                    if x.tag == .int ? x.int == i.immediate : try holds(.equal, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpUnlessNotEqualInt:
                    let x = r[i.a]
                    if x.tag == .int ? x.int != i.immediate : try holds(.notEqual, x, .int(i.immediate)) { continue }
                    ip += Int(i.k)
                    continue
                case .jumpIfFalse:
                    if r[i.a].tag == .bool && !r[i.a].bool { ip += Int(i.k) }
                    continue
                case .jumpIfTrue:
                    if r[i.a].tag == .bool && r[i.a].bool { ip += Int(i.k) }
                    continue
                case .jumpIfNotNull:
                    if r[i.a].tag != .null { ip += Int(i.k) }
                    continue
                case .jumpIfGiven:
                    if r[i.a].tag != .undefined { ip += Int(i.k) }
                    continue

                case .newList: r[i.a] = heap.list(capacity: Int(i.k))
                case .append:
                    Heap.append(r[i.b], to: r[i.a])
                case .readLiteral: try readLiteral(i.k, of: r[i.a])
                    continue
                case .newRecord:
                    let shape = memory.pointee.calls.top.pointee.function.pointee.loaded._withUnsafeGuaranteedRef { $0.shapes[Int(i.k)] }
                    r[i.a] = heap.record(shape, r + i.b, count: i.c)
                case .range:
                    guard r[i.b].tag == .int else { throw .rangeType(r[i.b].typeName) }
                    guard r[i.c].tag == .int else { throw .rangeType(r[i.c].typeName) }
                    r[i.a] = heap.range(r[i.b].int, r[i.c].int)
                case .interpolate: r[i.a] = try joined(r + i.b, i.c)

                case .member:
                    let x = r[i.b]
                    if x.tag == .record {
                        let known = memory.pointee.calls.top.pointee.function.pointee.loaded._withUnsafeGuaranteedRef { $0.members } + Int(i.k)
                        let record = x.object(as: RecordObject.self)
                        if known.pointee.shape == record.pointee.shape && known.pointee.collection == heap.state.pointee.collection {
                            r[i.a] = Heap.values(record)[known.pointee.index]
                            continue
                        }
                    } else if x.tag == .job {
                        return .field(Heap.job(x), name(i.k), leave(ip, fuel))
                    } else if let text = unreadText(x) {
                        return .parts(text, of: x, leave(ip, fuel))
                    }
                    r[i.a] = try member(x, named: i.k)
                case .index:
                    let x = r[i.b], y = r[i.c]
                    if x.tag == .list && y.tag == .int {
                        let list = x.object(as: ListObject.self)
                        if y.int >= 0 && y.int < list.pointee.count {
                            r[i.a] = list.pointee.items[Int(y.int)]
                            continue
                        }
                    }
                    if let job = jobWithoutRows(x) { return .rows(job, leave(ip, fuel)) }
                    if let text = unreadText(x) { return .parts(text, of: x, leave(ip, fuel)) }
                    r[i.a] = try element(x, at: y)
                case .call:
                    fuel &-= Machine.callWeight
                    if isLarge(r + i.b, i.c), isLong(i.k, r + i.b) { return .compute(try work(i.k, r + i.b, i.c), leave(ip, fuel)) }
                    r[i.a] = try call(i.k, r + i.b, i.c)
                case .loopRange: try beginRange(r + i.a)
                case .loop:
                    if let job = jobWithoutRows(r[i.a]) { return .rows(job, leave(ip, fuel)) }
                    if let text = unreadText(r[i.a]) { return .parts(text, of: r[i.a], leave(ip, fuel)) }
                    try beginLoop(r + i.a)
                case .next:
                    let x = r[i.a], y = r[i.a + 1]
                    if x.tag != .int {
                        if x.tag == .list {
                            let list = x.object(as: ListObject.self)
                            if y.int >= list.pointee.count { continue }
                            r[i.a + 2] = list.pointee.items[Int(y.int)]
                        } else {
                            guard let count = elementCount(x), y.int < count else { continue }
                            r[i.a + 2] = try loopElement(x, y.int)
                        }
                        r[i.a + 1] = .int(y.int &+ 1)
                        ip += Int(i.k)
                        if Machine.isCounting { fuel &+= Int(i.k) }
                        break
                    }
                    fallthrough
                case .nextOfRange:
                    // A range counts down what is left of it, and up what it gives.
                    let a = i.a
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
                    return request(i.pointee, r)
                case .finish:
                    memory.pointee.calls.shrink(to: 0)
                    memory.pointee.fuel = fuel
                    return .finished

                case .callGlobal, .callValue:
                    let value = i.pointee.operation == .callGlobal ? memory.pointee.globals[Int(i.k)] : r[i.b]
                    if value.tag != .function { throw .notAFunction(value.typeName) }
                    let function = value.object(as: FunctionObject.self)
                    var registers = r + i.b + 1
                    if i.c != function.pointee.parameterCount || memory.pointee.calls.isFull
                        || registers + function.pointee.registerCount > memory.pointee.registerEnd
                    {
                        registers = try prepare(value, argumentsAt: registers, count: i.c)
                    }
                    memory.pointee.calls.top.pointee.counter = ip
                    ip = function.pointee.code
                    memory.pointee.calls.push(ActiveCall(function: function, counter: ip, registers: registers, result: Int32(truncatingIfNeeded: i.a)))
                    r = registers
                    if Machine.isCounting {
                        fuel &-= function.pointee.weight
                        if fuel < 0 {
                            guard let more = try refuel(fuel) else { return pause(at: ip, fuel) }
                            fuel = more
                        }
                    }
                    continue
                case .giveBack:
                    let value = r[i.a]
                    let ended = memory.pointee.calls.top.pointee
                    memory.pointee.calls.pop()
                    if ended.tries != 0 { memory.pointee.handlers.removeLast(Int(ended.tries)) }
                    let caller = memory.pointee.calls.top
                    r = caller.pointee.registers
                    ip = caller.pointee.counter
                    r[Int(ended.result)] = value
                    continue
                case .closure: r[i.a] = closure(Int(i.k), r)
                case .newCell: r[i.a] = heap.cell(i.c == 1 ? .undefined : r[i.b])
                case .loadCell:
                    let value = r[i.b].object(as: CellObject.self).pointee.value
                    if value.tag == .undefined { throw undefined(leave(ip, fuel)) }
                    r[i.a] = value
                    continue
                case .storeCell:
                    r[i.a].object(as: CellObject.self).pointee.value = r[i.b]
                    continue
                case .loadCaptured:
                    let value = captured(i.k).pointee.value
                    if value.tag == .undefined { throw undefined(leave(ip, fuel)) }
                    r[i.a] = value
                    continue
                case .storeCaptured:
                    captured(i.k).pointee.value = r[i.a]
                    continue
                case .beginTry:
                    memory.pointee.handlers.append(Handler(depth: memory.pointee.calls.count, counter: ip + Int(i.k), register: i.a))
                    memory.pointee.calls.top.pointee.tries += 1
                    continue
                case .endTry:
                    memory.pointee.handlers.removeLast()
                    memory.pointee.calls.top.pointee.tries -= 1
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
