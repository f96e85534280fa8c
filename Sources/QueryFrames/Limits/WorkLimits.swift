// What limits a piece of work, taken along to the threads that do it.

/// The memory budget and the cancellation of the work at hand.
public struct WorkLimits: Sendable {
    private let budget: MemoryBudget?
    private let cancellation: Cancellation?

    /// Those that hold for the caller.
    public static var current: WorkLimits { WorkLimits(budget: MemoryBudget.current, cancellation: Cancellation.current) }

    /// Does `work` under these limits, on whatever thread.
    public func hold<T>(over work: () -> T) -> T {
        Cancellation.$current.withValue(cancellation) { MemoryBudget.$current.withValue(budget, operation: work) }
    }

    /// `work` as it is to run on another thread: under the limits that hold here.
    public static func carried<T>(_ work: @escaping @Sendable () -> T) -> @Sendable () -> T {
        let limits = current
        return { limits.hold(over: work) }
    }
}
