// The prompt: reads a statement, runs it, says what went wrong, and goes on. Ctrl-C stops what runs and never the session.
import QueryScript
import Synchronization

/// The read-run-show loop over one session.
public final class REPL: Sendable {
    private let session: Session
    private let history: History
    private let renderer: DiagnosticRenderer
    /// Takes lines for the person: errors and notices.
    private let tell: @Sendable (String) -> Void
    /// Finds what happened before the session began, in lines for the person.
    private let news: @Sendable () async -> [String]
    private let state = Mutex(State())

    private struct State {
        /// The statement that runs now.
        var running: Task<Session.RunOutcome, Never>?
        /// Ctrl-C came while it ran, and whether it came again before the prompt was back.
        var isStopping = false
        var isStoppedAgain = false
        /// The job whose waiting was stopped last, and when: a second Ctrl-C soon after cancels it.
        var stopped: (job: Job, time: ContinuousClock.Instant)?
    }

    /// A second Ctrl-C within this time is meant for the job.
    private static let secondChance = Duration.seconds(2)

    public init(
        session: Session, historyPath: String?, renderer: DiagnosticRenderer, news: @escaping @Sendable () async -> [String],
        tell: @escaping @Sendable (String) -> Void
    ) {
        self.news = news
        self.session = session
        history = History(path: historyPath)
        self.renderer = renderer
        self.tell = tell
    }

    /// Reads and runs until the end of the input or `exit`, whose status it gives.
    public func run(greeting: String) async -> Int32 {
        let editor = LineEditor(hooks: hooks, history: history)
        TerminalSignals.install(for: editor) { [self] in interrupt() }
        defer { editor.close() }
        tell(greeting)
        // Services may take their time to answer; the prompt does not wait for them.
        let asking = Task { [news] in for line in await news() { editor.post(line) } }
        defer { asking.cancel() }
        while true {
            if state.withLock({ $0.isStoppedAgain }) { await cancelStoppedJob() }
            switch await editor.read(prompt: "qs> ", continuation: "... ") {
            case .text(let text):
                if let status = await run(text) { return status }
            case .interrupted: await cancelStoppedJob()
            case .end: return 0
            case .failed(let code):
                tell("the terminal cannot be read (error \(code))")
                return 1
            }
        }
    }

    private var hooks: LineEditor.Hooks {
        LineEditor.Hooks(
            isComplete: { Session.isComplete($0) },
            complete: { [session] text, cursor in
                let suggestions = Waiting.value { await session.suggestions(for: text, cursor: cursor) }
                return Completion(
                    range: suggestions.range,
                    candidates: suggestions.candidates.map { Completion.Candidate($0.text, note: $0.note, suffix: " ") })
            },
            highlight: { text in Highlighter.pieces(of: text).map { StyledRange($0.range, $0.kind.style) } },
            remembers: { !SecretText.isIn($0) })
    }

    /// Runs one statement; gives the status where it was `exit`.
    private func run(_ text: String) async -> Int32? {
        let task = Task { [session] in await session.run(Source(name: "prompt", text: text), isPrompt: true) }
        state.withLock {
            $0.running = task
            $0.isStopping = false
            $0.isStoppedAgain = false
            $0.stopped = nil
        }
        let start = ContinuousClock.now
        let outcome = await task.value
        state.withLock {
            $0.running = nil
            if case .cancelled(let job?) = outcome { $0.stopped = (job, .now) }
        }
        switch outcome {
        case .finished: tellTime(since: start)
        // A prompt runs a statement at a time, so that nothing goes on after it.
        case .closedOutput, .wentOn, .detached: break
        case .failed(let diagnostics): for diagnostic in diagnostics { tell(renderer.text(of: diagnostic)) }
        case .exit(let status): return status
        case .cancelled(let job?):
            await session.define("_", .job(job))
            // The terminal has shown ^C and stands behind it.
            let again = job.service.keepsJobs ? "; in another session, `\(job.left.attachLine)`" : ""
            tell("\nstopped waiting; \(job.id) goes on. `wait _` waits for it again\(again); Ctrl-C within two seconds cancels it")
        case .cancelled(nil): tell("\nstopped")
        }
        return nil
    }

    /// Says how long a statement took, where somebody may have wondered.
    private func tellTime(since start: ContinuousClock.Instant) {
        let time = start.duration(to: .now)
        guard time >= .seconds(1) else { return }
        let tenths = (time / .milliseconds(100)).rounded()
        tell("took \(tenths / 10) s")
    }

    /// Ctrl-C while no line is read: the first one stops what runs, another one is meant for its job. That one may come when what
    /// ran has stopped already and the next line is not read yet; nobody else would look at it then.
    private func interrupt() {
        let (task, isForJob) = state.withLock { state in
            if state.isStopping { state.isStoppedAgain = true }
            state.isStopping = state.running != nil
            return (state.running, state.running == nil && state.stopped != nil)
        }
        task?.cancel()
        if isForJob { Task { await cancelStoppedJob() } }
    }

    private func cancelStoppedJob() async {
        let stopped = state.withLock { state in
            defer {
                state.stopped = nil
                state.isStoppedAgain = false
            }
            return state.stopped
        }
        guard let stopped, stopped.time.duration(to: .now) < REPL.secondChance else { return }
        switch await session.stop(stopped.job) {
        case .stopped: tell("cancelled the job \(stopped.job.id)")
        case .failed(let reason): tell("the job \(stopped.job.id) goes on: \(reason)")
        }
    }
}

extension HighlightedPiece.Kind {
    fileprivate var style: TextStyle {
        switch self {
        case .command: .command
        case .keyword: .keyword
        case .name: .name
        case .string: .string
        case .number: .number
        case .symbol: .symbol
        }
    }
}
