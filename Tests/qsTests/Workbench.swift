// A scratch folder with a home, a workspace and the built program: where the tests of this target work.
import TestSupport

/// Runs the real binary in a folder of its own.
struct Workbench {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try folder.makeFolder("home")
    }

    /// What the program finds in its environment: nothing of the tester's own.
    var environment: [String: String] {
        ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path("home"), "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"]
    }

    /// The workspace that the program uses unless told otherwise, made by the first thing it keeps.
    var workspace: String { folder.path("home/.local/share/qs") }

    /// Writes the person's own configuration file, in the home folder, in place of the one that may be there.
    func configure(_ text: String) throws {
        if folder.bytes("home/.config/qs/config.toml") == nil {
            for name in ["home/.config", "home/.config/qs"] { try folder.makeFolder(name) }
        }
        try folder.write("home/.config/qs/config.toml", text)
    }

    /// The program, started in the folder.
    func command(_ arguments: [String], changing changes: [String: String?] = [:]) -> Command {
        var environment = environment
        for (name, value) in changes { environment[name] = value }
        return Command(builtProgram("qs"), arguments, environment: environment, folder: folder.path, timeout: 60)
    }

    func qs(_ arguments: String..., input: String = "") throws -> Command.Result { try command(arguments).run(input: input) }

    /// A line of a shell, in which `$QS` is the program.
    func shell(_ line: String, input: String = "") throws -> Command.Result {
        var environment = environment
        environment["QS"] = builtProgram("qs")
        environment["PACKAGE"] = Files.package
        return try Command("/bin/sh", ["-c", line], environment: environment, folder: folder.path, timeout: 60).run(input: input)
    }

    /// The program at its prompt, in a terminal.
    func prompt(
        _ arguments: String..., changing changes: [String: String] = [:], rows: Int = 24, columns: Int = 80
    ) throws -> PseudoTerminal {
        try PseudoTerminal(
            builtProgram("qs"), arguments, environment: environment.merging(changes) { $1 }, folder: folder.path, rows: rows,
            columns: columns)
    }

    /// A query that never ends by itself.
    static let endless = "with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) as n from c"
}
