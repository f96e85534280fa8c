// Work that blocks its thread, such as reading a file, done where it holds up no other task.
import Dispatch
import QueryFrames
import Synchronization

/// Runs blocking work off the cooperative pool.
enum BlockingWork {
    /// What `body` gives, computed on a thread that may block, under the limits of the task.
    static func run<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
        let body = WorkLimits.carried(body)
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: body()) }
        }
    }

    /// The same, but left behind when the task is cancelled: `body` then ends when it looks at its cancellation next, and what it
    /// gives is freed where it was made. The task has to be that of the run.
    static func leavable<T: Sendable>(_ body: @escaping @Sendable () -> Result<T, ScriptError>) async throws(ScriptError) -> T {
        let body = WorkLimits.carried(body)
        let cancellation = Cancellation.current
        let first = FirstAnswer<Result<T, ScriptError>>()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                first.wait(continuation)
                // Cancelled before there was anyone to tell.
                if Task.isCancelled { first.give(.failure(ScriptError(.cancelled))) }
                DispatchQueue.global().async { first.give(body()) }
            }
        } onCancel: {
            // The run's own handler comes after this one. The work is stopped before its answer is given: who gets that takes a processor,
            // and on a busy machine the work would go on with the other one meanwhile.
            cancellation?.raise()
            first.give(.failure(ScriptError(.cancelled)))
        }
        return try result.get()
    }
}

/// Passes on the first of several answers.
private final class FirstAnswer<Answer: Sendable>: Sendable {
    private let waiting = Mutex<CheckedContinuation<Answer, Never>?>(nil)

    func wait(_ continuation: CheckedContinuation<Answer, Never>) { waiting.withLock { $0 = continuation } }

    func give(_ answer: Answer) {
        let continuation = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        continuation?.resume(returning: answer)
    }
}
