// From the text to a job that the service has taken, and back where nobody wants it.

extension JobMachine {
    /// What follows a step of the submission that went well.
    mutating func accept(_ facts: AnswerFacts, _ head: HTTPResponseHead, from address: WebAddress, _ now: Moment) {
        switch step {
        case .probe?:
            actions.append(.learned(hasJobs: true))
            submitNext(hasJobs: true, now)
        case .save?: saved(facts, now)
        case .submit?: submitted(facts, head, from: address, now)
        case .poll?: polled(facts, head, from: address, now)
        case .page?: paged(facts, from: address, now)
        case nil: break
        }
    }

    /// What follows once it is known whether the service has jobs.
    private mutating func submitNext(hasJobs: Bool, _ now: Moment) {
        if case .run(true, _) = purpose, query == nil { return begin(.save, now) }
        begin(.submit(hasJobs ? .job : .whole), now)
    }

    private mutating func saved(_ facts: AnswerFacts, _ now: Moment) {
        guard let id = facts.query else {
            return stopped(badAnswer(.member("query_id", expected: "the id of the query")), status: nil, now)
        }
        query = id
        if purpose == .save {
            step = nil
            isDead = true
            return actions += [.saved(id), .reached(.acceptance)]
        }
        actions.append(.saved(id))
        begin(.submit(hasJobs ? .job : .whole), now)
    }

    private var hasJobs: Bool { if case .run(_, false) = purpose { false } else { !lacksJobs } }

    private mutating func submitted(_ facts: AnswerFacts, _ head: HTTPResponseHead, from address: WebAddress, _ now: Moment) {
        let hasEnded = if case .status(let status)? = facts.state { status.isTerminal } else { false }
        // A service that ran the query at once has no job to give an id to.
        guard facts.id != nil || hasEnded else {
            return stopped(badAnswer(.member("id", expected: "the id of the job")), status: nil, now)
        }
        step = nil
        if let id = facts.id { snapshot.id = JobID(id) }
        isAccepted = true
        isWhole = facts.id == nil
        note(facts, now, isSubmit: true)
        interval = rules.schedule.next(after: nil, elapsed: 0)
        nextPoll = now.steady + rules.schedule.jittered(interval ?? 0, &random)
        RetryFloor.apply(head, now, &nextPoll)
        actions += [.record, .reached(.acceptance)]
        if hasEnded { return ended(facts, from: address, now) }
        actions.append(.dropRows)
        advance(now)
    }

    /// What follows where a request will not be tried again.
    mutating func stopped(_ error: ServiceError, status: Int?, _ now: Moment) {
        switch step {
        case .probe?:
            guard let status, status == 501 || isRefusal(status) else { return endSubmission(error, now) }
            let hasJobs = status != 501
            actions.append(.learned(hasJobs: hasJobs))
            learn(hasJobs: hasJobs)
            submitNext(hasJobs: hasJobs, now)
        case .save?:
            endSubmission(status == 501 && purpose != .save ? .notImplemented(service: rules.service, .text) : error, now)
        case .submit(.job)? where status == 501 && rules.kind == .toolkit:
            actions.append(.learned(hasJobs: false))
            learn(hasJobs: false)
            begin(.submit(.whole), now)
        case .submit?:
            let isUnclear = attempts.mayHaveArrived
            endSubmission(isUnclear ? .outcomeUnknown(service: rules.service, key: snapshot.id.text, because: error) : error, now,
                isUnclear: isUnclear)
        case .poll?: lookFailed(error, status: status, now)
        case .page?: pagesFailed(error, status: status)
        case nil: giveUp(error)
        }
    }

    /// A request that was understood and refused: the service knows jobs, and not this one.
    private func isRefusal(_ status: Int) -> Bool { [400, 404, 410, 422].contains(status) }

    private mutating func learn(hasJobs: Bool) {
        guard !hasJobs else { return }
        lacksJobs = true
        actions.append(.notice(.withoutJobs(service: rules.service)))
    }

    /// Nothing was submitted, or nobody knows.
    mutating func endSubmission(_ error: ServiceError, _ now: Moment, isUnclear: Bool = false) {
        (step, flight, due) = (nil, nil, nil)
        isDead = true
        snapshot.status = isUnclear ? .unknown : .failed
        snapshot.error = error
        snapshot.completed = now.wall
        actions.append(.record)
        // Who was given a job already hears of the failure as its end.
        if isWhole { actions.append(.reached(.end)) }
        if !isWhole || want == .rows { actions.append(.gaveUp(error)) }
    }

    func badAnswer(_ fault: AnswerFault) -> ServiceError {
        .badAnswer(service: rules.service, address: rules.base.withoutQuery, fault)
    }

    /// Stops what can be stopped: a job that was not sent yet, or one that lives in a request of this process.
    mutating func cancel(_ now: Moment) {
        if snapshot.status.isTerminal { return actions.append(.reached(.end)) }
        let isSent = isAccepted || (step?.isSubmit == true && (flight != nil || attempts.mayHaveArrived))
        guard !isSent || (isWhole && !isAccepted) else { return actions.append(.cannotCancel) }
        if let flight { actions.append(.abort(flight)) }
        (step, flight, due) = (nil, nil, nil)
        isDead = true
        snapshot.status = .cancelled
        snapshot.error = .cancelled(id: snapshot.id.text)
        snapshot.completed = now.wall
        actions += [.record, .reached(.end)]
    }
}

/// A service that names a time with a good answer is not asked again before it.
enum RetryFloor {
    static func apply(_ head: HTTPResponseHead, _ now: Moment, _ nextPoll: inout Int64) {
        if let wait = RetryAfter.wait(head, at: now) { nextPoll = max(nextPoll, now.steady + min(wait, 3_600_000_000)) }
    }
}
