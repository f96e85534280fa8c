// The real program in a scratch folder, a server for it to ask, and a key that is to be seen nowhere.
import FaultServer
import TestSupport
import Testing

/// Where the cases of the catalogue run that need a process of their own.
struct CatalogueBench {
    let server: FaultServer
    private let bench: Workbench
    var folder: ScratchFolder { bench.folder }

    /// A folder with a script that runs a query, and a server that answers nothing yet.
    init() throws {
        bench = try Workbench()
        server = try FaultServer()
        try Seen.prepare(bench.folder)
    }

    /// Makes the server, or the one at `url`, the service of the script, and answers the requests of a flow.
    func configure(_ flow: Flow, at url: String? = nil) throws {
        server.play(flow)
        try choose(flow, at: url)
    }

    /// The same without answers.
    func choose(_ flow: Flow, at url: String? = nil) throws {
        try bench.configure(server.configuration(flow, at: url, token: #"{ env = "FAR_TOKEN" }"#, more: #"poll = "100ms""#))
    }

    /// Runs a line of the shell, in which `$QS` is the program, and looks for the key in what it leaves.
    func shell(_ line: String, changing changes: [String: String] = [:]) throws -> Command.Result {
        var environment = bench.environment.merging(changes) { $1 }
        environment["FAR_TOKEN"] = Canary.token
        environment["QS"] = builtProgram("qs")
        let result = try Command("/bin/sh", ["-c", line], environment: environment, folder: folder.path, timeout: 60).run()
        Seen(output: result.output, error: result.error, status: 0, events: "").checkSecrecy(in: folder)
        #expect(!result.timedOut, "\(result.error)")
        return result
    }

    /// Runs the script, and gives all that is to be seen of it.
    func run() throws -> Seen {
        let result = try shell(#"exec "$QS" --events=3 script.qs 3>events.jsonl"#)
        let status: Int32 = if case .exited(let status) = result.ending { status } else { -1 }
        return Seen(output: result.output, error: result.error, status: status, events: folder.text("events.jsonl") ?? "")
    }
}
