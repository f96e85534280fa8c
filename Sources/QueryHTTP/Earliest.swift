// Waiting for one of several things, whichever comes first, without waiting for the others.
import Synchronization

/// The first of several values, for one who waits for it.
final class Earliest<Value: Sendable>: Sendable {
    private let state = Mutex<(given: Value?, waiter: CheckedContinuation<Value, Never>?)>((nil, nil))

    /// Comes too late where a value was given before.
    func give(_ value: Value) {
        let waiter = state.withLock { state in
            guard state.given == nil else { return CheckedContinuation<Value, Never>?.none }
            state.given = value
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: value)
    }

    /// Gives `value` after a while, unless the task that is returned is cancelled.
    func give(_ value: Value, after time: Duration) -> Task<Void, Never> {
        Task {
            try? await Task.sleep(for: time)
            give(value)
        }
    }

    /// The value that is given first. To be called once.
    var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let given = state.withLock { state in
                    if state.given == nil { state.waiter = continuation }
                    return state.given
                }
                if let given { continuation.resume(returning: given) }
            }
        }
    }
}
