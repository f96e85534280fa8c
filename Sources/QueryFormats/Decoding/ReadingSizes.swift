// How much of rows of JSON is read, and put where it belongs, at a time.

/// Sizes on which the time and the memory of reading depend, and nothing else.
public struct ReadingSizes: Sendable {
    /// Bytes that one worker reads at a time: what becomes of them fits the processor's cache.
    public var segmentBytes = 1 << 19
    /// Rows that are put into their batch at a time, at least.
    public var batchedRows = 4_096
    /// Bytes that one row may take.
    public var rowLimit = 1 << 28

    public init() {}
}
