// A point in time as the machine gets it: it has no clock of its own.

/// One moment by two clocks, in microseconds.
public struct Moment: Hashable, Sendable {
    /// By a clock that never jumps and may begin anywhere; waits and deadlines count by it.
    public var steady: Int64
    /// Since 1970 in UTC, as far as the system knows.
    public var wall: Int64

    public init(steady: Int64, wall: Int64) {
        self.steady = steady
        self.wall = wall
    }
}
