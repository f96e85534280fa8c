// How long to wait between two looks at a job, in microseconds.
import QueryFrames

/// `2 s, 2 s ... then doubling up to 60 s`, as a value.
public struct PollSchedule: Hashable, Sendable {
    /// The first wait.
    var first: Int64
    /// What each wait is multiplied by once the job has run for `patience`.
    var growth: Double
    var patience: Int64
    /// The longest wait.
    var ceiling: Int64
    /// How far a wait may be off, either way, so that many jobs do not ask at once.
    var jitter: Double

    /// Short queries are answered at once, and long ones asked for every five seconds.
    static func polytomic(first: Int64?) -> PollSchedule {
        let first = bounded(first ?? 100_000)
        return PollSchedule(first: first, growth: 1.5, patience: 0, ceiling: max(5_000_000, first), jitter: 0.2)
    }

    /// As Toolkit recommends it.
    static func toolkit(first: Int64?) -> PollSchedule {
        let first = bounded(first ?? 2_000_000)
        return PollSchedule(first: first, growth: 2, patience: 30_000_000, ceiling: max(60_000_000, first), jitter: 0)
    }

    /// A millisecond at least, a day at most.
    private static func bounded(_ wait: Int64) -> Int64 { min(max(wait, 1_000), 86_400_000_000) }

    /// The wait after one of `previous`, for a job that has run for `elapsed`, before jitter.
    func next(after previous: Int64?, elapsed: Int64) -> Int64 {
        guard let previous else { return first }
        guard elapsed > patience else { return previous }
        return min(Int64(Double(previous) * growth), ceiling)
    }

    func jittered(_ wait: Int64, _ random: inout SeededNumbers) -> Int64 {
        jitter == 0 ? wait : Int64(Double(wait) * (1 - jitter + 2 * jitter * random.fraction()))
    }
}
