// Work that blocks its thread, such as reading a file, done where it holds up no other task.
import Dispatch
import QueryFrames

/// Runs blocking work off the cooperative pool.
enum BlockingWork {
    /// What `body` gives, computed on a thread that may block, under the memory budget of the task.
    static func run<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
        let body = MemoryBudget.carried(body)
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: body()) }
        }
    }
}
