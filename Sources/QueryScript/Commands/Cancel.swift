// `cancel`: stopping a job.
import QueryClient

extension CommandRow {
    static let cancel = CommandRow(
        UsageLine(builtIn: "cancel JOB"),
        summary: "Stop a job; one that has ended stays as it is.",
        example: "cancel j"
    ) { (session, arguments) async throws(ScriptError) in
        for job in try arguments.jobs("job") {
            if try session.rehearse("cancel \(job.id)") { continue }
            job.mind()
            do throws(ServiceError) { try await job.service.cancel(job.id) } catch { throw ScriptError(.service(error)) }
        }
        return .null
    }
}
