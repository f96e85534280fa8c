// What Polytomic answers: `{"data": {id, status, count, fields, results, error, expires}, "links": {next, previous}}`.

extension PolytomicAPI {
    func facts(_ members: AnswerMembers, _ step: JobStep) -> AnswerFacts {
        var facts = AnswerFacts()
        facts.message = members.message
        facts.next = members.object("links")?.text("next").flatMap { $0.isEmpty ? nil : $0 }
        guard let data = members.object("data") else { return facts }
        facts.id = data.text("id")
        facts.state = data.text("status").map(PolytomicAPI.state)
        facts.failure = data.text("error").flatMap { $0.isEmpty ? nil : ServerText.clean($0) }
        facts.declared = data.count("count")
        facts.expires = data.time("expires")
        return facts
    }

    private static func state(_ word: String) -> AnswerFacts.State {
        switch word {
        case "created": .status(.queued)
        case "running": .status(.running)
        case "done": .status(.succeeded)
        case "failed": .status(.failed)
        case "unknown": .status(.unknown)
        default: .other(word)
        }
    }
}
