// A service in order, but for one request.
import FaultServer
import TestSupport

extension FaultServer {
    /// Answers the requests of a flow.
    func play(_ flow: Flow) {
        for step in flow.steps { on(step.pattern, step.answer) }
    }

    /// Answers them with a fault in one place.
    func play(_ given: Case) {
        play(given.step.flow)
        if given.step == .page, let text = given.fault.firstPage { on(Step.poll.pattern, .json(text)) }
        let answer = given.fault.answer(given.step)
        if given.isOnce { on(given.step.pattern, answer, given.step.answer) } else { on(given.step.pattern, answer) }
    }

    /// Every request so far: its method and target.
    var asked: [String] { requests.map { "\($0.method) \($0.target)" } }

    /// A configuration whose one service is this one, or one at another address.
    func configuration(_ flow: Flow, at url: String? = nil, token: String, more: String) -> String {
        """
        default = "far"
        [service.far]
        kind = "\(flow == .polytomic ? "polytomic" : "toolkit")"
        url = "\(url ?? self.url)"
        token = \(token)
        \(flow == .polytomic ? "connection = \"c1\"" : "dataset = \"d1\"")
        \(more)
        """
    }
}

extension Workbench {
    /// Runs the script of the folder with the real program, against a server.
    func runCatalogue(_ server: FaultServer, _ flow: Flow, more: String = #"poll = "100ms""#) throws -> Seen {
        if folder.bytes("home/.config/qs/config.toml") == nil {
            try configure(server.configuration(flow, token: #"{ env = "FAR_TOKEN" }"#, more: more))
        }
        var environment = environment
        environment["FAR_TOKEN"] = Canary.token
        environment["QS"] = builtProgram("qs")
        let line = #"exec "$QS" --events=3 script.qs 3>events.jsonl"#
        let result = try Command("/bin/sh", ["-c", line], environment: environment, folder: folder.path, timeout: 60).run()
        let status: Int32 = if case .exited(let status) = result.ending { status } else { -1 }
        return Seen(output: result.output, error: result.error, status: status, events: folder.text("events.jsonl") ?? "")
    }
}
