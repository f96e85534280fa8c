// What happens while a script runs, for a host that follows it: CI, an editor, a program that starts others.
import QueryClient

/// Something that has happened.
public enum SessionEvent: Sendable {
    /// A query became a job.
    case submitted(JobSnapshot)
    /// A job that is waited for has come further.
    case progress(JobSnapshot)
    /// A job's rows are there.
    case rows(JobSnapshot)
    /// Rows were written: to a file or, where there is no path, to standard output.
    case exported(path: String?, format: String, rows: Int)
    /// Something a person should know, which changed nothing.
    case warning(String)
    /// What failed; the script may go on all the same.
    case error(Diagnostic)
}

extension Session {
    /// Tells people what they should know, and whoever follows the script as well; what was told is not told again in a run, so
    /// that a loop does not repeat it.
    func warn(_ text: String) {
        guard toldWarnings.insert(text).inserted else { return }
        output.message("warning: \(text)")
        output.event(.warning(text))
    }

    /// Waits with `body`, and tells from time to time how far the jobs have come, where somebody follows that.
    func following<T: Sendable>(_ jobs: [Job], _ body: () async throws(ScriptError) -> T) async throws(ScriptError) -> T {
        guard output.followsEvents else { return try await body() }
        let output = output
        let watch = Task {
            var last: [JobID: JobSnapshot] = [:]
            while !Task.isCancelled {
                for job in jobs {
                    guard let now = try? await job.service.status(of: job.id), !now.status.isTerminal, now != last[job.id] else { continue }
                    last[job.id] = now
                    output.event(.progress(now))
                }
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
        defer { watch.cancel() }
        return try await body()
    }
}
