// How much memory the columns of one session may take: buffers charge it when they are allocated, and whoever makes them looks at it.
import Synchronization
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A number of bytes that the columns made under it share, on whatever threads.
///
/// Allocating a buffer charges the budget that is `current` there, and freeing it gives the bytes back to the same one. An allocation
/// itself never fails for the budget's sake, as it cannot throw everywhere: plans, readers and engines look after each batch,
/// and ask before they allocate much, and stop with an error. What they hold is then freed, and the session goes on.
public final class MemoryBudget: Sendable {
    /// Bytes that there may be.
    public let limit: Int
    private let charged = Atomic<Int>(0)
    private let highest = Atomic<Int>(0)
    private let refused = Atomic<Int>(0)

    /// The budget of the work at hand; nil where nothing is counted.
    @TaskLocal public static var current: MemoryBudget?

    public init(limit: Int) { self.limit = limit }

    /// Bytes that there are.
    public var used: Int { charged.load(ordering: .relaxed) }

    /// The most bytes that there were at a time.
    public var peak: Int { highest.load(ordering: .relaxed) }

    /// Whether there are more bytes than there may be.
    public var isExceeded: Bool { used > limit }

    /// How often a buffer was not allowed to grow. Where the number has changed during a piece of work, its result is not whole.
    var refusals: Int { refused.load(ordering: .relaxed) }

    /// Counts `bytes` more, or fewer where negative: memory beside that of columns, such as the text of a file, counts too.
    public func charge(_ bytes: Int) {
        let (_, now) = charged.add(bytes, ordering: .relaxed)
        if now > highest.load(ordering: .relaxed) { highest.max(now, ordering: .relaxed) }
    }

    /// Whether `bytes` more would be too many. A large number is also asked of the system, which may have less.
    public func allows(_ bytes: Int) -> Bool {
        let (sum, overflow) = used.addingReportingOverflow(bytes)
        if overflow || sum > limit { return false }
        if bytes < MemoryBudget.probeAt { return true }
        guard let memory = malloc(bytes) else { return false }
        free(memory)
        return true
    }

    /// From here on an allocation gets pages of its own, so that asking for it and giving it back costs next to nothing.
    private static let probeAt = 64 << 20

    /// The same of the budget at hand, noting a refusal.
    static func grants(_ bytes: Int) -> Bool {
        guard let current, !current.allows(bytes) else { return true }
        current.refused.add(1, ordering: .relaxed)
        return false
    }

    /// `work` as it is to run on another thread: under the budget that is current here.
    public static func carried<T>(_ work: @escaping @Sendable () -> T) -> @Sendable () -> T {
        guard let budget = current else { return work }
        return { $current.withValue(budget, operation: work) }
    }
}
