// A command as one row of a table: its usage line is its grammar, and everything that tells people about it is read from here.

/// A command: how it is written, what it is for, and what it does.
public struct CommandRow: Sendable {
    /// The usage line, which the parser follows.
    public let usage: UsageLine
    /// One sentence for `help`.
    public let summary: String
    /// A line that a person could type.
    public let example: String
    /// Does the work. Runs on the session, so it may suspend for services and never blocks a thread.
    let body: @Sendable (isolated Session, inout Arguments) async throws(ScriptError) -> ScriptValue

    /// The word that names the command.
    public var name: String { usage.name }

    init(
        _ usage: UsageLine, summary: String, example: String,
        body: @escaping @Sendable (isolated Session, inout Arguments) async throws(ScriptError) -> ScriptValue
    ) {
        self.usage = usage
        self.summary = summary
        self.example = example
        self.body = body
    }
}

extension UsageLine {
    /// A usage line of the program's own tables, which the tests read every one of.
    init(builtIn text: String) {
        do {
            self = try UsageLine(text)
        } catch {
            preconditionFailure("`\(text)` is no usage line: \(error)")
        }
    }
}
