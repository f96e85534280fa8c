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
        case .decimal: return box(scalar, .decimal, byteCount: 64)
        case .binary(let bytes): return box(scalar, .binary, byteCount: 64 + bytes.count)
        case .json(let text):
            // What is no list and no record is the value itself.
            if let first = text.utf8.first, first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
                return box(scalar, .json, byteCount: 64 + text.utf8.count)
            }
            let leaf = Scalar(json: text)
            if case .json = leaf { return box(scalar, .json, byteCount: 64 + text.utf8.count) }
            return value(leaf)
        case .list(let items): return list(items.lazy.map { self.value($0) })
        }
    }

    func value(_ value: ScriptValue) -> Value {
        switch value {
        case .scalar(let scalar): return self.value(scalar)
        case .list(let items): return list(items.lazy.map { self.value($0) })
        case .record(let fields): return record(fields.map(\.name), fields.map { self.value($0.value) })
        case .range(let low, let high): return range(low, high)
        case .frame(let frame): return self.frame(frame)
        case .job(let job): return self.job(job)
        case .error(let failure): return error(failure)
        case .function(let name): return string(name)
        }
    }

    /// The value as a scalar, or nil where it is none (a list of scalars is one).
    func scalar(_ value: Value, depth: Int = 0) throws(MachineFault) -> Scalar? {
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
        case .decimal, .binary, .json: return Heap.boxedScalar(value)
        case .list:
            guard depth < Heap.depthLimit else { return nil }
            let values = Heap.items(value)
            var items: [Scalar] = []
            items.reserveCapacity(values.count)
            for item in values {
                if items.count % 1024 == 1023, cancellation.isRaised {
                    Leftovers.free(items: items)
                    throw .cancelled
                }
                guard let scalar = try scalar(item, depth: depth + 1) else { return nil }
                items.append(scalar)
            }
            state.pointee.work &+= items.count
            return .list(items)
        case .record, .range, .frame, .job, .function, .cell, .error: return nil
        }
    }

    /// The value for the world outside.
    func scriptValue(_ value: Value, depth: Int = 0) throws(MachineFault) -> ScriptValue {
        guard depth < Heap.depthLimit else { throw .tooDeep(limit: Heap.depthLimit) }
        switch value.tag {
        case .list:
            let values = Heap.items(value)
            var items: [ScriptValue] = []
            items.reserveCapacity(values.count)
            for item in values {
                if items.count % 1024 == 1023, cancellation.isRaised {
                    Leftovers.free(items: items)
                    throw .cancelled
                }
                items.append(try scriptValue(item, depth: depth + 1))
            }
            return .list(items)
        case .record:
            var fields: [ScriptValue.RecordField] = []
            let values = Heap.values(value.object(as: RecordObject.self))
            for (index, name) in Heap.names(value).enumerated() {
                fields.append(.init(name: name, value: try scriptValue(values[index], depth: depth + 1)))
            }
            return .record(fields)
        case .range:
            let range = value.object(as: RangeObject.self).pointee
            return .range(range.low, range.high)
        case .frame: return .frame(Heap.frame(value))
        case .job: return .job(Heap.job(value))
        case .error: return .error(Heap.failure(value))
        case .function: return .function(Heap.functionName(value))
        default: return .scalar(try scalar(value) ?? .null)
        }
    }
}
