// `min_of` and `max_of`: the least and the greatest of a row's operands, in the order in which values compare.

struct Extreme: Operation {
    let type: DataType
    let takesGreater: Bool

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let memory = MutableBuffer(capacity: count * 2, zeroed: true)
        return withExtendedLifetime(memory) {
            let choice = memory.values(as: UInt16.self)
            switch type {
            case .null: return Outcome(.nulls(count))
            case .bool: pick(operands, choice, count, Bool.self) { !$0 && $1 }
            case .int64, .timestamp, .duration: pick(operands, choice, count, Int64.self) { $0 < $1 }
            case .float64: pick(operands, choice, count, Double.self) { Numbers.isLess($0, $1) }
            case .date: pick(operands, choice, count, Int32.self) { $0 < $1 }
            case .decimal: pick(operands, choice, count, Int128.self) { $0 < $1 }
            case .string, .json, .binary: pick(operands, choice, count, Text.self) { Text.order($0, $1) < 0 }
            case .list: break
            }
            guard let chosen = Column.choose(operands, choice, count: count, type: type) else {
                return Outcome(.nulls(count, of: type), failures: RowSet(count: count) { _ in true })
            }
            let validity = operands.validity(count: count)
            return Outcome(Column(type: type, count: count, validity: validity, storage: chosen.storage))
        }
    }

    @inline(__always)
    private func pick<T: Cell>(
        _ operands: [Operand], _ choice: UnsafeMutablePointer<UInt16>, _ count: Int, _ cell: T.Type, isLess: (T, T) -> Bool
    ) {
        let sources = operands.map { T.source($0) }
        sources.withUnsafeBufferPointer { sources in
            for index in 1..<max(sources.count, 1) {
                for row in 0..<count {
                    let best = T.read(sources[Int(choice[row])], row), other = T.read(sources[index], row)
                    if takesGreater ? isLess(best, other) : isLess(other, best) {
                        choice[row] = UInt16(truncatingIfNeeded: index)
                    }
                }
            }
        }
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try oneRow(operands, compute: column) { _ in .limit(operator: "", row: nil, mark: 0) }
    }
}
