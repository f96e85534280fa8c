// A transform as one row of a table, like a command's; its body makes the step that frames run.
import QueryFrames

/// A transform: how it is written, what it is for, and the step it stands for.
public struct TransformRow: Sendable {
    /// The usage line, which the parser follows.
    public let usage: UsageLine
    /// One sentence for `help`.
    public let summary: String
    /// A line that a person could type.
    public let example: String
    /// Makes the step of its arguments.
    let step: @Sendable (inout Arguments) throws(ScriptError) -> Step

    /// Whether windows may stand in its expressions.
    let allowsWindows: Bool

    /// The word that names the transform.
    public var name: String { usage.name }

    init(
        _ usage: UsageLine, summary: String, example: String, allowsWindows: Bool = false,
        step: @escaping @Sendable (inout Arguments) throws(ScriptError) -> Step
    ) {
        self.usage = usage
        self.summary = summary
        self.example = example
        self.allowsWindows = allowsWindows
        self.step = step
    }
}

/// What a transform stands for.
enum Step: Sendable {
    case transform(Transform)
    /// `count`, which ends a chain of steps with a number instead of a frame.
    case count
}
