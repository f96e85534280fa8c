// Work on long texts, which may take longer than a cancelled session may: the machine hands it out with its operands, which are
// values of their own, so that whoever waits for it can leave it behind.
import QueryFrames

/// A function or operator of the language with its operands.
struct LargeWork: Sendable {
    enum Operation: Sendable {
        case function(FunctionRow)
        case binary(BinaryOperator)
    }

    private let operation: Operation
    private let operands: [Scalar]

    init(_ operation: Operation, _ operands: [Scalar]) {
        self.operation = operation
        self.operands = operands
    }

    /// What it gives.
    func result() -> Result<Scalar, MachineFault> {
        do throws(EvaluationError) {
            switch operation {
            case .function(let row): return .success(try row.apply(operands))
            case .binary(let op): return .success(try ScalarOperators.apply(op, operands[0], operands[1]))
            }
        } catch {
            return .failure(.evaluation(error))
        }
    }
}

extension Machine {
    /// Bytes of text from which work on it is handed out; less takes no longer than some milliseconds, whatever is done to it.
    private static let largeText = 1 << 14
    /// A number that, beside a text, may be meant as the length of another one.
    private static let largeNumber = 1 << 16

    @inline(__always)
    func isLarge(_ value: Value) -> Bool {
        value.tag == .string && value.object(as: StringObject.self).pointee.count > Machine.largeText
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
