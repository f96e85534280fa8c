// Ctrl-C and the like while a script runs: they stop the script in order, so that its jobs are settled first.
import Dispatch
import Synchronization
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Listens for SIGINT, SIGTERM and SIGHUP.
///
/// Unchecked because signal sources are not declared sendable; they are only kept, from the end of `init` on.
final class StopSignals: @unchecked Sendable {
    private let first = Mutex<Int32?>(nil)
    private var sources: [any DispatchSourceSignal] = []

    /// The first signal that came.
    var received: Int32? { first.withLock { $0 } }

    /// Calls `stop` at the first signal; a second one ends the program at once.
    init(stop: @escaping @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            // A signal that the parent had ignored (nohup) stays ignored.
            var action = sigaction()
            sigaction(number, nil, &action)
            #if canImport(Glibc)
            let isIgnored = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
            #else
            let isIgnored = unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
            #endif
            if isIgnored { continue }
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in
                let isFirst = first.withLock { first in
                    defer { first = first ?? number }
                    return first == nil
                }
                if isFirst { stop() } else { dieBySignal(number) }
            }
            source.resume()
            sources.append(source)
        }
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
