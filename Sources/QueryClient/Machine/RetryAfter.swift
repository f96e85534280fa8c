// The header by which a service says when it wants to be asked again.

enum RetryAfter {
    /// Longer waits are no serious answer.
    private static let limit: Int64 = 366 * 86_400

    /// Microseconds from now, or nil where the header is missing or is neither a number of seconds nor a date. A date counts from
    /// the answer's own `Date`, since the clocks of two machines may differ.
    static func wait(_ head: HTTPResponseHead, at now: Moment) -> Int64? {
        guard let text = head["Retry-After"] else { return nil }
        let seconds: Int64
        if !text.isEmpty, text.utf8.allSatisfy({ $0 &- 0x30 <= 9 }) {
            guard let number = Int64(text) else { return nil }
            seconds = number
        } else {
            guard let then = HTTPDate(text) else { return nil }
            let base = head["Date"].flatMap { HTTPDate($0) }.map { Int64($0.seconds) } ?? now.wall / 1_000_000
            seconds = max(0, Int64(then.seconds) - base)
        }
        return seconds <= limit ? seconds * 1_000_000 : nil
    }
}
