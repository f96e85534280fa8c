// The program: chooses between scripts and the prompt, and turns how they end into an exit status.
import ArgumentParser
import Dispatch
import QueryClient
import QueryConnections
import QueryFormats
import QueryFrames
import QueryHTTP
import QueryLocal
import QueryScript
import QueryShell
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One run of `qs`.
struct Program {
    let options: Options
    let output: StandardOutput
    let services: Connections
    let session: Session

    static let version = "0.1.0"

    init(_ options: Options) {
        self.options = options
        let events = options.events.map { EventStream(descriptor: $0) }
        output = StandardOutput(noColor: options.shared.noColor, errors: options.shared.errors ?? .text, events: events)
        let local = LocalService(workspace: options.shared.workspace ?? Environment.workspace)
        services = Program.services(options.shared, local, output, isRehearsal: options.isRehearsal)
        let manner = Manner(keepsGoing: options.keepsGoing, isRehearsal: options.isRehearsal, detaches: options.detaches)
        session = Session(
            services: services, output: output, grants: .all, manner: manner, limits: options.limits,
            memory: MemoryBudget(limit: MachineMemory.share))
    }

    /// What the configuration files say, or the end of the program where they cannot be understood.
    static func configuration(_ options: SharedOptions, _ output: StandardOutput) -> Configuration {
        do {
            return try Configuration(
                files: Environment.configurationFiles(chosen: options.config), chosen: options.config, home: Environment["HOME"])
        } catch {
            end(for: error, output)
        }
    }

    /// Ends the program where its configuration cannot be used.
    private static func end(for fault: ConfigurationFault, _ output: StandardOutput) -> Never {
        let diagnostic = Diagnostic.configuration(fault)
        output.event(.error(diagnostic))
        output.events?.done(diagnostic.code.exitStatus)
        exit(diagnostic.code.exitStatus)
    }

    private static func services(
        _ options: SharedOptions, _ local: LocalService, _ output: StandardOutput, isRehearsal: Bool
    ) -> Connections {
        let transport = AsyncHTTPTransport(
            TransportOptions(userAgent: "qs/\(version)", certificates: Environment["SSL_CERT_FILE"], proxies: Environment.proxies))
        let means = Connections.Means(
            transport: transport, ledger: Ledger(path: Environment.ledger), logins: Environment.logins, isRehearsal: isRehearsal
        ) { notice in output.notice(Diagnostic.message(of: notice)) }
        do {
            return try Connections(
                configuration(options, output), standard: options.service ?? Environment["QS_SERVICE"], local: local, means: means)
        } catch {
            end(for: error, output)
        }
    }

    /// Runs what was asked for and gives the exit status.
    func run() async -> Ending {
        for variable in options.variables { await session.define(variable.name, variable.value) }
        var pieces = options.pieces
        var arguments = options.operands
        if pieces.isEmpty {
            if let file = arguments.first {
                pieces = [.file(file)]
                arguments.removeFirst()
            } else if isatty(STDIN_FILENO) == 1 {
                if let option = options.batchOption { refuse("\(option) is for scripts, and there is none") }
                return await prompt()
            } else {
                pieces = [.file("-")]
            }
        }
        await session.define("args", .list(arguments.map { .scalar(.string($0)) }))
        return await script(pieces)
    }

    /// How the program ends.
    enum Ending {
        case status(Int32)
        case signal(Int32)

        /// What a shell sees.
        var status: Int32 {
            switch self {
            case .status(let status): status
            case .signal(let number): 128 + number
            }
        }
    }

    // MARK: Scripts

    private func script(_ pieces: [Options.Piece.Kind]) async -> Ending {
        let signals = StopSignals()
        let task = Task { await run(pieces) }
        signals.onFirst { task.cancel() }
        let ending = await task.value
        if case .status(0) = ending, signals.received == nil { await tellOfUnminded() }
        let left = await leave(isInterrupted: signals.received != nil)
        // Jobs of the embedded service end with the program.
        await services.close()
        var last = signals.received.map { Ending.signal($0) } ?? ending
        if left, case .status(0) = last { last = .status(Program.jobsStillRun) }
        output.events?.done(last.status)
        return last
    }

    /// The exit status of a script that is done while jobs of it still run.
    private static let jobsStillRun: Int32 = 75

    /// Tells of the jobs of the embedded service that end with the program, or have failed, and that nothing waited for.
    private func tellOfUnminded() async {
        for (job, snapshot) in await session.jobsUnminded() {
            let what = snapshot.error.map { "failed, and nothing waited for it: \(Diagnostic.message(of: $0))" }
                ?? "was not waited for, and ends with the program"
            output.warn("the job \(job.id) \(what); `wait` at the end of the script waits for every job")
        }
    }

    /// Settles the jobs that go on without the program: cancels them where Ctrl-C is to do that, and tells the line that finds each
    /// of the others again. Gives whether any is left.
    private func leave(isInterrupted: Bool) async -> Bool {
        var left = false
        for job in await session.jobsLeft() {
            var reason = "goes on"
            if isInterrupted, options.onInterrupt == .cancel {
                switch await Program.stop(job, session) {
                case .stopped:
                    output.message("cancelled the job \(job.id)")
                    continue
                case .failed(let why): reason = "may go on: \(why)"
                }
            }
            left = true
            output.message("the job \(job.id) \(reason); this finds it again: \(job.left.attachLine)")
        }
        return left
    }

    /// Stops a job, but waits no longer than two seconds for its service.
    private static func stop(_ job: Job, _ session: Session) async -> JobStopped {
        await withTaskGroup(of: JobStopped.self) { group in
            group.addTask { await session.stop(job) }
            group.addTask {
                try? await Task.sleep(for: .seconds(2))
                return .failed("its service does not answer")
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failed("its service does not answer")
        }
    }

    private func run(_ pieces: [Options.Piece.Kind]) async -> Ending {
        var kept: Ending?
        for piece in pieces {
            let source: Source
            switch piece {
            case .text(let text):
                source = Source(name: "-c", text: text)
                await session.define("script_dir", .scalar(.string(".")))
            case .file(let path):
                do {
                    source = Source(name: ScriptFile.name(of: path), bytes: try ScriptFile.bytes(path))
                } catch {
                    let isText = !path.contains("/") && !path.hasSuffix(".qs")
                    let hint = isText ? "the text of a script is given by -c: qs -c '\(path)'" : nil
                    output.event(.error(.unreadable(error, file: path, hint: hint)))
                    return .status(Diagnostic.Code.io.exitStatus)
                }
                await session.define("script_dir", .scalar(.string(path == "-" ? "." : ScriptFile.folder(of: path))))
            }
            switch await run(source) {
            case .ended(let ending): return ending
            case .wentOn(let ending): kept = kept ?? ending
            case .finished: continue
            }
        }
        return kept ?? .status(0)
    }

    /// How one script ended, for the program.
    private enum ScriptEnding {
        case finished
        /// Something failed, and the script went on.
        case wentOn(Ending)
        /// The program ends with it.
        case ended(Ending)
    }

    private func run(_ source: Source) async -> ScriptEnding {
        switch await session.run(source) {
        case .finished: return .finished
        case .failed(let diagnostics):
            for diagnostic in diagnostics { output.event(.error(diagnostic)) }
            return .ended(.status(diagnostics.first?.code.exitStatus ?? 1))
        case .wentOn(let diagnostic): return .wentOn(.status(diagnostic.code.exitStatus))
        case .exit(let status): return .ended(.status(status))
        case .closedOutput: return .ended(.signal(SIGPIPE))
        case .cancelled(let job):
            if let job { await tell(ofRowsOf: job) }
            return .ended(.status(130))
        case .detached: return .ended(.status(Program.jobsStillRun))
        }
    }

    /// Tells where the rows are of a job that has ended, and that somebody did not want to wait for.
    private func tell(ofRowsOf job: Job) async {
        let left = await session.jobsLeft().map(\.id)
        if !job.service.keepsJobs || left.contains(job.id) { return }
        output.message("the job \(job.id) has ended, and not all of its rows were read; this finds them again: \(job.left.attachLine)")
    }

    // MARK: The prompt

    private func prompt() async -> Ending {
        TerminalLocale.useUnicode()
        await session.define("args", .list([]))
        await session.define("script_dir", .scalar(.string(".")))
        let output = output
        let repl = REPL(session: session, historyPath: Environment.history, renderer: output.renderer, news: { [services] in await Program.news(services) }) { output.message($0) }
        let status = await repl.run(greeting: "qs \(Program.version): `help` lists the commands, Ctrl-D leaves")
        _ = await leave(isInterrupted: false)
        await services.close()
        return .status(status)
    }

    /// What became of jobs that an earlier session has left.
    private static func news(_ services: Connections) async -> [String] {
        await services.endedMeanwhile().map { job in
            let name = job.query.map { "\(job.id) (\($0))" } ?? job.id.text
            return "\(name) \(job.status.rawValue) meanwhile: \(JobLeft(id: job.id, service: job.service).attachLine)"
        }
    }
}
