// Work on single values that has left the machine: functions and operators of the language with their operands. What may take longer
// than a cancelled session may, the machine hands out, and whoever waits for it can leave it behind.
import QueryFrames

/// A function or operator of the language with its operands.
struct Work: Sendable {
    enum Operation: Sendable {
        case function(FunctionRow)
        /// Of these values; the operands are the arguments after them.
        case aggregate(AggregateRow, [Scalar])
        case binary(BinaryOperator)
    }

    private let operation: Operation
    private let operands: [Scalar]

    init(_ operation: Operation, _ operands: [Scalar]) {
        self.operation = operation
        self.operands = operands
    }

    /// What it gives.
    func result() throws(MachineFault) -> Scalar {
        do throws(EvaluationError) {
            switch operation {
            case .function(let row): return try row.apply(operands)
            case .aggregate(let row, let values): return try row.apply(values, operands)
            case .binary(let op): return try ScalarOperators.apply(op, operands[0], operands[1])
            }
        } catch {
            throw .evaluation(error)
        }
    }
}

extension Machine {
    /// Bytes of text, and items of a list, from which work on it is handed out; less takes no longer than some milliseconds, whatever
    /// is done to it.
    private static let largeText = 1 << 14, largeList = 1 << 12
    /// A number that, beside a text, may be meant as the length of another one.
    private static let largeNumber = 1 << 16

    @inline(__always)
    func isLarge(_ value: Value) -> Bool {
        switch value.tag {
        case .string: value.object(as: StringObject.self).pointee.count > Machine.largeText
        case .list: value.object(as: ListObject.self).pointee.count > Machine.largeList
        default: false
        }
    }

    /// Whether the function may work for long: some are computed by the machine itself.
    func isLong(_ function: Int32) -> Bool {
        guard case .function(let row, _) = functions[Int(function)] else { return true }
        return row.name != "len" && row.name != "json"
    }

    /// Whether a function of the language may work on these arguments for long.
    @inline(__always)
    func isLarge(_ arguments: UnsafeMutablePointer<Value>, _ count: Int) -> Bool {
        var hasText = false, hasNumber = false
        for index in 0..<count {
            let value = arguments[index]
            if isLarge(value) { return true }
            if value.tag == .string { hasText = true }
            if value.tag == .int && value.int > Machine.largeNumber { hasNumber = true }
        }
        return hasText && hasNumber
    }
}
