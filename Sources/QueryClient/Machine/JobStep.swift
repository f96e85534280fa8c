// The requests of a job, before they are requests of one service.

/// What one request is for.
public enum JobStep: Hashable, Sendable {
    /// Whether the service has jobs at all: asks for one that is not there.
    case probe
    /// Saves the text, so that it can be run.
    case save
    case submit(Mode)
    /// How the job stands and, once it has succeeded, its first page.
    case poll
    case page(WebAddress)

    public enum Mode: Hashable, Sendable {
        /// Answered at once with a job to look at later.
        case job
        /// Answered with the rows, when they are there.
        case whole
    }

    /// Whether it starts something.
    var isSubmit: Bool { if case .submit = self { true } else { false } }

    /// Whether it changes nothing however often it is asked.
    var isRead: Bool {
        switch self {
        case .probe, .poll, .page: true
        case .save, .submit: false
        }
    }
}

/// One try of a request, to be sent.
public struct JobCall: Sendable {
    /// Which one: answers bear it, so that late ones are known.
    public var number: Int
    public var step: JobStep
    /// Where a redirect leads it; nil for the step's own address.
    public var address: WebAddress?
    public var limits: HTTPLimits
    /// Whether the credential is to be read again first, since the last one was refused.
    public var rereads: Bool
}
