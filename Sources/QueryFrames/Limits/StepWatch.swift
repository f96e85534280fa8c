// How a plan keeps to its limits: it looks at the budget and the cancellation after every batch of every step, and steps ask before
// they allocate much.

/// What one run of a plan knows of the limits it runs under.
struct StepWatch {
    private let cancellation = Cancellation.current
    private let budget = MemoryBudget.current
    private let refusalsBefore = MemoryBudget.current?.refusals ?? 0

    /// Does the work of the step called `name`, and stops where it made more than there may be, or nothing that counts.
    @inline(__always)
    func over<T>(_ name: String, _ work: () throws(EvaluationError) -> T) throws(EvaluationError) -> T {
        if budget == nil && cancellation == nil { return try work() }
        let result: T
        do throws(EvaluationError) {
            result = try work()
        } catch {
            throw isCancelled ? .cancelled : budget.map { told(error, $0) } ?? error
        }
        if isCancelled { throw .cancelled }
        guard let budget else { return result }
        if budget.isExceeded || budget.refusals != refusalsBefore {
            throw .memory(operator: name, row: nil, limit: budget.limit, mark: EvaluationError.noMark)
        }
        return result
    }

    private var isCancelled: Bool { cancellation?.isRaised ?? false }

    /// A text that could not grow any more is told by its length, where it was the memory that was short.
    private func told(_ error: EvaluationError, _ budget: MemoryBudget) -> EvaluationError {
        guard case .limit(let name, let row, let mark) = error, budget.refusals != refusalsBefore else { return error }
        return .memory(operator: name, row: row, limit: budget.limit, mark: mark)
    }
}

extension MemoryBudget {
    /// Stops where `bytes` more, which `name` is about to need, are too many.
    static func require(_ bytes: Int, for name: String, mark: Int32 = EvaluationError.noMark) throws(EvaluationError) {
        guard let current, !current.allows(bytes) else { return }
        throw .memory(operator: name, row: nil, limit: current.limit, mark: mark)
    }

    /// Bytes a row that columns of `type` take at least.
    static func rowBytes(_ type: DataType) -> Int { type.fixedWidth ?? 4 }
}

extension EvaluationError {
    /// Stands where an error has no place in the text of an expression.
    static let noMark: Int32 = -1
}
