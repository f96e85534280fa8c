// `attach`: a job of another session, found again by its name.
import QueryClient

extension CommandRow {
    static let attach = CommandRow(
        UsageLine(builtIn: "attach JOB_ID [on SERVICE] -> job"),
        summary: "Take up a job that another session has started, by its id or any beginning that only it has.",
        example: "let j = attach job_k3x9q2"
    ) { (session, arguments) async throws(ScriptError) in
        let name = try arguments.word("on"), id = try arguments.requiredWord("job_id")
        do throws(ServiceError) {
            guard let name else {
                let (service, found) = try await session.services.job(beginning: id)
                return .job(Job(id: found, service: service))
            }
            let service = try await session.service(name)
            return .job(Job(id: try await service.status(of: JobID(id)).id, service: service))
        } catch {
            if case .unknownService = error { throw ScriptError(.service(error), at: arguments.span("on")) }
            throw ScriptError(.service(error), at: arguments.span("job_id"))
        }
    }
}
