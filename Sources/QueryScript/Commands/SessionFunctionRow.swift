// Functions that look beyond their arguments, so that only a session can compute them: rows of a table, as commands are.
import QueryFrames

/// A function such as `env("HOME")`. In an expression over columns it is computed once, before the rows.
public struct SessionFunctionRow: Callable {
    public let name: String
    public let usage: String
    /// What it gives, in one sentence.
    public let summary: String
    /// An expression that a person could write.
    public let example: String
    let arity: ClosedRange<Int>
    /// Computes it. Runs on the session, so it may suspend and never blocks a thread.
    let body: @Sendable (isolated Session, [ScriptValue]) async throws(ScriptError) -> ScriptValue

    init(
        _ usage: String, _ summary: String, example: String, arity: ClosedRange<Int>,
        body: @escaping @Sendable (isolated Session, [ScriptValue]) async throws(ScriptError) -> ScriptValue
    ) {
        name = String(usage.prefix { $0 != "(" })
        (self.usage, self.summary, self.example, self.arity, self.body) = (usage, summary, example, arity, body)
    }

    /// The text that an argument has to be.
    static func text(_ value: ScriptValue, _ function: String, _ slot: String) throws(ScriptError) -> String {
        guard case .scalar(.string(let text)) = value else {
            throw ScriptError(.argument(command: function, slot: slot, expected: "text", found: value.typeName))
        }
        return text
    }
}
