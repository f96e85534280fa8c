// Operations made from a function of one row's values: the loops over rows stand here once, for all of them.

/// A function of one value: `year(d)`.
protocol UnaryFunction: Sendable {
    associatedtype A: Cell
    associatedtype Output: ResultCell
    /// The result for `a`; sets `failed` where there is none. Has to bear any bits, as it is called for null rows too.
    func call(_ a: A, _ failed: inout Bool) -> Output
    /// The error for a value that failed.
    func error(_ operands: [Scalar]) -> EvaluationError
}

/// A function of two values: `power(x, y)`.
protocol BinaryFunction: Sendable {
    associatedtype A: Cell
    associatedtype B: Cell
    associatedtype Output: ResultCell
    /// The result for `a` and `b`; sets `failed` where there is none. Has to bear any bits, as it is called for null rows too.
    func call(_ a: A, _ b: B, _ failed: inout Bool) -> Output
    /// The error for values that failed.
    func error(_ operands: [Scalar]) -> EvaluationError
}

/// A function whose result is a string: `upper(s)`.
protocol TextFunction: Sendable {
    associatedtype Sources
    func sources(_ operands: [Operand]) -> Sources
    /// Appends the result for `row` to `sink`; false where there is none. Has to bear any bits, as it is called for null rows too.
    func write(_ sources: Sources, _ row: Int, to sink: inout TextSink) -> Bool
    /// The error for values that failed.
    func error(_ operands: [Scalar]) -> EvaluationError
}

// Errors leave the name of the operator open; the node or the call that bears it fills it in.

extension UnaryFunction {
    func error(_ operands: [Scalar]) -> EvaluationError { .outOfRange(operator: "", row: nil, mark: 0) }
}

extension BinaryFunction {
    func error(_ operands: [Scalar]) -> EvaluationError { .outOfRange(operator: "", row: nil, mark: 0) }
}

extension TextFunction {
    func error(_ operands: [Scalar]) -> EvaluationError { .limit(operator: "", row: nil, mark: 0) }
}

/// The operation of a function of one value.
func mapUnary<Function: UnaryFunction>(type: DataType, function: Function) -> any Operation {
    UnaryMap(type: type, function: function).compiled()
}

/// The operation of a function of two values.
func mapBinary<Function: BinaryFunction>(type: DataType, function: Function) -> any Operation {
    BinaryMap(type: type, function: function).compiled()
}

/// The operation of a function whose result is a string (or JSON).
func mapText<Function: TextFunction>(type: DataType = .string, function: Function) -> any Operation {
    TextMap(type: type, function: function).compiled()
}

private struct UnaryMap<Function: UnaryFunction>: OperationBody {
    let type: DataType
    let function: Function

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let source = Function.A.source(operands[0])
        let validity = operands.validity(count: count)
        var failures: RowSet?
        let storage = Function.Output.storage(count) { row in
            var failed = false
            let result = function.call(Function.A.read(source, row), &failed)
            if failed { note(row, validity, count, &failures) }
            return result
        }
        return Outcome(Column(type: type, count: count, validity: validity, storage: storage), failures: failures)
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try oneRow(operands, compute: column, error: function.error)
    }
}

private struct BinaryMap<Function: BinaryFunction>: OperationBody {
    let type: DataType
    let function: Function

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let left = Function.A.source(operands[0]), right = Function.B.source(operands[1])
        let validity = operands.validity(count: count)
        var failures: RowSet?
        let storage = Function.Output.storage(count) { row in
            var failed = false
            let result = function.call(Function.A.read(left, row), Function.B.read(right, row), &failed)
            if failed { note(row, validity, count, &failures) }
            return result
        }
        return Outcome(Column(type: type, count: count, validity: validity, storage: storage), failures: failures)
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try oneRow(operands, compute: column, error: function.error)
    }
}

private struct TextMap<Function: TextFunction>: OperationBody {
    let type: DataType
    let function: Function

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let sources = function.sources(operands)
        let validity = operands.validity(count: count)
        let bits = validity?.values(as: UInt8.self)
        var sink = TextSink(count: count, byteCount: operands.stringBytes + count)
        var failures: RowSet?
        for row in 0..<count {
            if let bits, !Bitmap.get(bits, row) {
                _ = sink.endRow()
                continue
            }
            let written = function.write(sources, row, to: &sink)
            if !sink.endRow() || !written { note(row, validity, count, &failures) }
        }
        return Outcome(sink.finish(type, validity: validity), failures: failures)
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try oneRow(operands, compute: column, error: function.error)
    }
}

/// Puts `row` into `failures`, unless it is null.
@inline(never)
private func note(_ row: Int, _ validity: Buffer?, _ count: Int, _ failures: inout RowSet?) {
    if let validity, !Bitmap.get(validity.values(as: UInt8.self), row) { return }
    if failures == nil { failures = RowSet(count: count) }
    failures?.insert(row)
}

/// The result of a strict operation for one row, computed as a batch of that row alone.
func oneRow(
    _ values: [Scalar], compute: ([Operand], Int) -> Outcome, error: ([Scalar]) -> EvaluationError
) throws(EvaluationError) -> Scalar {
    if values.contains(.null) { return .null }
    let outcome = compute(values.map { Operand(constant: $0) }, 1)
    if outcome.failures != nil { throw error(values) }
    return outcome.column.scalar(0)
}

extension [Operand] {
    /// Bytes of the strings of the operands that vary: a first guess at the bytes of a result.
    var stringBytes: Int {
        reduce(0) { total, operand in
            guard !operand.isConstant, case .variable(let offsets, _) = operand.column.storage else { return total }
            let at = offsets.values(as: Int32.self)
            return total + Int(at[operand.column.count]) - Int(at[0])
        }
    }
}
