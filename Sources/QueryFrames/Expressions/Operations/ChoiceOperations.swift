// `??`, `coalesce`, `if` and `case`: operations that take one of their operands, row by row, and fail only with that one.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The first operand that is not null. All have the type of the result.
struct FirstNotNull: Operation {
    let type: DataType

    var isStrict: Bool { false }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let last = operands.count - 1
        return chosen(operands, count: count, type: type, canFail: operands.canFail, choice: { choice, count in
            memset(choice, 0, count * 2)
            for index in 0..<last {
                let operand = operands[index]
                if operand.column.nullCount == 0 { break }
                // A row that moved on to this operand moves further where this one is null too. A failed row stays.
                for row in 0..<count where Int(choice[row]) == index && !operand.hasFailed(row) {
                    if operand.column.isNull(row & operand.mask) { choice[row] = UInt16(truncatingIfNeeded: index + 1) }
                }
            }
        }, failed: { choice, row in operands[choice].hasFailed(row) })
    }

    func scalar(_ operands: [Scalar]) -> Scalar { operands.first { $0 != .null } ?? .null }

    func scalar(_ operands: [Result<Scalar, EvaluationError>]) throws(EvaluationError) -> Scalar {
        for operand in operands {
            let value = try operand.get()
            if value != .null { return value }
        }
        return .null
    }
}

/// `if(c, a, b)` and `case(c1, v1, c2, v2, ..., otherwise)`: conditions and values by turns, and what is left over.
struct Conditional: Operation {
    let type: DataType

    var isStrict: Bool { false }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let arms = operands.count / 2
        // Row `i` takes arm `choice[i]`; where a condition failed, the row stays with that condition's own arm.
        let values = (0..<arms).map { operands[$0 * 2 + 1] } + [operands[operands.count - 1]]
        return chosen(values, count: count, type: type, canFail: operands.canFail, choice: { choice, count in
            for row in 0..<count { choice[row] = UInt16(truncatingIfNeeded: arms) }
            for arm in stride(from: arms - 1, through: 0, by: -1) {
                let condition = operands[arm * 2]
                let bits = condition.column.bits, valid = condition.column.validBits, mask = condition.mask
                let taken = UInt16(truncatingIfNeeded: arm)
                for row in 0..<count {
                    let at = row & mask
                    let holds = Bitmap.get(bits, at) && (valid.map { Bitmap.get($0, at) } ?? true)
                    choice[row] = holds ? taken : choice[row]
                }
                if condition.failures != nil {
                    for row in 0..<count where condition.hasFailed(row) { choice[row] = taken }
                }
            }
        }, failed: { choice, row in
            (choice < arms && operands[choice * 2].hasFailed(row)) || values[choice].hasFailed(row)
        })
    }

    func scalar(_ operands: [Scalar]) -> Scalar {
        for arm in 0..<(operands.count / 2) where operands[arm * 2] == .bool(true) { return operands[arm * 2 + 1] }
        return operands[operands.count - 1]
    }

    func scalar(_ operands: [Result<Scalar, EvaluationError>]) throws(EvaluationError) -> Scalar {
        for arm in 0..<(operands.count / 2) where try operands[arm * 2].get() == .bool(true) {
            return try operands[arm * 2 + 1].get()
        }
        return try operands[operands.count - 1].get()
    }
}

extension [Operand] {
    /// Whether computing any of them failed for any row.
    fileprivate var canFail: Bool { contains { $0.failures != nil } }
}

/// The result of choosing: `choice` says for each row which of `values` it takes, `failed` whether that fails.
private func chosen(
    _ values: [Operand], count: Int, type: DataType, canFail: Bool,
    choice fill: (UnsafeMutablePointer<UInt16>, Int) -> Void, failed: (Int, Int) -> Bool
) -> Outcome {
    let memory = MutableBuffer(capacity: count * 2)
    return withExtendedLifetime(memory) {
        let choice = memory.values(as: UInt16.self)
        fill(choice, count)
        guard let column = Column.choose(values, choice, count: count, type: type) else {
            return Outcome(.nulls(count, of: type), failures: RowSet(count: count) { _ in true })
        }
        guard canFail else { return Outcome(column) }
        let failures = RowSet(count: count) { failed(Int(choice[$0]), $0) }
        return Outcome(column, failures: failures.first == nil ? nil : failures)
    }
}
