// Ctrl-C and the like while a script runs: they stop the script in order, so that its jobs are settled first.
import Dispatch
import Synchronization
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Listens for SIGINT, SIGTERM and SIGHUP from the moment it is made; made once in a process.
///
/// The handlers write to a pipe, and a dispatch source reads it. (A source for the signal itself would want the signal
/// ignored, and would miss one that comes before it is registered.) Unchecked because sources are not declared sendable;
/// it is only kept, from the end of `init` on.
final class StopSignals: @unchecked Sendable {
    private struct State {
        var received: Int32?
        var stop: (@Sendable () -> Void)?
    }

    /// Where the handlers write the number of the signal.
    private static let writing = Atomic<Int32>(-1)
    private let state = Mutex(State())
    private var source: (any DispatchSourceRead)?

    /// The first signal that came.
    var received: Int32? { state.withLock { $0.received } }

    init() {
        var ends: [Int32] = [-1, -1]
        // Without a pipe the signals end the program as they always do.
        guard pipe(&ends) == 0 else { return }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        StopSignals.writing.store(ends[1], ordering: .sequentiallyConsistent)
        let reading = ends[0]
        let source = DispatchSource.makeReadSource(fileDescriptor: reading, queue: .global())
        source.setEventHandler { [self] in
            var byte: UInt8 = 0
            while read(reading, &byte, 1) == 1 { take(Int32(byte)) }
        }
        source.resume()
        self.source = source
        for number in [SIGINT, SIGTERM, SIGHUP] { StopSignals.handle(number) }
    }

    /// Calls `stop` at the first signal, at once if it has come already; a second signal ends the program at once.
    func onFirst(_ stop: @escaping @Sendable () -> Void) {
        let hasCome = state.withLock { state in
            state.stop = stop
            return state.received != nil
        }
        if hasCome { stop() }
    }

    private func take(_ number: Int32) {
        let (isFirst, stop) = state.withLock { state in
            let isFirst = state.received == nil
            if isFirst { state.received = number }
            return (isFirst, state.stop)
        }
        if isFirst { stop?() } else { dieBySignal(number) }
    }

    private static func handle(_ number: Int32) {
        var action = sigaction()
        sigaction(number, nil, &action)
        // A signal that the parent had ignored (nohup) stays ignored.
        #if canImport(Glibc)
        if unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1 { return }
        action.__sigaction_handler.sa_handler = { StopSignals.pass($0) }
        #else
        if unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1 { return }
        action.__sigaction_u.__sa_handler = { StopSignals.pass($0) }
        #endif
        action.sa_flags = SA_RESTART
        sigaction(number, &action, nil)
    }

    /// Runs in the handlers.
    private static func pass(_ number: Int32) {
        let saved = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(writing.load(ordering: .relaxed), &byte, 1)
        errno = saved
    }
}

/// Ends the process the way the signal would have, so that a shell sees it.
func dieBySignal(_ number: Int32) -> Never {
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    kill(getpid(), number)
    // Where the signal does not end the process, its number does.
    exit(128 + number)
}
