// What instructions do beyond the fast paths of the loop: operators on any values, members, elements, text.
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Machine {
    /// `x + y` of anything but two ints or two floats.
    @inline(never)
    func add(_ x: Value, _ y: Value, literals: Int32) throws(MachineFault) -> Value {
        if x.tag == .json || y.tag == .json {
            return try add(x.tag == .json ? heap.parts(x) : x, y.tag == .json ? heap.parts(y) : y, literals: literals)
        }
        if x.tag == .list && y.tag == .list {
            let count = x.object(as: ListObject.self).pointee.count + y.object(as: ListObject.self).pointee.count
            try reserve(Heap.joinedByteCount(count * MemoryLayout<Value>.stride, 0))
            return heap.joined(x, list: y)
        }
        if x.tag == .string && y.tag == .string {
            let count = x.object(as: StringObject.self).pointee.count + y.object(as: StringObject.self).pointee.count
            if count > Heap.textLimit { throw .limit(.text(Heap.textLimit)) }
            try reserve(Heap.joinedByteCount(count, 0))
            return heap.joined(x, string: y)
        }
        return try binary(.add, x, y, literals: literals)
    }

    /// `literals` tells which sides are literals, as `Instruction.leftIsLiteral` and its counterpart say.
    @inline(never)
    func binary(_ op: BinaryOperator, _ x: Value, _ y: Value, literals: Int32 = 0) throws(MachineFault) -> Value {
        if let order = try order(x, y), let answer = op.holds(order: order) { return .bool(answer) }
        guard var left = try heap.scalar(x), var right = try heap.scalar(y) else {
            throw operatorTypes(op.rawValue, x, y)
        }
        if literals & Instruction.leftIsLiteral != 0, y.tag == .decimal { left = left.decimalLiteral }
        if literals & Instruction.rightIsLiteral != 0, x.tag == .decimal { right = right.decimalLiteral }
        defer {
            Leftovers.free(left)
            Leftovers.free(right)
        }
        let result: Scalar
        do {
            result = try ScalarOperators.apply(op, left, right)
        } catch {
            try checkCancelled()
            throw .evaluation(error)
        }
        try checkCancelled()
        return heap.value(result)
    }

    /// Whether `x op y` is true; null is not.
    @inline(never)
    func holds(_ op: BinaryOperator, _ x: Value, _ y: Value, literals: Int32 = 0) throws(MachineFault) -> Bool {
        let answer = try binary(op, x, y, literals: literals)
        return answer.tag == .bool && answer.bool
    }

    /// How values of one type stand to each other where that is plain: negative, zero or positive.
    private func order(_ x: Value, _ y: Value) throws(MachineFault) -> Int? {
        guard x.tag == y.tag else { return nil }
        switch x.tag {
        case .int, .duration: return x.int < y.int ? -1 : x.int == y.int ? 0 : 1
        case .float: return x.float < y.float ? -1 : x.float == y.float ? 0 : x.float > y.float ? 1 : nil
        case .string:
            let a = Heap.bytes(x), b = Heap.bytes(y)
            guard let start = a.baseAddress, let other = b.baseAddress else { return nil }
            let count = min(a.count, b.count)
            for from in stride(from: 0, to: count, by: Cancellation.stretch) {
                if from > 0 { try checkCancelled() }
                let order = Int(memcmp(start + from, other + from, min(Cancellation.stretch, count - from)))
                if order != 0 { return order }
            }
            return a.count - b.count
        default: return nil
        }
    }

    /// `x in y`; a list is gone through here, item by item, so that it can be long. `literals` tells which items are literals.
    @inline(never)
    func contains(_ x: Value, _ y: Value, literals: Int32) throws(MachineFault) -> Value {
        if y.tag == .range {
            if x.tag == .null { return .null }
            guard x.tag == .int else { throw operatorTypes(BinaryOperator.in.rawValue, x, y) }
            let range = y.object(as: RangeObject.self).pointee
            return .bool(x.int >= range.low && x.int <= range.high)
        }
        guard y.tag == .list, let wanted = try heap.scalar(x) else { return try binary(.in, x, y) }
        var answer = Scalar.bool(false)
        for (index, item) in Heap.items(y).enumerated() {
            if index % 1024 == 1023 { try checkCancelled() }
            if answer == .bool(true) && item.tag == x.tag { continue }
            if let order = try order(x, item) {
                if order == 0 { answer = .bool(true) }
                continue
            }
            guard var element = try heap.scalar(item) else { throw operatorTypes(BinaryOperator.in.rawValue, x, y) }
            if x.tag == .decimal, literals & Instruction.literalItem(index) != 0 { element = element.decimalLiteral }
            do {
                let found = try ScalarOperators.apply(.in, wanted, .list([element]))
                if found == .bool(true) || (found == .null && answer == .bool(false)) { answer = found }
            } catch {
                throw .evaluation(error)
            }
        }
        heap.state.pointee.work &+= Heap.items(y).count
        return heap.value(answer)
    }

    /// Makes a decimal of item `index` of a list, a float that the script has literally, where another item is a decimal.
    @inline(never)
    func readLiteral(_ index: Int32, of list: Value) throws(MachineFault) {
        let items = Heap.items(list)
        guard items.contains(where: { $0.tag == .decimal }), let value = try heap.scalar(items[Int(index)]) else { return }
        list.object(as: ListObject.self).pointee.items[Int(index)] = heap.value(value.decimalLiteral)
    }

    @inline(never)
    func unary(_ op: UnaryOperator, _ x: Value) throws(MachineFault) -> Value {
        guard let operand = try heap.scalar(x) else {
            throw .evaluation(.plan(.operatorTypes(operator: op.rawValue, operands: [x.typeName], mark: 0)))
        }
        do {
            return heap.value(try ScalarOperators.apply(op, operand))
        } catch {
            throw .evaluation(error)
        }
    }

    private func operatorTypes(_ op: String, _ x: Value, _ y: Value) -> MachineFault {
        .evaluation(.plan(.operatorTypes(operator: op, operands: [x.typeName, y.typeName], mark: 0)))
    }

    /// Stops where the session was cancelled, for what works through many things.
    func checkCancelled() throws(MachineFault) {
        if cancellation.isRaised { throw .cancelled }
    }

    // MARK: Functions of the language

    /// The program whose instructions run.
    private var program: Program { memory.pointee.calls.top.pointee.function.pointee.loaded._withUnsafeGuaranteedRef { $0.program } }

    var functions: [BuiltIn] { program.functions }

    func name(_ index: Int32) -> String { program.names[Int(index)] }

    @inline(never)
    func call(_ function: Int32, _ arguments: UnsafeMutablePointer<Value>, _ count: Int) throws(MachineFault) -> Value {
        if arguments[0].tag == .list, case .function(let row, _) = program.functions[Int(function)], row.name == "len",
            let length = elementCount(arguments[0])
        {
            return .int(length)
        }
        return heap.value(try work(function, arguments, count).result())
    }

    /// A call as work that anyone can do.
    @inline(never)
    func work(_ function: Int32, _ arguments: UnsafeMutablePointer<Value>, _ count: Int) throws(MachineFault) -> Work {
        switch program.functions[Int(function)] {
        case .function(let row, let literals):
            if row.name == "json", arguments[0].tag == .list || arguments[0].tag == .record {
                return Work(.json(try heap.scriptValue(arguments[0])), [])
            }
            var operands = try scalars(row.name, arguments, 0..<count)
            if !literals.isEmpty, operands.contains(where: { $0.typeName == "decimal" }) {
                for place in literals { operands[place] = operands[place].decimalLiteral }
            }
            return Work(.function(row), operands)
        case .aggregate(let row):
            guard case .list(let values)? = try heap.scalar(arguments[0]) else {
                throw .evaluation(.plan(.argumentType(
                    function: row.name, index: 0, expected: "list of single values, such as j.revenue,", found: arguments[0].typeName, mark: 0)))
            }
            return Work(.aggregate(row, values), try scalars(row.name, arguments, 1..<count))
        }
    }

    /// An operator as work that anyone can do.
    @inline(never)
    func work(_ op: BinaryOperator, _ x: Value, _ y: Value) throws(MachineFault) -> Work {
        guard let left = try heap.scalar(x), let right = try heap.scalar(y) else {
            throw operatorTypes(op.rawValue, x, y)
        }
        return Work(.binary(op), [left, right])
    }

    /// The arguments at `places` as single values.
    private func scalars(
        _ function: String, _ arguments: UnsafeMutablePointer<Value>, _ places: Range<Int>
    ) throws(MachineFault) -> [Scalar] {
        var scalars: [Scalar] = []
        scalars.reserveCapacity(places.count)
        for index in places {
            guard let scalar = try heap.scalar(arguments[index]) else {
                throw .evaluation(.plan(.argumentType(
                    function: function, index: index, expected: "a single value", found: arguments[index].typeName, mark: 0)))
            }
            scalars.append(scalar)
        }
        return scalars
    }

    // MARK: Members and elements

    /// `value.name`, and where the name stands in records of this shape from now on.
    @inline(never)
    func member(_ value: Value, named index: Int32) throws(MachineFault) -> Value {
        let name = name(index)
        let found = try member(value, name)
        if value.tag == .record, let place = Heap.names(value).firstIndex(of: name) {
            let members = memory.pointee.calls.top.pointee.function.pointee.loaded._withUnsafeGuaranteedRef { $0.members }
            members[Int(index)] = LoadedProgram.KnownMember(
                shape: value.object(as: RecordObject.self).pointee.shape, collection: heap.state.pointee.collection, index: place)
        }
        return found
    }

    func member(_ value: Value, _ name: String) throws(MachineFault) -> Value {
        switch value.tag {
        case .null: return .null
        case .error:
            let failure = Heap.failure(value)
            switch name {
            case "code": return heap.string(failure.code)
            case "message": return heap.string(failure.message)
            case "line": return .int(Int64(failure.line))
            case "job": return failure.job.map { heap.string($0) } ?? .null
            case "status": return failure.status.map { .int(Int64($0)) } ?? .null
            default: throw .unknownField(name, of: "error", known: ["code", "message", "line", "job", "status"])
            }
        case .json:
            let parts = heap.parts(value)
            guard parts.tag == .record else { return .null }
            let place = Heap.names(parts).firstIndex { $0.utf8.elementsEqual(name.utf8) }
            return place.map { Heap.values(parts.object(as: RecordObject.self))[$0] } ?? .null
        case .record:
            let names = Heap.names(value)
            guard let index = names.firstIndex(of: name) else { throw .unknownField(name, of: "record", known: names) }
            return Heap.values(value.object(as: RecordObject.self))[index]
        case .frame:
            let frame = Heap.frame(value)
            guard let column = frame.schema.index(of: name) else {
                throw .plan(.unknownColumn(name: name, columns: frame.schema.names, mark: -1))
            }
            try reserve(frame.count * MemoryLayout<Value>.stride)
            let list = heap.list(capacity: frame.count)
            for batch in frame.batches {
                for row in 0..<batch.count {
                    if row % 1024 == 1023 { try checkCancelled() }
                    Heap.append(heap.value(batch.columns[column].scalar(row)), to: list)
                }
                if heap.byteCount > limits.memory &+ heap.state.pointee.threshold { throw .limit(.memory(limits.memory)) }
            }
            return list
        default: throw .noMembers(value.typeName, member: name)
        }
    }

    /// `value[index]`: past the end it is null, from the end it counts with negative numbers.
    @inline(never)
    func element(_ value: Value, at index: Value) throws(MachineFault) -> Value {
        if value.tag == .null || index.tag == .null { return .null }
        if value.tag == .json {
            if index.tag == .string { return try member(value, Heap.text(index)) }
            let parts = heap.parts(value)
            guard index.tag == .int else { throw .indexType(found: index.typeName, of: value.typeName) }
            return parts.tag == .list ? try element(parts, at: index) : .null
        }
        if value.tag == .record {
            guard index.tag == .string else { throw .indexType(found: index.typeName, of: "record") }
            return try member(value, Heap.text(index))
        }
        guard let count = elementCount(value) else { throw .noMembers(value.typeName, member: nil) }
        guard index.tag == .int else { throw .indexType(found: index.typeName, of: value.typeName) }
        let position = index.int < 0 ? index.int &+ count : index.int
        guard position >= 0, position < count else { return .null }
        return try loopElement(value, position)
    }

    /// How many elements a loop over the value sees; nil where it has none to speak of.
    func elementCount(_ value: Value) -> Int64? {
        switch value.tag {
        case .list: return Int64(value.object(as: ListObject.self).pointee.count)
        case .json: return elementCount(heap.parts(value))
        case .record: return Int64(value.object(as: RecordObject.self).pointee.count)
        case .range:
            let range = value.object(as: RangeObject.self).pointee
            return RangeObject.count(range.low, range.high)
        case .frame: return Int64(Heap.frame(value).count)
        case .job: return Heap.job(value).fetched.map { Int64($0.count) }
        default: return nil
        }
    }

    /// Makes a loop over the value in `r[0]`: its index stands in `r[1]`. A range is replaced by how many numbers it has, and its
    /// index by the first of them.
    @inline(never)
    func beginLoop(_ r: UnsafeMutablePointer<Value>) throws(MachineFault) {
        guard let count = elementCount(r[0]) else { throw .notIterable(r[0].typeName) }
        if r[0].tag == .range {
            r[1] = .int(r[0].object(as: RangeObject.self).pointee.low)
            r[0] = .int(count)
        } else {
            r[1] = .int(0)
        }
    }

    /// Makes a loop over the numbers from `r[0]` to `r[1]`: they are replaced by how many there are and by the first of them.
    @inline(never)
    func beginRange(_ r: UnsafeMutablePointer<Value>) throws(MachineFault) {
        guard r[0].tag == .int else { throw .rangeType(r[0].typeName) }
        guard r[1].tag == .int else { throw .rangeType(r[1].typeName) }
        let low = r[0].int
        r[0] = .int(RangeObject.count(low, r[1].int))
        r[1] = .int(low)
    }

    /// Element `index` as a loop gives it: a list's item, a record's `{key, value}`, a range's int, a frame's row.
    @inline(never)
    func loopElement(_ value: Value, _ index: Int64) throws(MachineFault) -> Value {
        switch value.tag {
        case .list: return value.object(as: ListObject.self).pointee.items[Int(index)]
        case .json: return try loopElement(heap.parts(value), index)
        case .record:
            let key = heap.string(Heap.names(value)[Int(index)])
            return heap.record(["key", "value"], [key, Heap.values(value.object(as: RecordObject.self))[Int(index)]])
        case .range: return .int(value.object(as: RangeObject.self).pointee.low &+ index)
        case .frame: return row(Heap.frame(value), Int(index))
        case .job:
            guard let frame = Heap.job(value).fetched else { return .null }
            return row(frame, Int(index))
        default: return .null
        }
    }

    private func row(_ frame: Frame, _ index: Int) -> Value {
        heap.record(frame.schema.names, frame.schema.fields.indices.map { heap.value(frame.scalar(row: index, column: $0)) })
    }

    /// The job whose rows must be fetched before `value` can be looked into.
    @inline(__always)
    func jobWithoutRows(_ value: Value) -> Job? {
        guard value.tag == .job else { return nil }
        let job = Heap.job(value)
        return job.fetched == nil ? job : nil
    }

    // MARK: Text

    /// The texts of the values joined.
    @inline(never)
    func joined(_ values: UnsafeMutablePointer<Value>, _ count: Int) throws(MachineFault) -> Value {
        text.removeAll(keepingCapacity: text.capacity < 1 << 20)
        for index in 0..<count { try write(values[index], depth: 0) }
        try reserve(text.count)
        return text.withBytes { heap.string($0) }
    }

    /// Writes the value as `print` does; a list item by item, so that a long one need not be there a second time.
    private func write(_ value: Value, depth: Int) throws(MachineFault) {
        switch value.tag {
        case .string where depth == 0:
            let bytes = Heap.bytes(value)
            try reserveText(bytes.count)
            text.append(long: bytes)
            if bytes.count > Cancellation.stretch { try checkCancelled() }
        case .int: text.appendInt(value.int)
        case .list:
            guard depth < Heap.depthLimit else { throw .tooDeep(limit: Heap.depthLimit) }
            text.append("[")
            for (index, item) in Heap.items(value).enumerated() {
                if index % 256 == 255 { try checkCancelled() }
                if index > 0 { text.append(", ") }
                try write(item, depth: depth + 1)
                try reserveText(0)
            }
            text.append("]")
        default:
            let outside = try heap.scriptValue(value, depth: depth)
            outside.write(to: text, isQuoted: depth > 0) { [text, cancellation] in text.count > Heap.textLimit || cancellation.isRaised }
            try checkCancelled()
            try reserveText(0)
        }
    }

    /// Sees to it that the text gets no longer than a text may be.
    private func reserveText(_ count: Int) throws(MachineFault) {
        if text.count + count > Heap.textLimit { throw .limit(.text(Heap.textLimit)) }
    }
}

extension BinaryOperator {
    /// Whether the comparison holds of values in that order; nil where the operator is none.
    fileprivate func holds(order: Int) -> Bool? {
        switch self {
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        case .equal: order == 0
        case .notEqual: order != 0
        default: nil
        }
    }
}
