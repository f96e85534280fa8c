// `matches`: regular expressions by RE2, which finds out in linear time whether a pattern matches somewhere in a text.
import CRE2
import Synchronization

/// A pattern of `matches`, compiled.
final class RegularExpression: @unchecked Sendable {
    /// What RE2 has against a pattern.
    struct Fault: Error {
        let reason: String
    }

    /// RE2's object, which matches for any number of threads at once and never changes.
    private let pattern: OpaquePointer

    private init(_ pattern: OpaquePointer) { self.pattern = pattern }

    deinit { qs_re2_free(pattern) }

    /// Whether the pattern matches somewhere in `text`.
    func matches(_ text: Text) -> Bool {
        text.start.withMemoryRebound(to: CChar.self, capacity: text.count) { qs_re2_matches(pattern, $0, text.count) }
    }

    private static func compile(_ source: [UInt8]) -> Result<RegularExpression, Fault> {
        let pattern = source.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { qs_re2_new($0.baseAddress, $0.count) }
        }
        guard let pattern else { return .failure(Fault(reason: "")) }
        let expression = RegularExpression(pattern)
        if let reason = qs_re2_error(pattern) { return .failure(Fault(reason: String(cString: reason))) }
        return .success(expression)
    }

    /// The patterns that scripts and columns of patterns used last, by their UTF-8, so that a loop compiles its pattern once.
    private static let recent = Mutex<[[UInt8]: Result<RegularExpression, Fault>]>([:])
    private static let mostRecent = 16

    /// The compiled pattern, or what is wrong with it.
    static func read(_ source: String) -> Result<RegularExpression, Fault> { read(Array(source.utf8)) }

    static func read(_ source: [UInt8]) -> Result<RegularExpression, Fault> {
        if let known = recent.withLock({ $0[source] }) { return known }
        let compiled = compile(source)
        recent.withLock { known in
            if known.count >= mostRecent { known.removeAll(keepingCapacity: true) }
            known[source] = compiled
        }
        return compiled
    }

    /// The compiled pattern that an expression states.
    static func compiled(_ source: String, mark: Int32) throws(PlanError) -> RegularExpression {
        switch read(source) {
        case .success(let pattern): return pattern
        case .failure(let fault): throw .pattern(text: source, reason: fault.reason, mark: mark)
        }
    }
}

/// `matches` with a pattern that is the same for all rows.
struct MatchesConstant: UnaryFunction {
    let pattern: RegularExpression

    func call(_ a: Text, _ failed: inout Bool) -> Bool { pattern.matches(a) }
}

/// `matches` with a pattern of each row's own.
struct MatchesVarying: BinaryFunction {
    func call(_ a: Text, _ b: Text, _ failed: inout Bool) -> Bool {
        switch RegularExpression.read(Array(b.bytes)) {
        case .success(let pattern): return pattern.matches(a)
        case .failure:
            failed = true
            return false
        }
    }

    func error(_ operands: [Scalar]) -> EvaluationError {
        guard case .string(let source) = operands[1], case .failure(let fault) = RegularExpression.read(source) else {
            return .outOfRange(operator: "", row: nil, mark: 0)
        }
        return .pattern(text: source, reason: fault.reason, row: nil, mark: 0)
    }
}
