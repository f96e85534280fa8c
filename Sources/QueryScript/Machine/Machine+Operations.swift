// What instructions do beyond the fast paths of the loop: operators on any values, members, elements, text.
import QueryFrames

extension Machine {
    /// `literals` tells which sides are literals, as `Instruction.leftIsLiteral` and its counterpart say.
    func binary(_ op: BinaryOperator, _ x: Value, _ y: Value, literals: Int32 = 0) throws(MachineFault) -> Value {
        if op == .add && (x.tag == .json || y.tag == .json) {
            return try binary(op, x.tag == .json ? heap.parts(x) : x, y.tag == .json ? heap.parts(y) : y)
        }
        if op == .add && x.tag == .list && y.tag == .list {
            return heap.list(Heap.object(x, as: ListObject.self).items + Heap.object(y, as: ListObject.self).items)
        }
        if op == .in && y.tag == .range {
            if x.tag == .null { return .null }
            guard x.tag == .int else { throw operatorTypes(op.rawValue, x, y) }
            let range = Heap.object(y, as: RangeObject.self)
            return .bool(x.int >= range.low && x.int <= range.high)
        }
        guard var left = Heap.scalar(x), var right = Heap.scalar(y) else { throw operatorTypes(op.rawValue, x, y) }
        if literals & Instruction.leftIsLiteral != 0, y.tag == .decimal { left = left.decimalLiteral }
        if literals & Instruction.rightIsLiteral != 0, x.tag == .decimal { right = right.decimalLiteral }
        do {
            return heap.value(try ScalarOperators.apply(op, left, right))
        } catch {
            throw .evaluation(error)
        }
    }

    func unary(_ op: UnaryOperator, _ x: Value) throws(MachineFault) -> Value {
        guard let operand = Heap.scalar(x) else {
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

    func call(_ builtIn: BuiltIn, _ arguments: UnsafeMutablePointer<Value>, _ count: Int) throws(MachineFault) -> Value {
        switch builtIn {
        case .function(let row): try call(row, arguments, count)
        case .aggregate(let row): try aggregate(row, arguments, count)
        }
    }

    /// `sum([1, 2])`
    private func aggregate(_ row: AggregateRow, _ arguments: UnsafeMutablePointer<Value>, _ count: Int) throws(MachineFault) -> Value {
        guard case .list(let values)? = Heap.scalar(arguments[0]) else {
            throw .evaluation(.plan(.argumentType(
                function: row.name, index: 0, expected: "list of single values, such as j.revenue,", found: arguments[0].typeName, mark: 0)))
        }
        let others = try scalars(row.name, arguments, 1..<count)
        do {
            return heap.value(try row.apply(values, others))
        } catch {
            throw .evaluation(error)
        }
    }

    private func call(_ row: FunctionRow, _ arguments: UnsafeMutablePointer<Value>, _ count: Int) throws(MachineFault) -> Value {
        // The length of a list does not depend on what is in it.
        if row.name == "len", arguments[0].tag == .list { return .int(elementCount(arguments[0]) ?? 0) }
        if row.name == "json", arguments[0].tag == .list || arguments[0].tag == .record {
            let text = TextBuffer()
            if let found = try Heap.scriptValue(arguments[0]).appendJSON(to: text) {
                throw .evaluation(.plan(.argumentType(function: row.name, index: 0, expected: "values", found: found, mark: 0)))
            }
            return heap.value(.json(text.text))
        }
        let scalars = try scalars(row.name, arguments, 0..<count)
        do {
            return heap.value(try row.apply(scalars))
        } catch {
            throw .evaluation(error)
        }
    }

    /// The arguments at `places` as single values.
    private func scalars(_ function: String, _ arguments: UnsafeMutablePointer<Value>, _ places: Range<Int>) throws(MachineFault) -> [Scalar] {
        var scalars: [Scalar] = []
        scalars.reserveCapacity(places.count)
        for index in places {
            guard let scalar = Heap.scalar(arguments[index]) else {
                throw .evaluation(.plan(.argumentType(
                    function: function, index: index, expected: "a single value", found: arguments[index].typeName, mark: 0)))
            }
            scalars.append(scalar)
        }
        return scalars
    }

    // MARK: Members and elements

    func member(_ value: Value, _ name: String) throws(MachineFault) -> Value {
        switch value.tag {
        case .null: return .null
        case .error:
            let failure = Heap.object(value, as: ErrorObject.self).failure
            switch name {
            case "code": return heap.string(failure.code)
            case "message": return heap.string(failure.message)
            case "line": return .int(Int64(failure.line))
            case "job": return failure.job.map { heap.string($0) } ?? .null
            default: throw .unknownField(name, of: "error", known: ["code", "message", "line", "job"])
            }
        case .json:
            let parts = heap.parts(value)
            guard parts.tag == .record else { return .null }
            let record = Heap.object(parts, as: RecordObject.self)
            return record.names.firstIndex { $0.utf8.elementsEqual(name.utf8) }.map { record.values[$0] } ?? .null
        case .record:
            let record = Heap.object(value, as: RecordObject.self)
            guard let index = record.names.firstIndex(of: name) else {
                throw .unknownField(name, of: "record", known: record.names)
            }
            return record.values[index]
        case .frame:
            let frame = Heap.object(value, as: FrameObject.self).frame
            guard let column = frame.schema.index(of: name) else {
                throw .plan(.unknownColumn(name: name, columns: frame.schema.names, mark: -1))
            }
            var items: ContiguousArray<Value> = []
            items.reserveCapacity(frame.count)
            for batch in frame.batches {
                for row in 0..<batch.count { items.append(heap.value(batch.columns[column].scalar(row))) }
            }
            return heap.list(items)
        default: throw .noMembers(value.typeName)
        }
    }

    /// `value[index]`: past the end it is null, from the end it counts with negative numbers.
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
        guard let count = elementCount(value) else { throw .noMembers(value.typeName) }
        guard index.tag == .int else { throw .indexType(found: index.typeName, of: value.typeName) }
        let position = index.int < 0 ? index.int &+ count : index.int
        guard position >= 0, position < count else { return .null }
        return loopElement(value, position)
    }

    /// How many elements a loop over the value sees; nil where it has none to speak of.
    func elementCount(_ value: Value) -> Int64? {
        switch value.tag {
        case .list: return Int64(Heap.object(value, as: ListObject.self).items.count)
        case .json: return elementCount(heap.parts(value))
        case .record: return Int64(Heap.object(value, as: RecordObject.self).names.count)
        case .range:
            let range = Heap.object(value, as: RangeObject.self)
            if range.high < range.low { return 0 }
            let (span, overflow) = range.high.subtractingReportingOverflow(range.low)
            return overflow || span == .max ? .max : span + 1
        case .frame: return Int64(Heap.object(value, as: FrameObject.self).frame.count)
        case .job: return Heap.object(value, as: JobObject.self).job.fetched.map { Int64($0.count) }
        default: return nil
        }
    }

    /// Element `index` as a loop gives it: a list's item, a record's `{key, value}`, a range's int, a frame's row.
    func loopElement(_ value: Value, _ index: Int64) -> Value {
        switch value.tag {
        case .list: return Heap.object(value, as: ListObject.self).items[Int(index)]
        case .json: return loopElement(heap.parts(value), index)
        case .record:
            let record = Heap.object(value, as: RecordObject.self)
            return heap.add(
                RecordObject(names: ["key", "value"], values: [heap.string(record.names[Int(index)]), record.values[Int(index)]]), .record)
        case .range: return .int(Heap.object(value, as: RangeObject.self).low &+ index)
        case .frame: return row(Heap.object(value, as: FrameObject.self).frame, Int(index))
        case .job:
            guard let frame = Heap.object(value, as: JobObject.self).job.fetched else { return .null }
            return row(frame, Int(index))
        default: return .null
        }
    }

    private func row(_ frame: Frame, _ index: Int) -> Value {
        let values = frame.schema.fields.indices.map { heap.value(frame.scalar(row: index, column: $0)) }
        return heap.add(RecordObject(names: frame.schema.names, values: ContiguousArray(values)), .record)
    }

    /// The job whose rows must be fetched before `value` can be looked into.
    func jobWithoutRows(_ value: Value) -> Job? {
        guard value.tag == .job else { return nil }
        let job = Heap.object(value, as: JobObject.self).job
        return job.fetched == nil ? job : nil
    }

    /// Writes the value as `print` does.
    func write(_ value: Value, to text: inout String) throws(MachineFault) {
        switch value.tag {
        case .string: text += Heap.text(value)
        case .int: text += String(value.int)
        default: text += try Heap.scriptValue(value).text
        }
    }
}
