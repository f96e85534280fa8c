// The line editor as the REPL sees it: ask for a statement, be answered when the person has typed one. The editing itself
// happens on a thread of the editor's own (EditingThread), over libedit; what the text means is asked through hooks.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// Reads statements from a terminal, with editing, history, completion, highlighting and multi-line text.
///
/// It stands for descriptors 0 and 1, so there is one of it in a process. Nothing is opened, and no thread started, before
/// the first `read`. Call `close` before the process exits. It installs no signal handler: see `TerminalSignals`.
public final class LineEditor: Sendable {
    /// What came of one `read`.
    public enum Line: Equatable, Sendable {
        /// A statement, without a newline at its end; newlines within it are `\n`.
        case text(String)
        /// Ctrl-C: what had been typed is dropped.
        case interrupted
        /// Ctrl-D on an empty line, or a terminal that is gone, or an editor that is closed.
        case end
        /// The terminal cannot be read; the number is `errno`.
        case failed(errno: Int32)
    }

    struct Request: Sendable {
        var prompt: String
        var continuation: String
        var caller: CheckedContinuation<Line, Never>
    }

    struct State: Sendable {
        var request: Request?
        var messages: [String] = []
        var isReading = false
        var isClosed = false
        var thread: pthread_t?
    }

    let hooks: Hooks
    let history: History
    let isStyled: Bool
    let wake = WakePipe()
    let state = Mutex(State())
    /// Whether the read under way has been interrupted; the event alone may come before its thread listens.
    let isInterrupted = Atomic(false)

    /// `styled` says whether colours and hints are shown; nil decides by the terminal, `TERM` and `NO_COLOR`.
    public init(hooks: Hooks, history: History = History(path: nil), styled: Bool? = nil) {
        self.hooks = hooks
        self.history = history
        isStyled = styled ?? Terminal.showsStyles
    }

    /// True from the moment a `read` is asked for until it is answered.
    public var isReading: Bool { state.withLock { $0.isReading } }

    /// Reads one statement; suspends the caller and blocks no thread of the cooperative pool.
    ///
    /// `prompt` stands before the first line, `continuation` before each further one; both are plain text without escapes.
    /// One read at a time: a second one meanwhile is answered with `.failed(errno: EBUSY)`.
    public func read(prompt: String, continuation: String) async -> Line {
        await withCheckedContinuation { caller in
            let request = Request(prompt: prompt, continuation: continuation, caller: caller)
            let refusal: Line? = state.withLock { state in
                if state.isClosed { return .end }
                if state.isReading { return .failed(errno: EBUSY) }
                if state.thread == nil {
                    guard let thread = EditingThread.start(for: self) else { return .failed(errno: EAGAIN) }
                    state.thread = thread
                }
                // An interrupt that came too late for the line before is not meant for this one.
                isInterrupted.store(false, ordering: .relaxed)
                state.request = request
                state.isReading = true
                return nil
            }
            if let refusal { caller.resume(returning: refusal) } else { wake.send(.news) }
        }
    }

    /// Shows a message: above the line that is being typed, which stays as it is, or at once where none is.
    ///
    /// The message may hold several lines and SGR sequences; other control characters are the caller's to keep out.
    public func post(_ message: String) {
        let isQueued = state.withLock { state in
            guard state.isReading else {
                Terminal.write(Terminal.withReturns(message) + "\r\n")
                return false
            }
            state.messages.append(message)
            return true
        }
        if isQueued { wake.send(.news) }
    }

    /// Drops the line that is being typed, as Ctrl-C does; without effect where none is. Async-signal-safe.
    public func interrupt() {
        isInterrupted.store(true, ordering: .releasing)
        wake.send(.interrupt)
    }

    /// Draws the line anew for the terminal's present size. Async-signal-safe.
    public func resized() { wake.send(.resize) }

    /// Takes the terminal back after the process was stopped and continued. Async-signal-safe.
    public func resumed() { wake.send(.resume) }

    /// Ends the editor: a read under way is answered with `.end`, the terminal has its modes back when this returns.
    public func close() {
        let thread = state.withLock { state in
            state.isClosed = true
            defer { state.thread = nil }
            return state.thread
        }
        guard let thread else { return }
        wake.send(.news)
        pthread_join(thread, nil)
    }
}
