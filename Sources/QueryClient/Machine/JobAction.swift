// What the machine is told and what it wants done.

/// What somebody waits for; each contains those before it.
public enum JobWant: Int, Comparable, Sendable, CaseIterable {
    case nothing
    /// That the service has taken the job.
    case acceptance
    /// How the job stands, if not now then a moment ago.
    case news
    /// That it has ended, however.
    case end
    /// All its rows.
    case rows

    public static func < (one: JobWant, other: JobWant) -> Bool { one.rawValue < other.rawValue }
}

/// What has happened.
public enum JobEvent: Sendable {
    /// The most that anybody waits for now, be it more or less than before.
    case want(JobWant)
    /// A call was answered. The address is the one that it went to, from which links in the answer are read; the body is what the
    /// answer says, or why it says nothing.
    case answered(Int, from: WebAddress, HTTPResponseHead, Result<AnswerFacts, AnswerFault>)
    /// A call has no answer.
    case failed(Int, HTTPFault)
    /// A call was not sent, as there is no credential or no proper request.
    case unsent(Int, ServiceError)
    /// The moment `JobMachine.due` has come.
    case tick
    /// Somebody wants the job to stop.
    case cancel
}

/// What is to be done.
public enum JobAction: Sendable {
    case send(JobCall)
    /// Nobody wants the answer to this call any more.
    case abort(Int)
    /// The rows that were read of answers so far are none of the result.
    case dropRows
    /// The snapshot has changed, and is to be written down.
    case record
    /// Whoever wanted so much, or less, has it.
    case reached(JobWant)
    /// Whoever waits gets this error; the job, if there is one, is left alone.
    case gaveUp(ServiceError)
    /// The job cannot be stopped, since its service has no way to say so.
    case cannotCancel
    /// The text was saved under this id.
    case saved(String)
    /// The service has jobs, or has none.
    case learned(hasJobs: Bool)
    case notice(ServiceNotice)
}
