// Jobs that outlive a session: which there are, how they are stopped, and scripts that do not wait for them.
import QueryClient
import QueryFrames

/// A job that goes on without the session that has started it.
public struct JobLeft: Hashable, Sendable {
    public let id: JobID
    public let service: String

    public init(id: JobID, service: String) { (self.id, self.service) = (id, service) }

    /// The line of a script that finds it again. Most services' ids are no names of the language, so they stand in quotes.
    public var attachLine: String { "attach \(Scalar.string(id.text).literal) on \(service)" }
}

/// What came of asking a service to stop a job.
public enum JobStopped: Sendable {
    case stopped
    /// It goes on, or may go on, for this reason.
    case failed(String)
}

extension Session {
    /// The jobs of this session that have not ended, as far as is known here, and that end neither with it nor with the process.
    public func jobsLeft() async -> [Job] {
        var left: [Job] = []
        var known: [String: [JobID: JobSnapshot]] = [:]
        for job in jobs where job.service.keepsJobs {
            if known[job.service.name] == nil {
                let all = (try? await job.service.jobs()) ?? []
                known[job.service.name] = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            }
            if known[job.service.name]?[job.id]?.status.isTerminal != true { left.append(job) }
        }
        return left
    }

    /// The jobs that end with the process and that the script has let run without minding what becomes of them: those that have not
    /// ended yet, and those that have failed.
    public func jobsUnminded() async -> [(job: Job, status: JobSnapshot)] {
        var unminded: [(Job, JobSnapshot)] = []
        for job in jobs where !job.service.keepsJobs && !job.isMinded {
            guard let status = try? await job.service.status(of: job.id), status.status != .succeeded else { continue }
            unminded.append((job, status))
        }
        return unminded
    }

    /// Stops a job on behalf of a person, and says what came of it.
    public func stop(_ job: Job) async -> JobStopped {
        do {
            try await job.service.cancel(job.id)
            return .stopped
        } catch {
            return .failed(error.wording.message)
        }
    }

    /// Ends the script instead of waiting for one of `jobs`, where it was told to and the job goes on by itself.
    func detach(from jobs: [Job]) async throws(ScriptError) {
        guard manner.detaches else { return }
        for job in jobs where job.service.keepsJobs && job.fetched == nil {
            let status = try? await job.service.status(of: job.id).status
            if status?.isTerminal != true { throw ScriptError(.detached) }
        }
    }
}

extension Job {
    /// The job as it is told of when it is left.
    public var left: JobLeft { JobLeft(id: id, service: service.name) }
}
