// Signals of a program that edits lines. Only an executable installs them; the handlers do nothing but restore the
// terminal's modes or write a byte, and a thread of its own does the rest.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// The signal handlers of a process that owns its terminal.
public enum TerminalSignals {
    /// Where the handlers write the number of the signal.
    private static let writing = Atomic<Int32>(-1)
    /// What was in place for each signal before, by number; a fatal one goes on to it.
    nonisolated(unsafe) private static let previous = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
    private static let fatal = [SIGHUP, SIGQUIT, SIGTERM, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]

    /// Installs the handlers, once in a process, before its other threads start if possible.
    ///
    /// SIGINT drops the line that `editor` reads; while it reads none, `onInterrupt` is called, on a thread that does
    /// nothing else. SIGWINCH, SIGTSTP and SIGCONT keep the screen right. SIGTERM, SIGHUP, SIGQUIT and crashes give the
    /// terminal its modes back and then end the process as they would have. Signals that are ignored stay ignored.
    /// False if the system gives no pipe or thread; then nothing is changed.
    @discardableResult
    public static func install(for editor: LineEditor, onInterrupt: @escaping @Sendable () -> Void) -> Bool {
        var ends: [Int32] = [-1, -1]
        guard writing.load(ordering: .relaxed) < 0, pipe(&ends) == 0 else { return false }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        TerminalModes.prepare()
        guard startListener(Listener(reading: ends[0], editor: editor, onInterrupt: onInterrupt)) else {
            for end in ends { close(end) }
            return false
        }
        writing.store(ends[1], ordering: .sequentiallyConsistent)
        for signal in [SIGINT, SIGWINCH, SIGCONT] { set(signal) { TerminalSignals.pass($0) } }
        set(SIGTSTP) { TerminalSignals.stop($0) }
        for signal in fatal { set(signal) { TerminalSignals.end($0) } }
        return true
    }

    private static func set(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        sigaction(signal, nil, previous + Int(signal))
        guard !isIgnored(previous[Int(signal)]) else { return }
        var action = action(handler)
        sigaction(signal, &action, nil)
    }

    private static func action(_ handler: @escaping @convention(c) (Int32) -> Void) -> sigaction {
        var action = sigaction()
        #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = handler
        #else
        action.__sigaction_u.__sa_handler = handler
        #endif
        action.sa_flags = SA_RESTART
        return action
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        #if canImport(Glibc)
        let handler = action.__sigaction_handler.sa_handler
        #else
        let handler = action.__sigaction_u.__sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == 1
    }

    // What follows runs in handlers.

    private static func pass(_ signal: Int32) {
        let saved = errno
        var byte = UInt8(truncatingIfNeeded: signal)
        _ = write(writing.load(ordering: .relaxed), &byte, 1)
        errno = saved
    }

    /// Stops the process as if there were no handler; goes on here when it is continued.
    private static func stop(_ signal: Int32) {
        let saved = errno
        TerminalModes.restoreInHandler()
        var (own, mask, before) = (sigaction(), sigset_t(), sigset_t())
        sigaction(signal, previous + Int(signal), &own)
        sigemptyset(&mask)
        sigaddset(&mask, signal)
        raise(signal)
        pthread_sigmask(SIG_UNBLOCK, &mask, &before)
        pthread_sigmask(SIG_SETMASK, &before, nil)
        sigaction(signal, &own, nil)
        errno = saved
    }

    /// Lets the signal do what it would have done; it is held back until the handler returns.
    private static func end(_ signal: Int32) {
        TerminalModes.restoreInHandler()
        sigaction(signal, previous + Int(signal), nil)
        raise(signal)
    }

    // What follows runs on the thread that the handlers write to.

    private final class Listener: Sendable {
        let reading: Int32
        let editor: LineEditor
        let onInterrupt: @Sendable () -> Void

        init(reading: Int32, editor: LineEditor, onInterrupt: @escaping @Sendable () -> Void) {
            (self.reading, self.editor, self.onInterrupt) = (reading, editor, onInterrupt)
        }

        func run() {
            var byte: UInt8 = 0
            while true {
                let count = read(reading, &byte, 1)
                if count == 1 { take(Int32(byte)) } else if count == 0 || errno != EINTR { return }
            }
        }

        private func take(_ signal: Int32) {
            switch signal {
            case SIGINT: editor.isReading ? editor.interrupt() : onInterrupt()
            case SIGWINCH: editor.resized()
            default: editor.resumed()
            }
        }
    }

    private static func startListener(_ listener: Listener) -> Bool {
        let argument = Unmanaged.passRetained(listener).toOpaque()
        #if canImport(Glibc)
        var thread = pthread_t()
        #else
        var thread: pthread_t?
        #endif
        let code = pthread_create(&thread, nil, { TerminalSignals.listen($0) }, argument)
        if code != 0 { Unmanaged<Listener>.fromOpaque(argument).release() }
        return code == 0
    }

    private static func listen(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        Unmanaged<Listener>.fromOpaque(argument).takeRetainedValue().run()
        return nil
    }
}
