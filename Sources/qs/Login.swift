// `qs login NAME`: takes a service's key from its person once, and keeps it where only that person can read it.
import ArgumentParser
import QueryConnections
import QueryFormats
import QueryScript
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What may stand behind `qs login`.
struct LoginOptions: ParsableArguments {
    @OptionGroup var shared: SharedOptions

    @Option(help: ArgumentHelp("Keep a command of the shell that gives the key, instead of the key.", valueName: "text"))
    var command: String?

    @Argument(help: ArgumentHelp("The service's name.", valueName: "name"))
    var name: String
}

/// One run of `qs login`.
struct Login {
    let options: LoginOptions
    let output: StandardOutput

    init(_ options: LoginOptions, _ before: SharedOptions) {
        self.options = options
        output = StandardOutput(
            noColor: options.shared.noColor || before.noColor, errors: options.shared.errors ?? before.errors ?? .text)
    }

    /// Does the work and gives the exit status.
    func run() -> Int32 {
        let configuration = Program.configuration(options.shared, output)
        guard let keeper = Environment.logins else {
            refuse("there is no home folder to keep the key in; XDG_CONFIG_HOME can name one")
        }
        let known = configuration.services.map(\.name)
        guard known.contains(options.name) else {
            let near = Nearest.name(to: options.name, in: known).map { "did you mean \($0)? " } ?? ""
            refuse("no service `\(DisplayText.escaped(options.name))` is configured", hint: near)
        }
        let entry: LoginFile.Entry
        if let command = options.command {
            entry = .command(command)
        } else {
            guard let secret = Login.ask("key of \(options.name): ") else { refuse("no key was given") }
            entry = .secret(secret)
        }
        do {
            try keeper.keep(entry, for: options.name)
        } catch {
            output.event(.error(.secret(error, file: keeper.path)))
            return Diagnostic.Code.io.exitStatus
        }
        output.message("the key of \(options.name) is kept in \(keeper.path)")
        if configuration.services.contains(where: { $0.name == options.name && $0.token != nil }) {
            output.message("note: the configuration of \(options.name) names a token, which comes first")
        }
        return 0
    }

    /// A line of standard input; on a terminal it is asked for, and not shown while it is typed.
    private static func ask(_ question: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return readLine() }
        // Ctrl-C ends the reading, so that the terminal gets its modes back first.
        var action = sigaction(), before = sigaction()
        sigaction(SIGINT, nil, &before)
        #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = { _ in }
        #else
        action.__sigaction_u.__sa_handler = { _ in }
        #endif
        sigaction(SIGINT, &action, nil)
        var modes = termios()
        let isSilent = tcgetattr(STDIN_FILENO, &modes) == 0
        var silent = modes
        silent.c_lflag &= ~tcflag_t(ECHO)
        if isSilent { tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) }
        StandardError.write(question)
        var line: [UInt8] = []
        var byte: UInt8 = 0
        var count = read(STDIN_FILENO, &byte, 1)
        while count == 1, byte != UInt8(ascii: "\n") {
            line.append(byte)
            count = read(STDIN_FILENO, &byte, 1)
        }
        if isSilent { tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes) }
        StandardError.write("\n")
        sigaction(SIGINT, &before, nil)
        if count < 0 { dieBySignal(SIGINT) }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
