// `attach`: a job of another session, found again by its name.
import QueryClient

extension CommandRow {
    static let attach = CommandRow(
        UsageLine(builtIn: "attach JOB_ID [on SERVICE] -> job"),
        summary: "Take up a job that another session has started.",
        example: "let j = attach job_k3x9q2"
    ) { (session, arguments) async throws(ScriptError) in
        if let name = try arguments.word("on"), name != session.service.name {
            throw ScriptError(.unknownService(name, known: [session.service.name]), at: arguments.span("on"))
        }
        let id = JobID(try arguments.requiredWord("job_id"))
        do throws(ServiceError) {
            return .job(Job(id: try await session.service.status(of: id).id, service: session.service))
        } catch {
            throw ScriptError(.service(error), at: arguments.span("job_id"))
        }
    }
}
