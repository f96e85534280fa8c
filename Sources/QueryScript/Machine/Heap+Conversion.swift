// Values in and out of the machine: between `Value`, `Scalar` and `ScriptValue`.
import QueryFrames

extension Heap {
    /// Lists and records deeper than this stay inside the machine: outside it they are nested on the host's stack.
    static let depthLimit = 100

    func value(_ scalar: Scalar) -> Value {
        switch scalar {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .float(let value): return .float(value)
        case .string(let value): return string(value)
        case .date(let days): return Value(tag: .date, bits: UInt64(bitPattern: Int64(days)))
        case .timestamp(let micros, let utc): return Value(tag: utc ? .timestampUTC : .timestamp, bits: UInt64(bitPattern: micros))
        case .duration(let micros): return Value(tag: .duration, bits: UInt64(bitPattern: micros))
        case .decimal: return add(ScalarObject(scalar), .decimal)
        case .binary: return add(ScalarObject(scalar), .binary)
        case .json(let text):
            // What is no list and no record is the value itself.
            let leaf = Scalar(json: text)
            if case .json = leaf { return add(ScalarObject(scalar), .json) }
            return value(leaf)
        case .list(let items): return list(ContiguousArray(items.map { value($0) }))
        }
    }

    func value(_ value: ScriptValue) -> Value {
        switch value {
        case .scalar(let scalar): return self.value(scalar)
        case .list(let items): return list(ContiguousArray(items.map { self.value($0) }))
        case .record(let fields):
            return add(RecordObject(names: fields.map(\.name), values: ContiguousArray(fields.map { self.value($0.value) })), .record)
        case .range(let low, let high): return add(RangeObject(low, high), .range)
        case .frame(let frame): return add(FrameObject(frame), .frame)
        case .job(let job): return add(JobObject(job), .job)
        case .error(let failure): return add(ErrorObject(failure), .error)
        case .function(let name): return string(name)
        }
    }

    /// The value as a scalar, or nil where it is none (a list of scalars is one).
    static func scalar(_ value: Value, depth: Int = 0) -> Scalar? {
        switch value.tag {
        case .null, .undefined: return .null
        case .bool: return .bool(value.bool)
        case .int: return .int(value.int)
        case .float: return .float(value.float)
        case .date: return .date(Int32(truncatingIfNeeded: value.int))
        case .timestamp: return .timestamp(value.int, utc: false)
        case .timestampUTC: return .timestamp(value.int, utc: true)
        case .duration: return .duration(value.int)
        case .string: return .string(text(value))
        case .decimal, .binary, .json: return object(value, as: ScalarObject.self).scalar
        case .list:
            guard depth < depthLimit else { return nil }
            var items: [Scalar] = []
            for item in object(value, as: ListObject.self).items {
                guard let scalar = scalar(item, depth: depth + 1) else { return nil }
                items.append(scalar)
            }
            return .list(items)
        case .record, .range, .frame, .job, .function, .cell, .error: return nil
        }
    }

    /// The value for the world outside.
    static func scriptValue(_ value: Value, depth: Int = 0) throws(MachineFault) -> ScriptValue {
        guard depth < depthLimit else { throw .tooDeep(limit: depthLimit) }
        switch value.tag {
        case .list:
            var items: [ScriptValue] = []
            for item in object(value, as: ListObject.self).items { items.append(try scriptValue(item, depth: depth + 1)) }
            return .list(items)
        case .record:
            let record = object(value, as: RecordObject.self)
            var fields: [ScriptValue.RecordField] = []
            for (name, field) in zip(record.names, record.values) {
                fields.append(.init(name: name, value: try scriptValue(field, depth: depth + 1)))
            }
            return .record(fields)
        case .range:
            let range = object(value, as: RangeObject.self)
            return .range(range.low, range.high)
        case .frame: return .frame(object(value, as: FrameObject.self).frame)
        case .job: return .job(object(value, as: JobObject.self).job)
        case .error: return .error(object(value, as: ErrorObject.self).failure)
        case .function: return .function(object(value, as: FunctionObject.self).chunk.name)
        default: return .scalar(scalar(value) ?? .null)
        }
    }
}
