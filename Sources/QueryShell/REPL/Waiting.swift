// Asks a question of an actor from a thread that is allowed to wait, such as the line editor's.
import Dispatch
import Synchronization

/// Waits for asynchronous work on a thread that may block.
enum Waiting {
    /// What `body` gives. Never call it from a task: it blocks its thread.
    static func value<T: Sendable>(_ body: @escaping @Sendable () async -> T) -> T {
        let answer = Answer<T>()
        let done = DispatchSemaphore(value: 0)
        Task {
            let value = await body()
            answer.value.withLock { $0 = value }
            done.signal()
        }
        done.wait()
        guard let value = answer.value.withLock({ $0 }) else { preconditionFailure("an answer that was signalled is there") }
        return value
    }

    private final class Answer<T: Sendable>: Sendable {
        let value = Mutex<T?>(nil)
    }
}
