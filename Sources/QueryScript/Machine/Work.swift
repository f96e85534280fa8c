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
        /// `json` of a list or record.
        case json(ScriptValue)
    }

    private let operation: Operation
    private let operands: [Scalar]

    init(_ operation: Operation, _ operands: [Scalar]) {
        self.operation = operation
        self.operands = operands
    }

    /// What it gives, under the cancellation at hand.
    func result() throws(MachineFault) -> Scalar {
        let result: Scalar
        do throws(EvaluationError) {
            result = try computed()
        } catch {
            throw Cancellation.stopsHere ? .cancelled : .evaluation(error)
        }
        if Cancellation.stopsHere { throw .cancelled }
        return result
    }

    private func computed() throws(EvaluationError) -> Scalar {
        switch operation {
        case .function(let row): return try row.apply(operands)
        case .aggregate(let row, let values): return try row.apply(values, operands)
        case .binary(let op): return try ScalarOperators.apply(op, operands[0], operands[1])
        case .json(let value):
            let text = TextBuffer()
            if let found = value.appendJSON(to: text) {
                throw .plan(.argumentType(function: "json", index: 0, expected: "values", found: found, mark: 0))
            }
            return .json(text.text)
        }
    }

    /// Frees what the work was done with, where nobody waits for it.
    func free() {
        if case .aggregate(_, let values) = operation { Leftovers.free(items: values) }
        if case .json(let value) = operation { Leftovers.free(value) }
        for operand in operands { Leftovers.free(operand) }
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
        case .json: Heap.jsonText(value).utf8.count > Machine.largeText
        default: false
        }
    }

    /// Whether the function may work for long; the length of a list does not depend on what is in it.
    func isLong(_ function: Int32, _ arguments: UnsafeMutablePointer<Value>) -> Bool {
        guard case .function(let row, _) = functions[Int(function)] else { return true }
        return row.name != "len" || arguments[0].tag != .list
    }

    /// The text of JSON that takes long to read, where that was not done yet.
    @inline(__always)
    func unreadText(_ value: Value) -> String? {
        guard value.tag == .json, value.object(as: BoxObject.self).pointee.parts.tag == .null, isLarge(value) else { return nil }
        let text = Heap.jsonText(value)
        return text.utf8.first == UInt8(ascii: "[") || text.utf8.first == UInt8(ascii: "{") ? text : nil
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
