// Time for those who perform what the machine decides.
import QueryFrames

/// A clock that can be waited for.
public protocol ServiceClock: Sendable {
    var now: Moment { get }
    /// Returns at a moment of the steady clock, or as soon as the task is cancelled.
    func sleep(until steady: Int64) async
}

/// The system's clocks. The steady one goes on while the machine sleeps.
public struct SystemServiceClock: ServiceClock {
    private let start = ContinuousClock.now

    public init() {}

    public var now: Moment {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Moment(steady: seconds * 1_000_000 + attoseconds / 1_000_000_000_000, wall: Clock.now)
    }

    public func sleep(until steady: Int64) async {
        // A sleep that is cut short belongs to a wait that nobody wants any more.
        try? await Task.sleep(until: start + .microseconds(steady), clock: .continuous)
    }
}
