// A flag that any thread raises and the thread of a run reads: plans, engines, the machine of scripts and whoever works for
// them share it.
import Synchronization

/// Whether work should stop; raised once, never lowered.
public final class Cancellation: Sendable {
    private let raised = Atomic<Bool>(false)

    public init() {}

    /// Asks the work to stop.
    public func raise() { raised.store(true, ordering: .releasing) }

    /// Whether the work should stop.
    public var isRaised: Bool { raised.load(ordering: .acquiring) }
}
