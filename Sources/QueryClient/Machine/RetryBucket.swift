// What keeps a service that is down from being asked again and again by many jobs at once.

/// Tokens that tries after a failure cost and that good answers earn back; one bucket for all jobs of a service.
public struct RetryBucket: Hashable, Sendable {
    /// Tokens of a full bucket.
    public static let size = 500
    /// What another try costs.
    static let price = 14
    /// What another try costs where the service has asked for patience (429, 503).
    static let politePrice = 5

    public private(set) var tokens = RetryBucket.size

    /// A full one.
    public init() {}

    /// Pays for another try; false where the tokens do not suffice.
    mutating func pay(_ price: Int) -> Bool {
        guard tokens >= price else { return false }
        tokens -= price
        return true
    }

    /// Counts a good answer.
    mutating func earn() { tokens = min(tokens + 1, RetryBucket.size) }
}
