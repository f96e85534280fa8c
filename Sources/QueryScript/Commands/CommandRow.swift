// A command as one row of a table: its usage line is its grammar, and everything that tells people about it is read from here.

/// A command: how it is written, what it is for, and what it does.
public struct CommandRow: Sendable {
    /// The usage line, which the parser follows.
    public let usage: UsageLine
    /// One sentence for `help`.
    public let summary: String
    /// A line that a person could type.
    public let example: String
    /// What the checker and the completion can tell of it before it runs.
    let effect: Effect
    /// Does the work. Runs on the session, so it may suspend for services and never blocks a thread.
    let body: @Sendable (isolated Session, inout Arguments) async throws(ScriptError) -> ScriptValue

    /// The word that names the command.
    public var name: String { usage.name }

    /// What a command does to the things that a check knows.
    enum Effect {
        case none
        /// Starts the query given for `saved` or `text` with the values given for `with`.
        case runsQuery
        /// Keeps the query that `name` names.
        case savesQuery
        /// Forgets the query that `name` names.
        case forgetsQuery
        /// Changes the setting that `name` names.
        case changesSetting
        /// Makes the file that `name` names a table.
        case addsDataset
        /// Gives back the one job that it is given.
        case givesJob
        /// Makes the service that `service` names the one in use.
        case usesService
        /// Takes up the service that `name` names.
        case connects
    }

    init(
        _ usage: UsageLine, summary: String, example: String, effect: Effect = .none,
        body: @escaping @Sendable (isolated Session, inout Arguments) async throws(ScriptError) -> ScriptValue
    ) {
        self.usage = usage
        self.summary = summary
        self.example = example
        self.effect = effect
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
