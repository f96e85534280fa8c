// What can be asked of a job once it is there: its state, its end, its rows.
import QueryFrames

extension RemoteService {
    public func status(of id: JobID) async throws(ServiceError) -> JobSnapshot {
        let job = try await job(id)
        try await wait(job, for: .news, id)
        return await job.snapshot
    }

    public func completion(of id: JobID) async throws(ServiceError) -> JobSnapshot {
        let job = try await job(id)
        try await wait(job, for: .end, id)
        return await job.snapshot
    }

    public func result(of id: JobID) async throws(ServiceError) -> Frame {
        let job = try await job(id)
        try await wait(job, for: .end, id)
        if let error = await job.snapshot.error { throw error }
        try await wait(job, for: .rows, id)
        guard let frame = await job.frame else { throw .expired(id: id.text) }
        return frame
    }

    public func cancel(_ id: JobID) async throws(ServiceError) { try await job(id).cancel() }

    public func jobs() async throws(ServiceError) -> [JobSnapshot] {
        var all: [JobSnapshot] = []
        for job in own { all.append(await job.snapshot) }
        let known = Set(all.map(\.id))
        let kept = try await context.ledger.entries(service: name).filter { own($0.key) == nil }.map(\.snapshot)
        return (all + kept.filter { !known.contains($0.id) }).sorted { ($0.created, $0.id.text) > ($1.created, $1.id.text) }
    }

    private func wait(_ job: RemoteJob, for want: JobWant, _ id: JobID) async throws(ServiceError) {
        do throws(ServiceError) { try await job.wait(for: want) } catch {
            // What the service has never heard of is no job of this session either.
            if case .unknownJob = error { drop(id.text) }
            throw error
        }
    }

    /// The job `id`: of this session, of an earlier one, or of whoever else has submitted it.
    private func job(_ id: JobID) async throws(ServiceError) -> RemoteJob {
        if let job = own(id.text) { return job }
        let found = try await context.ledger.entries(beginning: id.text, service: name)
        let exact = found.first { $0.snapshot.id == id || $0.key == id.text }
        if exact == nil, found.count > 1 { throw .ambiguousJob(prefix: id.text, ids: found.map(\.snapshot.id.text)) }
        let entry = exact ?? found.first
        if let entry {
            if let job = own(entry.key) ?? own(entry.snapshot.id.text) { return job }
            return try attach(entry)
        }
        guard !id.text.isEmpty else { throw .unknownJob(id: "") }
        let snapshot = JobSnapshot(id: id, query: nil, service: name, status: .queued, created: context.clock.now.wall)
        return keepFirst(follow(snapshot, isOurs: false, JobEntry(key: id.text, snapshot: snapshot, text: "")), as: id.text)
    }

    /// Follows a job of an earlier session.
    private func attach(_ entry: JobEntry) throws(ServiceError) -> RemoteJob {
        var snapshot = entry.snapshot
        if snapshot.id.text == entry.key, !snapshot.status.isTerminal || (snapshot.status == .unknown && service.kind == .polytomic) {
            // The session ended, or gave up, before the service had given the job an id: or there was none but a request of that session.
            if snapshot.status == .running { throw .lost(id: entry.key) }
            guard service.kind == .polytomic, !entry.text.isEmpty else {
                throw .outcomeUnknown(service: name, key: entry.key, because: .lost(id: entry.key))
            }
            return try resubmit(entry)
        }
        if snapshot.id.text == entry.key {
            throw snapshot.error ?? .lost(id: entry.key)
        }
        // What could not be read for want of an answer may be there now.
        if snapshot.status == .unknown, case .jobGone? = snapshot.error { (snapshot.status, snapshot.error) = (.queued, nil) }
        let job = keepFirst(follow(snapshot, isOurs: true, entry), as: snapshot.id.text)
        keep(job, as: entry.key)
        return job
    }

    /// Submits once more what an earlier session may have submitted: the service knows the key and answers with the job that it has for it.
    private func resubmit(_ entry: JobEntry) throws(ServiceError) -> RemoteJob {
        let plan = try plan(QueryRequest(text: .text(entry.text), bindings: entry.bindings, target: entry.target), among: [])
        let order = JobOrder(key: entry.key, text: plan.text, name: "", target: plan.target, bindings: plan.bindings)
        var snapshot = entry.snapshot
        (snapshot.status, snapshot.error, snapshot.completed) = (.queued, nil, nil)
        let machine = JobMachine(.run(saves: false, hasJobs: true), snapshot, context.rules, seed: seed)
        return keepFirst(RemoteJob(context, order, machine, entry), as: entry.key)
    }

    private func follow(_ snapshot: JobSnapshot, isOurs: Bool, _ entry: JobEntry) -> RemoteJob {
        let order = JobOrder(key: entry.key, text: "", name: "", bindings: [])
        return RemoteJob(context, order, JobMachine(.attach(isOurs: isOurs), snapshot, context.rules, seed: seed), entry)
    }
}
