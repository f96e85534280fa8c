// A value on a thread of its own: for what blocks and belongs to one thread at a time, a database above all.

/// A value that only the closures given to this see. They run one at a time, in the order given, on a thread that may block.
final class Confined<Value>: Sendable {
    private nonisolated(unsafe) let value: Value
    private let thread = Threads(limit: 1)

    init(_ value: sending Value) { self.value = value }

    /// What `body` makes of the value, without blocking the task that asks.
    func perform<R: Sendable, Fault: Error>(_ body: @escaping @Sendable (Value) throws(Fault) -> R) async throws(Fault) -> R {
        let result: Result<R, Fault> = await withCheckedContinuation { continuation in
            thread.start {
                do throws(Fault) {
                    continuation.resume(returning: .success(try body(self.value)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }

    /// Runs `body` without anyone who waits for it.
    func start(_ body: @escaping @Sendable (Value) -> Void) {
        thread.start { body(self.value) }
    }
}
