// What Toolkit answers: a saved query's id, a run's state with its rows or its job, a job's state with its rows.

extension ToolkitAPI {
    func facts(_ members: AnswerMembers, _ step: JobStep) -> AnswerFacts {
        var facts = AnswerFacts()
        facts.message = members.message
        facts.query = members.text("query_id").flatMap { $0.isEmpty ? nil : $0 }
        facts.id = members.text("job_id").flatMap { $0.isEmpty ? nil : $0 }
        facts.state = members.text("status").map(ToolkitAPI.state)
        facts.progress = members.percentage("progress")
        facts.failure = members.text("error").flatMap { $0.isEmpty ? nil : ServerText.clean($0) }
        facts.declared = members.object("results")?.count("row_count")
        facts.created = members.time("created_at")
        facts.completed = members.time("completed_at")
        return facts
    }

    private static func state(_ word: String) -> AnswerFacts.State {
        switch word {
        case "queued": .status(.queued)
        case "running": .status(.running)
        case "succeeded": .status(.succeeded)
        case "failed": .status(.failed)
        default: .other(word)
        }
    }
}
