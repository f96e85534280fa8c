// What can be asked of a job once it is there: its state, its end, its rows.
import QueryClient
import QueryFrames

extension LocalService {
    public func status(of id: JobID) async throws(ServiceError) -> JobSnapshot {
        if let job = board.snapshot(id) { return job }
        let name = name
        guard let job = try await catalog.perform({ (catalog) throws(ServiceError) in try catalog.job(id, service: name) }) else {
            throw .unknownJob(id: id.text)
        }
        return job
    }

    public func completion(of id: JobID) async throws(ServiceError) -> JobSnapshot {
        if board.snapshot(id) != nil { await board.wait(id) }
        while true {
            let job = try await status(of: id)
            if job.status.isTerminal { return job }
            // A job of this session that has not ended was waited for in vain: the wait was cancelled. One of another session is
            // asked for again from time to time.
            if Task.isCancelled || board.snapshot(id) != nil { throw .interrupted(id: id.text) }
            do { try await Task.sleep(for: .milliseconds(200)) } catch { throw .interrupted(id: id.text) }
        }
    }

    public func result(of id: JobID) async throws(ServiceError) -> Frame {
        let job = try await completion(of: id)
        if let frame = board.result(id) { return frame }
        if let error = job.error { throw error }
        throw .expired(id: id.text)
    }

    public func cancel(_ id: JobID) async throws(ServiceError) {
        if board.stop(id, .cancelled(id: id.text)) {
            // Who asks next shall find it cancelled, not about to be.
            return await waitForEnd(of: [id])
        }
        guard try await status(of: id).status.isTerminal else { throw .foreignJob(id: id.text) }
    }

    public func jobs() async throws(ServiceError) -> [JobSnapshot] {
        let name = name
        let kept = try await catalog.perform { (catalog) throws(ServiceError) in try catalog.jobs(service: name) }
        let own = board.snapshots
        let ids = Set(own.map(\.id))
        let all = (own + kept.filter { !ids.contains($0.id) }).sorted { ($0.created, $0.id.text) > ($1.created, $1.id.text) }
        return Array(all.prefix(Catalog.jobLimit))
    }
}
