// The jobs of one session: where each stands, what it gave, and who waits for it. Nothing here touches a disk or blocks.
import QueryClient
import QueryEngines
import QueryFrames

/// What a job ran, and how it ended.
enum JobOutcome: Sendable {
    case frame(Frame)
    case failed(ServiceError)
}

/// The jobs of one session, for any thread.
final class JobBoard: Sendable {
    private struct Entry {
        var record: JobRecord
        var work: JobWork
        var result: Frame?
        /// Why it is to stop, where someone has said so.
        var stop: ServiceError?
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]

        mutating func fail(_ error: ServiceError) {
            if case .cancelled = error { record.snapshot.status = .cancelled } else { record.snapshot.status = .failed }
            record.snapshot.error = error
        }
    }

    private struct State {
        var entries: [JobID: Entry] = [:]
        var nextWaiter = 0
        /// Waiters that were cancelled before they had begun to wait.
        var gone: Set<Int> = []
    }

    private let state = Monitor(State())
    /// Told of a job's state when it has changed; called on any thread.
    private let keep: @Sendable (JobRecord) -> Void

    init(keep: @escaping @Sendable (JobRecord) -> Void) { self.keep = keep }

    /// Adds a job that is queued.
    func add(_ record: JobRecord, _ work: JobWork) {
        state.withLock { $0.entries[record.snapshot.id] = Entry(record: record, work: work) }
        keep(record)
    }

    /// What is known of a job, nil where it is not of this session.
    func snapshot(_ id: JobID) -> JobSnapshot? { state.withLock { $0.entries[id]?.record.snapshot } }

    /// Every job.
    var snapshots: [JobSnapshot] { state.withLock { $0.entries.values.map(\.record.snapshot) } }

    /// The rows of a job that has succeeded.
    func result(_ id: JobID) -> Frame? { state.withLock { $0.entries[id]?.result } }

    /// Marks a queued job as running; false where it was cancelled before that.
    func begin(_ id: JobID) -> Bool {
        state.withLock { state in
            guard state.entries[id]?.record.snapshot.status == .queued else { return false }
            state.entries[id]?.record.snapshot.status = .running
            return true
        }
    }

    /// Marks a job as ended; one that was told to stop ends as that says, whatever it still gave.
    func end(_ id: JobID, _ outcome: JobOutcome) {
        settle(id) { entry in
            entry.record.snapshot.warnings = entry.work.warnings.all
            switch (entry.stop, outcome) {
            case (let stop?, _): entry.fail(stop)
            case (nil, .failed(let error)): entry.fail(error)
            case (nil, .frame(let frame)):
                entry.record.snapshot.status = .succeeded
                entry.record.snapshot.rows = frame.count
                entry.record.snapshot.columns = frame.schema.names
                entry.record.columns = frame.schema.fields.map { SavedQuery.KnownColumn($0.name, $0.type) }
                entry.result = frame
            }
        }
    }

    /// Tells a job to stop, for `reason`: a queued one ends at once. False where there is no such job.
    func stop(_ id: JobID, _ reason: ServiceError) -> Bool {
        let (work, isQueued): (JobWork?, Bool) = state.withLock { state in
            guard let entry = state.entries[id] else { return (nil, false) }
            if !entry.record.snapshot.status.isTerminal, entry.stop == nil { state.entries[id]?.stop = reason }
            return (entry.work, entry.record.snapshot.status == .queued)
        }
        if isQueued { settle(id, ifQueued: true) { $0.fail(reason) } }
        work?.cancel()
        return work != nil
    }

    /// Ends a job that does not stop though it was told to, so that nobody waits for it any longer.
    func abandon(_ id: JobID) {
        settle(id) { $0.fail($0.stop ?? .cancelled(id: id.text)) }
    }

    private func settle(_ id: JobID, ifQueued: Bool = false, _ change: (inout Entry) -> Void) {
        let (record, waiters): (JobRecord?, [CheckedContinuation<Void, Never>]) = state.withLock { state in
            guard var entry = state.entries[id], !entry.record.snapshot.status.isTerminal else { return (nil, []) }
            if ifQueued, entry.record.snapshot.status != .queued { return (nil, []) }
            change(&entry)
            entry.record.snapshot.completed = Clock.now
            let waiters = Array(entry.waiters.values)
            entry.waiters = [:]
            state.entries[id] = entry
            return (entry.record, waiters)
        }
        if let record { keep(record) }
        for waiter in waiters { waiter.resume() }
    }
}

extension JobBoard {
    /// Suspends until a job has ended, or the waiting task is cancelled; returns at once where there is no such job.
    func wait(_ id: JobID) async {
        let waiter = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    let isGone = state.gone.remove(waiter) != nil
                    guard !isGone, let entry = state.entries[id], !entry.record.snapshot.status.isTerminal else { return true }
                    state.entries[id]?.waiters[waiter] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                let continuation = state.entries[id]?.waiters.removeValue(forKey: waiter)
                if continuation == nil { state.gone.insert(waiter) }
                return continuation
            }
            continuation?.resume()
        }
        // A waiter that was cancelled as its job ended has left its mark.
        state.withLock { state in _ = state.gone.remove(waiter) }
    }
}
