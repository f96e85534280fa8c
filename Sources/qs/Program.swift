// The program: chooses between scripts and the prompt, and turns how they end into an exit status.
import ArgumentParser
import Dispatch
import QueryClient
import QueryFormats
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
    let renderer: DiagnosticRenderer
    let service: LocalService
    let session: Session

    static let version = "0.1.0"

    init(_ options: Options) {
        self.options = options
        output = StandardOutput(noColor: options.noColor)
        renderer = DiagnosticRenderer(isColoured: output.isColoured)
        service = LocalService(workspace: options.workspace ?? Environment.workspace)
        session = Session(service: service, output: output, grants: Session.Grants(files: true), limits: options.limits)
    }

    /// Runs what was asked for and gives the exit status.
    func run() async -> Ending {
        var pieces = options.pieces
        var arguments = options.operands
        if pieces.isEmpty {
            if let file = arguments.first {
                pieces = [.file(file)]
                arguments.removeFirst()
            } else if isatty(STDIN_FILENO) == 1 {
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
    }

    // MARK: Scripts

    private func script(_ pieces: [Options.Piece.Kind]) async -> Ending {
        let signals = StopSignals()
        let task = Task { await run(pieces) }
        signals.onFirst { task.cancel() }
        let ending = await task.value
        // Jobs of the embedded service end with the program.
        await service.close()
        if let signal = signals.received { return .signal(signal) }
        return ending
    }

    private func run(_ pieces: [Options.Piece.Kind]) async -> Ending {
        for piece in pieces {
            let source: Source
            switch piece {
            case .text(let text):
                source = Source(name: "-c", text: text)
                await session.define("script_dir", .scalar(.string(".")))
            case .file(let path):
                do {
                    source = Source(name: path == "-" ? "standard input" : path, bytes: try ScriptFile.bytes(path))
                } catch {
                    output.message("error[io]: \(ScriptFile.message(of: error))")
                    if !path.contains("/"), !path.hasSuffix(".qs") {
                        output.message("  the text of a script is given by -c: qs -c '\(DisplayText.escaped(path))'")
                    }
                    return .status(Diagnostic.Code.io.exitStatus)
                }
                await session.define("script_dir", .scalar(.string(path == "-" ? "." : ScriptFile.folder(of: path))))
            }
            if let ending = await run(source) { return ending }
        }
        return .status(0)
    }

    /// Runs one script; gives the ending where the program ends with it.
    private func run(_ source: Source) async -> Ending? {
        switch await session.run(source) {
        case .finished: return nil
        case .failed(let diagnostics):
            for diagnostic in diagnostics { output.message(renderer.text(of: diagnostic)) }
            return .status(diagnostics.first?.code.exitStatus ?? 1)
        case .exit(let status): return .status(status)
        case .closedOutput: return .signal(SIGPIPE)
        case .cancelled: return .status(130)
        }
    }

    // MARK: The prompt

    private func prompt() async -> Ending {
        TerminalLocale.useUnicode()
        await session.define("args", .list([]))
        await session.define("script_dir", .scalar(.string(".")))
        let output = output
        let repl = REPL(session: session, historyPath: Environment.history, renderer: renderer) { output.message($0) }
        let status = await repl.run(greeting: "qs \(Program.version): `help` lists the commands, Ctrl-D leaves")
        await service.close()
        return .status(status)
    }
}
