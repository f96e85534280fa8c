// All decisions about one job of a service beyond this process: what to send when, what an answer means, when to stop asking.
import QueryFrames

/// A job from its submission to its last row, as a value: events go in, actions come out.
///
/// It has no clock, reads no random numbers but its own and does nothing. At most one call is on its way at a time, and none
/// while a moment is waited for. Whoever performs the actions reports what came of each.
public struct JobMachine: Sendable {
    /// What it is to do.
    public enum Purpose: Hashable, Sendable {
        /// Submits; before that, saves the text where the service runs only what it keeps. `hasJobs` is whether the service has
        /// jobs, nil where that has to be found out.
        case run(saves: Bool, hasJobs: Bool?)
        /// Follows a job that is there. `isOurs` is whether the service is known to have taken it.
        case attach(isOurs: Bool)
        /// Saves a text and runs nothing.
        case save
    }

    /// What is known of the job. Until the service has given it an id, it bears the one it is kept under.
    public internal(set) var snapshot: JobSnapshot
    /// When to send a `tick`, by the steady clock.
    public internal(set) var due: Int64?
    /// The id of the text that was saved for the run.
    public internal(set) var query: String?

    let rules: ServiceRules
    let purpose: Purpose
    var random: SeededNumbers
    var want = JobWant.nothing
    var actions: [JobAction] = []

    // The request at hand.
    var step: JobStep?
    var attempts = Attempts(.poll)
    var flight: Int?
    var calls = 0

    /// How long the job may take, from the first event on.
    let allowed: Int64?
    var started: Int64?
    /// Whether the service has given the job an id.
    var isAccepted: Bool
    /// Whether the job was refused, or sent and never heard of again.
    var isDead = false
    /// Whether the service was found to have no jobs.
    var lacksJobs = false
    /// Whether a whole answer is waited for, instead of a job followed.
    var isWhole = false

    /// What was wrong with rows that came with the job's end, before anybody wanted them.
    var untold: ServiceError?
    /// How far the service's clock is ahead of the wall clock here, in microseconds.
    var skew: Int64 = 0

    var interval: Int64?
    /// Before this, a look at the job is not worth a request.
    var nextPoll: Int64 = .min
    var hasWarned = false
    var pages: Pages?

    /// How long one request may take that is a whole job, in microseconds.
    private static let longestRun: Int64 = 86_400_000_000

    /// A machine for a job that is known by `snapshot`; `allowed` is the time it may take, in microseconds.
    public init(_ purpose: Purpose, _ snapshot: JobSnapshot, _ rules: ServiceRules, allowed: Int64? = nil, seed: UInt64) {
        self.purpose = purpose
        self.snapshot = snapshot
        self.rules = rules
        self.allowed = allowed
        random = SeededNumbers(seed: seed)
        if case .attach = purpose { isAccepted = true } else { isAccepted = false }
    }

    /// The rows of the result that have come so far; nil before the first page.
    public var rowsRead: Int? { pages?.rows }

    /// Whether the service has taken the job, or there is nothing more to wait for before that.
    public var hasAcceptance: Bool { isAccepted || isWhole || isDead }

    /// Takes an event and tells what is to be done. `bucket` is that of the service, shared by its jobs.
    public mutating func handle(_ event: JobEvent, at now: Moment, bucket: inout RetryBucket) -> [JobAction] {
        if started == nil { started = now.steady }
        switch event {
        case .want(let new):
            want = new
            wanted(now)
        case .answered(let number, let address, let head, let body) where number == flight:
            flight = nil
            if let date = head["Date"].flatMap({ HTTPDate($0) }) { skew = Int64(date.seconds) * 1_000_000 - now.wall }
            judge(.answer(from: address, head, body), now, &bucket)
        case .failed(let number, .cancelled) where number == flight && (rules.isKeyed || step?.isSubmit != true):
            // This side has ended, and that is no news of the job.
            giveUp(.interrupted(id: snapshot.id.text))
        case .failed(let number, let fault) where number == flight:
            flight = nil
            judge(.fault(fault), now, &bucket)
        case .unsent(let number, let error) where number == flight:
            flight = nil
            stopped(error, status: nil, now)
        case .tick:
            if let due, now.steady >= due, flight == nil {
                self.due = nil
                ticked(now)
            }
        case .cancel: cancel(now)
        // What was aborted may still be answered.
        case .answered, .failed, .unsent: break
        }
        defer { actions = [] }
        return actions
    }

    /// When the job has to have ended; nil where it may take for ever, or has ended.
    var deadline: Int64? {
        guard let allowed, let started, !snapshot.status.isTerminal else { return nil }
        return started.addingReportingOverflow(allowed).overflow ? nil : started + allowed
    }

    // MARK: Sending

    mutating func begin(_ step: JobStep, _ now: Moment) {
        self.step = step
        attempts = Attempts(step)
        send(now)
    }

    mutating func send(_ now: Moment, rereads: Bool = false) {
        guard let step else { return }
        if isBound, isOverdue(now) { return overdue(now) }
        calls += 1
        flight = calls
        due = nil
        if step == .submit(.whole), !isWhole {
            // There is nothing to follow but this request, so the job begins with it.
            isWhole = true
            snapshot.status = .running
            actions += [.record, .reached(.acceptance)]
        }
        actions.append(.send(JobCall(number: calls, step: step, address: attempts.address, limits: limits(step, now), rereads: rereads)))
    }

    private func limits(_ step: JobStep, _ now: Moment) -> HTTPLimits {
        var limits = rules.limits
        let timeout = Duration.microseconds(rules.timeout)
        let most = step == .submit(.whole) ? JobMachine.longestRun : rules.longestWait
        let left = Duration.microseconds(deadline.flatMap { isBound ? max($0 - now.steady, 1_000) : nil } ?? most)
        limits.connect = min(limits.connect, timeout)
        limits.firstByte = step == .submit(.whole) ? left : timeout
        // Rows may take their time; whoever sends them too slowly is stopped by the rate.
        limits.whole = step == .save || step == .probe || step == .submit(.job) ? min(left, timeout * 2) : left
        return limits
    }

    private mutating func judge(_ outcome: Attempts.Outcome, _ now: Moment, _ bucket: inout RetryBucket) {
        let deadline = isBound ? deadline : nil
        switch attempts.judge(outcome, at: now, deadline: deadline, rules, &bucket, &random) {
        case .good(let facts, let head, let address): accept(facts, head, from: address, now)
        case .again(let at, let error):
            due = deadline.map { min($0, at) } ?? at
            let notice = ServiceNotice.retrying(
                service: rules.service, job: snapshot.id.text, because: error, number: attempts.failures + 1, wait: at - now.steady)
            actions.append(.notice(notice))
        case .reread: send(now, rereads: true)
        case .follow: send(now)
        case .stop(let error, let status): stopped(error, status: status, now)
        }
    }

    // MARK: Going on

    private mutating func wanted(_ now: Moment) {
        if flight == nil, due == nil { return advance(now) }
        guard isAccepted else {
            // All there is to know of a job that is one request is that it runs.
            if isWhole { actions.append(.reached(.news)) }
            return
        }
        if want == .nothing || (want < .rows && isReadingPages) {
            // A job needs nobody who follows it.
            if let flight { actions.append(.abort(flight)) }
            (step, flight, due) = (nil, nil, nil)
            if want != .nothing { advance(now) }
        } else if flight == nil, step == nil {
            due = nil
            advance(now)
        }
    }

    private var isReadingPages: Bool { if case .page? = step { true } else { false } }

    private mutating func ticked(_ now: Moment) {
        if step != nil { send(now) } else { advance(now) }
    }

    /// Does what is next, while nothing is under way.
    mutating func advance(_ now: Moment) {
        if isDead {
            actions.append(.reached(.end))
            if want == .rows, let error = snapshot.error { actions.append(.gaveUp(error)) }
            return
        }
        guard isAccepted else {
            if step == nil { begin(firstStep, now) }
            return
        }
        if snapshot.status.isTerminal { return advancePages(now) }
        guard want > .acceptance else { return actions.append(.reached(.acceptance)) }
        if want >= .end, isOverdue(now) { return overdue(now) }
        if now.steady >= nextPoll { return begin(.poll, now) }
        if want == .news { return actions.append(.reached(.news)) }
        due = deadline.map { min($0, nextPoll) } ?? nextPoll
    }

    private var firstStep: JobStep {
        switch purpose {
        case .save: .save
        case .attach: .poll
        case .run(_, nil): .probe
        case .run(true, _): .save
        case .run(false, let hasJobs?): .submit(hasJobs ? .job : .whole)
        }
    }

    /// Whether the time that the run allows counts: to look once how a job stands is no waiting for it.
    private var isBound: Bool { !isAccepted || want != .news }

    func isOverdue(_ now: Moment) -> Bool { deadline.map { now.steady >= $0 } ?? false }

    private mutating func overdue(_ now: Moment) {
        let error = ServiceError.overdue(service: rules.service, id: snapshot.id.text, after: allowed ?? 0)
        guard isAccepted else { return endSubmission(error, now) }
        giveUp(error)
    }

    /// Tells whoever waits that there is nothing to be had now; the job stays as it is.
    mutating func giveUp(_ error: ServiceError) {
        (step, flight, due) = (nil, nil, nil)
        actions.append(.gaveUp(error))
    }
}
