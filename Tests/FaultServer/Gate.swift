// Where a server waits for a test, so that no test has to sleep.
import Synchronization

/// Closed at first; whoever waits goes on once it is opened.
public final class Gate: Sendable {
    private let isOpenNow = Atomic(false)

    public init() {}

    public func open() { isOpenNow.store(true, ordering: .sequentiallyConsistent) }
    var isOpen: Bool { isOpenNow.load(ordering: .sequentiallyConsistent) }
}
