// What a script may use up before it is stopped; the host sets it, the machine counts.

/// The limits of a session. What passes one stops with an error of the kind `limit`, which no script can catch; the session can be
/// used afterwards.
public struct Limits: Hashable, Sendable {
    /// Instructions of the machine in one run of a script or of one line of a prompt; nil for as many as it takes. Entering a
    /// function counts all of its instructions, going back in a loop those of the loop, and what moves much data counts more.
    public var instructions: Int?
    /// Bytes of the values that a session holds at a time, without the columns of frames.
    public var memory: Int
    /// Calls within calls.
    public var depth: Int
    /// How long one run may take; nil for as long as it takes.
    public var time: Duration?

    public init(instructions: Int? = nil, memory: Int = 1 << 30, depth: Int = 10_000, time: Duration? = nil) {
        self.instructions = instructions
        self.memory = memory
        self.depth = depth
        self.time = time
    }

    /// The limit that was passed.
    public enum Passed: Hashable, Sendable {
        case instructions(Int)
        case memory(Int)
        case time(Duration)
        /// A text got longer than so many bytes.
        case text(Int)
    }
}
