// What a node of a typed expression does, for a whole batch and for one row. Operators and functions are values of this kind.

/// An operator or function whose operands' types are known.
///
/// An operation computes every row of a batch, also those whose result will not be used; a row that has no result is put
/// into the outcome's failures. Only when a row that failed is needed is it computed once more by itself, by `scalar`, to
/// learn the facts of the error. So `if(x != 0, int(s), 0)` fails only for rows that need `int(s)`.
protocol Operation: Sendable {
    /// The type of the result.
    var type: DataType { get }

    /// Whether a null operand makes the result null and a failed operand makes it fail. Other operations see to both.
    var isStrict: Bool { get }

    /// The result for a batch of `count` rows. A strict operation is never given the null of a constant.
    func column(_ operands: [Operand], count: Int) -> Outcome

    /// The result for one row, from operands that were computed. The error's row and mark are the caller's to fill in.
    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar

    /// The result for one row, from operands that may have failed.
    func scalar(_ operands: [Result<Scalar, EvaluationError>]) throws(EvaluationError) -> Scalar
}

extension Operation {
    var isStrict: Bool { true }

    func scalar(_ operands: [Result<Scalar, EvaluationError>]) throws(EvaluationError) -> Scalar {
        var values: [Scalar] = []
        for operand in operands { values.append(try operand.get()) }
        return try scalar(values)
    }

    /// The result for a batch, with what holds for all strict operations: nulls, failures of operands, constants, and
    /// dictionaries, whose values are computed instead of their rows.
    func evaluate(_ operands: [Operand], count: Int) -> Operand {
        if operands.allSatisfy(\.isConstant) {
            let outcome = evaluateRows(operands, count: 1)
            return Operand(outcome.column, isConstant: true, failures: outcome.failures)
        }
        let outcome = evaluateRows(operands, count: count)
        return Operand(outcome.column, failures: outcome.failures)
    }

    private func evaluateRows(_ operands: [Operand], count: Int) -> Outcome {
        guard isStrict else { return column(operands, count: count) }
        let failures = operands.failures(count: count)
        if operands.contains(where: \.isNullConstant) {
            return Outcome(.nulls(count, of: type), failures: failures)
        }
        var outcome = overDictionary(operands, count: count) ?? column(operands, count: count)
        outcome.failures = RowSet.union(outcome.failures, failures)
        return outcome
    }

    /// The outcome where the only operand that varies is a dictionary: once for each of its values.
    private func overDictionary(_ operands: [Operand], count: Int) -> Outcome? {
        let varying = operands.indices.filter { !operands[$0].isConstant }
        guard varying.count == 1, case let column = operands[varying[0]].column else { return nil }
        guard case .dictionary(let indices, let values) = column.storage, values.count <= count else { return nil }
        var distinct = operands
        distinct[varying[0]] = Operand(values)
        let outcome = values.count == 0 ? Outcome(.nulls(0, of: type)) : self.column(distinct, count: values.count)
        let keys = indices.values(as: Int32.self)
        let failed = outcome.failures.map { failed in
            RowSet(count: count) { !column.isNull($0) && failed.contains(Int(keys[$0])) }
        }
        return Outcome(outcome.column.expanded(by: indices, validity: column.validity, count: count), failures: failed)
    }
}

/// What a generic kernel computes, before it is made an operation.
///
/// A generic type must not be an operation itself: its methods would be called through a witness table that all of its
/// instances share, and that code knows no type when it runs its loops (ten times slower). `compiled()` is called where the
/// type is known, so what it captures is compiled for that type.
protocol OperationBody: Sendable {
    var type: DataType { get }
    func column(_ operands: [Operand], count: Int) -> Outcome
    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar
}

extension OperationBody {
    /// The strict operation that computes this.
    @inline(__always)
    func compiled() -> any Operation {
        CompiledOperation(
            type: type, batch: { column($0, count: $1) }, row: { (operands) throws(EvaluationError) in try scalar(operands) })
    }
}

/// A strict operation whose code was chosen where its types were known.
private struct CompiledOperation: Operation {
    let type: DataType
    let batch: @Sendable ([Operand], Int) -> Outcome
    let row: @Sendable ([Scalar]) throws(EvaluationError) -> Scalar

    func column(_ operands: [Operand], count: Int) -> Outcome { batch(operands, count) }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar { try row(operands) }
}

/// Gives nulls: what a strict operator makes of an operand of the type `null`.
struct NullOperation: Operation {
    let type: DataType

    func column(_ operands: [Operand], count: Int) -> Outcome { Outcome(.nulls(count, of: type)) }

    func scalar(_ operands: [Scalar]) -> Scalar { .null }
}
