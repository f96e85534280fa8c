// Columns of one value: constants as operands, and as columns of a result.

extension Column {
    /// One row that holds `value`; a list whose elements have no common type counts as null.
    static func constant(_ value: Scalar) -> Column {
        Column(value.type ?? .null, [value])
    }

    /// `count` nulls of `type`.
    static func nulls(_ count: Int, of type: DataType) -> Column {
        let none = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true).freeze(byteCount: Bitmap.byteCount(count))
        func zeros(_ bytes: Int) -> Buffer { MutableBuffer(capacity: bytes, zeroed: true).freeze(byteCount: bytes) }
        let storage: Storage
        switch type.layout {
        case .none: return .nulls(count)
        case .bits: storage = .bits(none)
        case .variable: storage = .variable(offsets: zeros((count + 1) * 4), bytes: zeros(0))
        case .fixed(let width): storage = .fixed(zeros(count * width))
        case .list:
            guard case .list(let element) = type else { return .nulls(count) }
            storage = .list(offsets: zeros((count + 1) * 4), elements: .nulls(0, of: element))
        }
        return Column(type: type, count: count, validity: none, nullCount: count, storage: storage)
    }

    /// The same as `repeated`; nil where the lists are more than a batch can hold.
    func repeatedIfFits(_ count: Int) -> Column? {
        guard case .list = storage, nullCount == 0 else { return repeated(count) }
        return ListRows(self)[0].count * count > ListRows.elementLimit ? nil : repeatedList(count)
    }

    private func repeatedList(_ count: Int) -> Column? {
        let memory = MutableBuffer(capacity: count * 8, zeroed: true)
        return withExtendedLifetime(memory) { ColumnGatherer([self], type: type).gather(memory.values(as: UInt64.self), count) }
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
        case .list:
            return repeatedList(count) ?? .nulls(count, of: type)
        case .decimal: storage = fill(Int128.self)
        case .bool:
            let zeros = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true)
            storage = .bits(Bitmap.get(bits, 0) ? Bitmap.ones(count) : zeros.freeze(byteCount: Bitmap.byteCount(count)))
        case .int64, .timestamp, .duration: storage = fill(Int64.self)
        case .float64: storage = fill(Double.self)
        case .date: storage = fill(Int32.self)
        case .string, .json, .binary:
            let indices = MutableBuffer(capacity: count * 4, zeroed: true).freeze(byteCount: count * 4)
            if case .dictionary = self.storage { return Column.constant(scalar(0)).repeated(count) }
            storage = .dictionary(indices: indices, values: self)
        }
        return Column(type: type, count: count, validity: nil, storage: storage)
    }
}
