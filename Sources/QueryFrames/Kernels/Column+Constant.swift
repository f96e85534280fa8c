// Columns of one value: constants as operands, and as columns of a result.

extension Column {
    /// One row that holds `value`; a list, which no column can hold, counts as null.
    static func constant(_ value: Scalar) -> Column {
        func fixed<T: BitwiseCopyable & Sendable>(_ type: DataType, _ value: T) -> Column {
            let builder = FixedBuilder<T>(type, capacity: 1)
            builder.append(value)
            return builder.finish()
        }
        switch value {
        case .null, .list: return .nulls(1)
        case .bool(let value):
            let builder = BoolBuilder(capacity: 1)
            builder.append(value)
            return builder.finish()
        case .int(let value): return fixed(.int64, value)
        case .float(let value): return fixed(.float64, value)
        case .date(let value): return fixed(.date, value)
        case .timestamp(let value, let utc): return fixed(.timestamp(utc: utc), value)
        case .duration(let value): return fixed(.duration, value)
        case .string(let value):
            let builder = StringBuilder(capacity: 1, averageBytes: value.utf8.count)
            builder.append(value)
            return builder.finish()
        }
    }

    /// `count` nulls of `type`.
    static func nulls(_ count: Int, of type: DataType) -> Column {
        let none = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true).freeze(byteCount: Bitmap.byteCount(count))
        func zeros(_ bytes: Int) -> Buffer { MutableBuffer(capacity: bytes, zeroed: true).freeze(byteCount: bytes) }
        let storage: Storage
        switch type {
        case .null: return .nulls(count)
        case .bool: storage = .bits(none)
        case .string: storage = .variable(offsets: zeros((count + 1) * 4), bytes: zeros(0))
        case .date: storage = .fixed(zeros(count * 4))
        case .int64, .float64, .timestamp, .duration: storage = .fixed(zeros(count * 8))
        }
        return Column(type: type, count: count, validity: none, nullCount: count, storage: storage)
    }

    /// `count` rows that all hold what the one row of this column holds; text becomes a dictionary of one value.
    func repeated(_ count: Int) -> Column {
        if nullCount == 1 { return .nulls(count, of: type) }
        func fill<T: BitwiseCopyable>(_ type: T.Type) -> Storage {
            let size = MemoryLayout<T>.stride, value = fixed(as: T.self)[0]
            let out = MutableBuffer(capacity: count * size)
            out.values(as: T.self).update(repeating: value, count: count)
            return .fixed(out.freeze(byteCount: count * size))
        }
        let storage: Storage
        switch type {
        case .null: return .nulls(count)
        case .bool:
            let zeros = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true)
            storage = .bits(Bitmap.get(bits, 0) ? Bitmap.ones(count) : zeros.freeze(byteCount: Bitmap.byteCount(count)))
        case .int64, .timestamp, .duration: storage = fill(Int64.self)
        case .float64: storage = fill(Double.self)
        case .date: storage = fill(Int32.self)
        case .string:
            let indices = MutableBuffer(capacity: count * 4, zeroed: true).freeze(byteCount: count * 4)
            if case .dictionary = self.storage { return Column.constant(scalar(0)).repeated(count) }
            storage = .dictionary(indices: indices, values: self)
        }
        return Column(type: type, count: count, validity: nil, storage: storage)
    }
}
