// A flag that any thread raises and the thread of a run reads: plans, engines, the machine of scripts and whoever works for
// them share it.
import Synchronization

/// Whether work should stop; raised once, never lowered.
///
/// A loop over much looks at the one that is `current`, and once that is raised it may end with anything: whoever began the work looks
/// at the cancellation afterwards, and throws away what was made.
public final class Cancellation: Sendable {
    private let raised = Atomic<Bool>(false)

    /// The one that stops the work at hand; nil where nothing does.
    @TaskLocal public static var current: Cancellation?

    public init() {}

    /// Asks the work to stop.
    public func raise() { raised.store(true, ordering: .releasing) }

    /// Whether the work should stop.
    public var isRaised: Bool { raised.load(ordering: .acquiring) }

    /// Whether the work at hand should stop. Finding that out takes longer than to ask one cancellation.
    public static var stopsHere: Bool { current?.isRaised ?? false }

    /// Bytes that may be copied, compared or written between two looks: they take less than a millisecond.
    public static let stretch = 1 << 20
}
