// Threads of our own: what may block, a statement or a disk, never sits on a thread of Swift's cooperative pool.
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Runs closures on threads that end when there is nothing left to do; at most `limit` of them at once, in the order given.
final class Threads: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var running = 0
    }

    private let limit: Int
    private let state = Monitor(State())
    private static let stackBytes = 8 << 20

    init(limit: Int) { self.limit = limit }

    /// Runs `work` as soon as fewer than `limit` closures run, under the memory budget of the one who asks.
    func start(_ work: @escaping @Sendable () -> Void) {
        let work = MemoryBudget.carried(work)
        let isThreadNeeded = state.withLock { state in
            state.waiting.append(work)
            guard state.running < limit else { return false }
            state.running += 1
            return true
        }
        guard isThreadNeeded, !Threads.launch({ self.drain() }) else { return }
        // Without a thread of its own, the work waits for one that runs already or, failing that, is done by the one that asked.
        let isAlone = state.withLock { state in
            if state.running == 1 { return true }
            state.running -= 1
            return false
        }
        if isAlone { drain() }
    }

    private func drain() {
        while let work = next() { work() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            if state.waiting.isEmpty {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread; false where the system gives none.
    private static func launch(_ run: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackBytes)
        let body = Unmanaged.passRetained(Body(run))
        #if canImport(Glibc)
        var thread = pthread_t()
        let code = pthread_create(&thread, &attributes, { body in
            if let body { Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
            return nil
        }, body.toOpaque())
        #else
        var thread: pthread_t?
        let code = pthread_create(&thread, &attributes, { body in
            Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run()
            return nil
        }, body.toOpaque())
        #endif
        if code != 0 { body.release() }
        return code == 0
    }
}
