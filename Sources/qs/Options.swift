// The command line: what may stand on it, and what `--help` says.
import ArgumentParser
import QueryScript
import Synchronization

/// What may be said of every use of the program.
struct SharedOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Keep saved queries, datasets and jobs in DIR instead of QS_WORKSPACE or $XDG_DATA_HOME/qs.", valueName: "dir"))
    var workspace: String?

    @Option(help: ArgumentHelp("Read the configuration FILE instead of QS_CONFIG or $XDG_CONFIG_HOME/qs/config.toml.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Use the service NAME unless a script says otherwise, instead of QS_SERVICE or the configured one.", valueName: "name"))
    var service: String?

    @Flag(name: .customLong("no-color"), help: "Print messages without colour.")
    var noColor = false

    @Option(help: ArgumentHelp("Write errors as text, or as one JSON object a line.", valueName: "form"))
    var errors: ErrorForm?

    enum ErrorForm: String, ExpressibleByArgument {
        case text, json
    }
}

/// What was asked for on the command line.
struct Options: ParsableArguments {
    @Option(name: .customShort("c"), help: ArgumentHelp("Run TEXT as a script. May be given several times.", valueName: "text"), transform: { Piece(.text($0)) })
    var texts: [Piece] = []

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: ArgumentHelp("Run the script FILE; - is standard input. May be given several times.", valueName: "file"),
        transform: { Piece(.file($0)) })
    var files: [Piece] = []

    @Option(
        name: .customShort("v"), help: ArgumentHelp("Give the variable NAME a value. May be given several times.", valueName: "name=value"),
        transform: { try GivenVariable($0) })
    var variables: [GivenVariable] = []

    @Option(
        name: .customLong("limit-instructions"), help: ArgumentHelp("Stop a script after N instructions.", valueName: "n"),
        transform: LimitText.count)
    var instructionLimit: Int?

    @Option(
        name: .customLong("limit-memory"), help: ArgumentHelp("Stop a script whose values take more than SIZE.", valueName: "size"),
        transform: LimitText.size)
    var memoryLimit: Int?

    @Option(
        name: .customLong("limit-time"), help: ArgumentHelp("Stop a script after DURATION.", valueName: "duration"),
        transform: LimitText.duration)
    var timeLimit: Duration?

    @Flag(name: .customLong("keep-going"), help: "Tell a statement that fails, and run the next one.")
    var keepsGoing = false

    @Flag(name: .customLong("dry-run"), help: "Say what would be run and written; send and write nothing.")
    var isRehearsal = false

    @Flag(name: .customLong("detach"), help: "End a script where it would wait for a job on a service; the job goes on.")
    var detaches = false

    @Option(
        name: .customLong("on-interrupt"),
        help: ArgumentHelp("What Ctrl-C does to the jobs of a script on services: cancel or detach.", valueName: "what"))
    var onInterrupt = Interruption.cancel

    enum Interruption: String, ExpressibleByArgument {
        case cancel, detach
    }

    @Option(help: ArgumentHelp("Write what happens to the descriptor FD, one JSON object a line.", valueName: "fd"))
    var events: Int32?

    @OptionGroup var shared: SharedOptions

    @Flag(name: .long, help: "Print the version.")
    var version = false

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("A script, and arguments that it finds in `args`.", valueName: "file.qs arg"))
    var rest: [String] = []

    /// The script's file, where `-c` and `-f` give none, and its arguments. `--` ends the options and is none of them.
    var operands: ArraySlice<String> { rest.first == "--" ? rest.dropFirst() : rest[...] }

    /// The tool that stands first, and what stands behind it.
    var tool: (Tool, [String])? {
        guard pieces.isEmpty, let first = rest.first, let tool = Tool(rawValue: first) else { return nil }
        return (tool, Array(rest.dropFirst()))
    }

    /// Whether what stands first is `--help`: what takes the script's arguments as they are takes that too.
    var asksForHelp: Bool { rest.first == "--help" || rest.first == "-h" }

    /// An option that only a script has use for.
    var batchOption: String? { keepsGoing ? "--keep-going" : isRehearsal ? "--dry-run" : events != nil ? "--events" : nil }

    /// What stands first of all that is no option but looks like one.
    var unknownOption: String? {
        guard let first = rest.first, first.hasPrefix("-"), first != "-", first != "--" else { return nil }
        return first
    }

    /// The options by their names, to find the one that was meant.
    static let names = [
        "-c", "-f", "--file", "-v", "--keep-going", "--dry-run", "--detach", "--on-interrupt", "--events", "--workspace", "--config", "--service",
        "--limit-instructions", "--limit-memory", "--limit-time", "--no-color", "--errors", "--version", "-h", "--help",
    ]

    /// What a script may use up: the limits given, and the usual ones beside them.
    var limits: Limits {
        var limits = Limits(instructions: instructionLimit, time: timeLimit)
        if let memoryLimit { limits.memory = memoryLimit }
        return limits
    }

    /// A script given by `-c` or `-f`.
    struct Piece: Sendable {
        enum Kind: Sendable {
            case text(String)
            case file(String)
        }

        var kind: Kind
        /// Its place among all of them: the two options are parsed in turn, and run in the order they were given.
        var order: Int

        private static let count = Atomic<Int>(0)

        init(_ kind: Kind) {
            self.kind = kind
            order = Piece.count.add(1, ordering: .relaxed).newValue
        }
    }

    /// The scripts to run, in order; empty for a prompt or a script on standard input.
    var pieces: [Piece.Kind] {
        (texts + files).sorted { $0.order < $1.order }.map(\.kind)
    }

    static let text = """
        USAGE: qs [FILE.qs ARG ...] [-c TEXT] [-f FILE] [-v NAME=VALUE] [--service NAME] [--config FILE] [--detach]
                  [--on-interrupt=cancel|detach] [--keep-going] [--dry-run] [--events=FD]
                  [--workspace DIR] [--limit-... N] [--no-color] [--errors=json]
               qs check [-v NAME=VALUE] FILE ...
               qs fmt [--check] FILE ...
               qs login [--command TEXT] NAME

        Runs queries on services and works on their rows. Without a script it starts a prompt on a terminal, and else reads
        the script from standard input. Results go to standard output, everything else to standard error.

          FILE.qs ARG ...    run the script; it finds its arguments in `args`
          -c TEXT            run TEXT as a script
          -f, --file FILE    run the script FILE (- is standard input); -c and -f run in the order given, in one session
          -v NAME=VALUE      a variable of the scripts, typed as a literal is (42, 2.5, true, @2024-05-01, [1, 2]), else a string
          --keep-going       tell a statement that fails and run the next one; the exit status is that of the first failure
          --dry-run          check parameters, and say on standard output what would be run and written; send and write nothing
          --service NAME     use the service NAME unless a script says otherwise (else QS_SERVICE, else the configured default,
                             else the embedded one)
          --config FILE      read the configuration FILE (else QS_CONFIG, else $XDG_CONFIG_HOME/qs/config.toml); the one in
                             .qs/config.toml of the working folder comes on top of it
          --detach           end a script where it would first wait for a job on a service, with the status 75; the job goes
                             on, and the line is told that finds it again
          --on-interrupt=cancel|detach
                             whether Ctrl-C cancels the jobs of a script on services, as it does unless told otherwise, or
                             leaves them running
          --events=FD        write what happens to the open descriptor FD, one JSON object a line: submitted, progress, rows,
                             exported, warning, error, done
          --workspace DIR    keep saved queries, datasets and jobs in DIR (else QS_WORKSPACE, else $XDG_DATA_HOME/qs)
          --limit-instructions N, --limit-memory SIZE, --limit-time DURATION
                             stop a script (or a line of the prompt) that takes more, with the status 6; a SIZE is a
                             number of bytes or such as 512M, a DURATION such as 30s. Memory is limited to 1G otherwise
          --no-color         print messages without colour
          --errors=json      write each error as one JSON object a line: code, severity, message, file, line, column, end, labels, hints
          --version          print the version
          -h, --help         print this

          check FILE ...     tell what is wrong with scripts without running them; - is standard input. Ends with 0 or 2.
                             With -v the scripts are checked with these variables, as they would run
          fmt FILE ...       lay scripts out anew, in place; - is standard input, written to standard output
          fmt --check FILE ...  name the scripts that are laid out otherwise, change nothing, and end with 1 if there are any
          login NAME         ask for the key of a configured service and keep it in a file that only you can read; --command TEXT
                             keeps a command that gives it instead, such as "pass show warehouse"

        EXIT STATUS: 0 done; 1 the script failed; 2 usage or syntax; 3 a query failed or its result is gone; 4 a service
        could not be reached; 5 a file could not be read or written; 6 a limit was passed; 75 done, but jobs still run;
        124 timeout; 130 and 143 stopped by a signal. A closed pipe ends it quietly.

        `qs -c help` lists the commands, `qs -c 'help export'` explains one.
        """
}
