// A service in order, but for one request.
import FaultServer

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
