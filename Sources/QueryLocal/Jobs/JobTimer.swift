// Ends a job that has run longer than it may.
import QueryClient

/// A timer that runs from its making on.
struct JobTimer: Sendable {
    private let task: Task<Void, Never>
    /// What no job will run for, in microseconds; a sleep cannot be told any number.
    private static let longest: Int64 = 366 * 86_400_000_000

    /// Stops the job `id` in `timeout` microseconds.
    init(_ board: JobBoard, _ id: JobID, after timeout: Int64) {
        task = Task.detached {
            do { try await Task.sleep(for: .microseconds(min(max(timeout, 0), JobTimer.longest))) } catch { return }
            _ = board.stop(id, .timedOut(id: id.text, after: timeout))
        }
    }

    /// The job has ended.
    func stop() { task.cancel() }
}
