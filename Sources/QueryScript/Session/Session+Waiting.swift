// Waiting for several jobs, or for a limited time.
import QueryClient

extension Session {
    /// Waits until all of `jobs` have ended, or the first one has. A job that failed is an error, but for the first of any.
    func wait(for jobs: [Job], first: Bool, timeout: Int64?) async throws(ScriptError) -> [Job] {
        guard !jobs.isEmpty else { return [] }
        for job in jobs { job.mind() }
        try handOn()
        try await detach(from: jobs)
        let outcome = try await following(jobs) { () async throws(ScriptError) -> Result<[Int], ScriptError> in
            await self.outcome(of: jobs, first: first, timeout: timeout)
        }
        let indexes = try outcome.get()
        if !first {
            for index in indexes { try await succeed(jobs[index]) }
        }
        return indexes.map { jobs[$0] }
    }

    /// Which of the jobs have ended, once enough of them have.
    private func outcome(of jobs: [Job], first: Bool, timeout: Int64?) async -> Result<[Int], ScriptError> {
        await withTaskGroup(of: Ended.self) { group in
            for (index, job) in jobs.enumerated() {
                group.addTask {
                    do throws(ServiceError) {
                        _ = try await job.service.completion(of: job.id)
                        return .job(index)
                    } catch {
                        return .failed(error)
                    }
                }
            }
            if let timeout {
                group.addTask {
                    // A sleep that is cut short belongs to a wait that has ended already.
                    try? await Task.sleep(for: .microseconds(timeout))
                    return .timeout
                }
            }
            var ended: Set<Int> = []
            for await event in group {
                switch event {
                case .job(let index):
                    ended.insert(index)
                    if first || ended.count == jobs.count {
                        group.cancelAll()
                        return Result<[Int], ScriptError>.success(first ? [index] : Array(jobs.indices))
                    }
                case .failed(let error):
                    group.cancelAll()
                    return .failure(ScriptError(.service(error)))
                case .timeout:
                    let late = jobs.indices.first { !ended.contains($0) } ?? 0
                    group.cancelAll()
                    return .failure(ScriptError(.timeout(id: jobs[late].id.text, after: timeout ?? 0)))
                }
            }
            return .success([])
        }
    }

    private enum Ended: Sendable {
        case job(Int)
        case failed(ServiceError)
        case timeout
    }
}
