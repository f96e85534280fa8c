// `wait`: until jobs have ended.
import QueryClient

extension CommandRow {
    static let wait = CommandRow(
        UsageLine(builtIn: "wait [any] [JOB, ...] [timeout DURATION] -> job"),
        summary: "Wait for jobs to end: those named, the first of them (any), or all of this session.",
        example: "wait j timeout 5m", effect: .givesJob
    ) { (session, arguments) async throws(ScriptError) in
        var jobs: [Job] = []
        for item in arguments.list("items") { jobs += try item.jobs("job") }
        if arguments.list("items").isEmpty { jobs = session.jobs }
        let first = arguments.flag("any") != nil
        if session.manner.isRehearsal { return first || jobs.count == 1 ? jobs.first.map { .job($0) } ?? .null : .list(jobs.map { .job($0) }) }
        let ended = try await session.wait(for: jobs, first: first, timeout: try arguments.duration("timeout"))
        return ended.count == 1 ? .job(ended[0]) : .list(ended.map { .job($0) })
    }
}

extension Arguments {
    /// A job, or each of a list of jobs.
    func jobs(_ key: String) throws(ScriptError) -> [Job] {
        let value = try required(key)
        switch value {
        case .job(let job): return [job]
        case .list(let items):
            var jobs: [Job] = []
            for item in items {
                guard case .job(let job) = item else { throw fault(key, "a job", "a list with a \(item.typeName)") }
                jobs.append(job)
            }
            return jobs
        default: throw fault(key, "a job", value.typeName)
        }
    }
}
