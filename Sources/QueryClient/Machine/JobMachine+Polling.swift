// How a job stands: what an answer tells of it, when to ask next, and what a refusal means.

extension JobMachine {
    mutating func polled(_ facts: AnswerFacts, _ head: HTTPResponseHead, from address: WebAddress, _ now: Moment) {
        if let id = facts.id, id != snapshot.id.text {
            actions.append(.dropRows)
            return stopped(badAnswer(.otherJob(expected: snapshot.id.text, found: ServerText.clean(id, limit: 100))), status: nil, now)
        }
        step = nil
        let before = snapshot
        note(facts, now)
        if snapshot != before { actions.append(.record) }
        if snapshot.status.isTerminal { return ended(facts, from: address, isRead: true, now) }
        actions += [.dropRows, .reached(.news)]
        interval = rules.schedule.next(after: interval, elapsed: now.steady - (started ?? now.steady))
        nextPoll = now.steady + rules.schedule.jittered(interval ?? 0, &random)
        RetryFloor.apply(head, now, &nextPoll)
        advance(now)
    }

    /// Takes over what an answer says of the job.
    mutating func note(_ facts: AnswerFacts, _ now: Moment, isSubmit: Bool = false) {
        switch facts.state {
        case .status(let status)?: snapshot.status = status
        case .other(let word)?: warn(ServerText.clean(word, limit: 100))
        // An answer to a submit may tell no more than the id.
        case nil where isSubmit: break
        case nil: warn(nil)
        }
        if let created = facts.created { snapshot.created = created }
        snapshot.progress = facts.progress ?? (snapshot.status == .succeeded ? 1 : snapshot.progress)
        snapshot.expires = facts.expires ?? snapshot.expires
        guard snapshot.status.isTerminal else { return }
        let end = facts.completed ?? snapshot.completed ?? now.wall
        snapshot.completed = end
        if snapshot.expires == nil, let retention = rules.retention {
            // The service counts by its own clock.
            snapshot.expires = (facts.completed ?? end + skew).addingReportingOverflow(retention).partialValue
        }
        switch snapshot.status {
        case .succeeded:
            snapshot.error = nil
            // Of several pages the first one does not tell how many rows there are.
            snapshot.rows = facts.declared ?? (facts.next == nil ? facts.rows : nil) ?? snapshot.rows
            if !facts.columns.isEmpty { snapshot.columns = facts.columns }
        case .failed: snapshot.error = .queryFailed(message: facts.failure ?? "the service does not say why", text: "", offset: nil)
        case .unknown: snapshot.error = .resultLost(service: rules.service, id: snapshot.id.text)
        case .cancelled: snapshot.error = .cancelled(id: snapshot.id.text)
        case .expired: snapshot.error = .expired(id: snapshot.id.text)
        case .queued, .running: break
        }
    }

    /// A job whose state bears an unknown name, or none, is taken for running: for as long as somebody waits.
    private mutating func warn(_ word: String?) {
        snapshot.status = .running
        guard !hasWarned else { return }
        hasWarned = true
        actions.append(.notice(.unknownStatus(service: rules.service, job: snapshot.id.text, word: word)))
    }

    /// The service will not tell how the job stands. That is no news of the job itself, unless the service does not know it.
    mutating func lookFailed(_ error: ServiceError, status: Int?, _ now: Moment) {
        guard status == 404 || status == 410 else {
            actions.append(.dropRows)
            return giveUp(error)
        }
        let id = snapshot.id.text
        var isOurs = true
        if case .attach(isOurs: false) = purpose, !hasBeenSeen { isOurs = false }
        guard isOurs else {
            isDead = true
            snapshot.status = .unknown
            snapshot.error = .unknownJob(id: id)
            return giveUp(.unknownJob(id: id))
        }
        if snapshot.status == .succeeded || snapshot.expires.map({ $0 <= now.wall + skew }) ?? false {
            return lost(.expired, .expired(id: id), now)
        }
        lost(.unknown, .jobGone(service: rules.service, id: id), now)
    }

    /// What there was of the job is no longer to be had.
    mutating func lost(_ status: JobStatus, _ error: ServiceError, _ now: Moment) {
        snapshot.status = status
        snapshot.error = error
        pages = nil
        (step, flight, due) = (nil, nil, nil)
        actions += [.dropRows, .record, .reached(.end)]
        if want == .rows { actions.append(.gaveUp(error)) }
    }

    /// Whether an answer about the job has come.
    private var hasBeenSeen: Bool { snapshot.status != .queued || interval != nil }
}
