// Columns woven from several: `if`, `case`, `coalesce` and `??` choose, row by row, whose value to take.

extension Column {
    /// A column of `count` rows: row `i` is row `i` of operand `choice[i]`, all of which have the type `type`. Nil where
    /// the strings chosen are more than a batch can hold.
    static func choose(_ operands: [Operand], _ choice: UnsafePointer<UInt16>, count: Int, type: DataType) -> Column? {
        var validity: Buffer?
        if operands.contains(where: { $0.column.nullCount > 0 }) {
            let bits = operands.map { $0.column.nullCount > 0 ? $0.column.validity : nil }
            let allNull = operands.map { $0.column.type == .null }
            validity = Bitmap.rows(count) { row in
                let from = Int(choice[row])
                if allNull[from] { return false }
                guard let valid = bits[from] else { return true }
                return Bitmap.get(valid.values(as: UInt8.self), row & operands[from].mask)
            }
        }
        let storage: Storage
        switch type {
        case .null: return .nulls(count)
        case .bool: storage = weave(operands, choice, count, as: Bool.self)
        case .int64, .timestamp, .duration: storage = weave(operands, choice, count, as: Int64.self)
        case .float64: storage = weave(operands, choice, count, as: Double.self)
        case .date: storage = weave(operands, choice, count, as: Int32.self)
        case .decimal: storage = weave(operands, choice, count, as: Int128.self)
        case .list:
            let columns = operands.map { $0.column.type == .null ? .nulls($0.column.count, of: type) : $0.column }
            let memory = MutableBuffer(capacity: count * 8)
            let places = memory.values(as: UInt64.self)
            for row in 0..<count {
                let from = Int(choice[row])
                places[row] = UInt64(from) &<< 32 | UInt64(row & operands[from].mask)
            }
            return withExtendedLifetime(memory) { ColumnGatherer(columns, type: type).gather(places, count) }
        case .string, .json, .binary:
            let sources = operands.map { TextSource($0.column, mask: $0.mask) }
            var sink = TextSink(count: count, byteCount: operands.stringBytes + count)
            let bits = validity?.values(as: UInt8.self)
            for row in 0..<count {
                if bits.map({ Bitmap.get($0, row) }) ?? true { sink.append(sources[Int(choice[row])][row]) }
                if !sink.endRow() { return nil }
            }
            return sink.finish(type, validity: validity)
        }
        return Column(type: type, count: count, validity: validity, storage: storage)
    }

    private static func weave<T: ResultCell>(
        _ operands: [Operand], _ choice: UnsafePointer<UInt16>, _ count: Int, as cell: T.Type
    ) -> Storage {
        let sources = operands.map { T.source($0) }
        return sources.withUnsafeBufferPointer { sources in
            T.storage(count) { T.read(sources[Int(choice[$0])], $0) }
        }
    }
}
