// What the machine has to know of a service.

/// The facts of a service on which decisions turn.
public struct ServiceRules: Sendable {
    /// The name that scripts use.
    public var service: String
    public var kind: ServiceKind
    /// Where it is; pages and redirects stay there.
    public var base: WebAddress
    /// Where its credential is taken from, for errors.
    public var looked: String
    /// Whether it runs a submit once that comes twice with the same key.
    public var isKeyed: Bool
    public var schedule: PollSchedule
    /// How long an answer may take to begin, in microseconds.
    public var timeout: Int64
    /// How often one request goes out at most, while nothing is heard.
    public var tries = 5
    /// How many pages a result may have.
    public var pageLimit = 100_000
    /// How long a result is kept once the job has ended, in microseconds, where the service does not say it of each job.
    public var retention: Int64?
    /// The longest that a service is waited for because it asked for it, in microseconds.
    public var longestWait: Int64 = 3_600_000_000

    /// What an answer may take, but for the times, which follow from the request.
    public var limits: HTTPLimits

    public init(_ description: ServiceDescription, looked: String, limits: HTTPLimits = HTTPLimits()) {
        service = description.name
        kind = description.kind
        base = description.url
        self.looked = looked
        self.limits = limits
        timeout = description.timeout
        isKeyed = description.kind == .polytomic
        schedule = description.kind == .toolkit ? .toolkit(first: description.poll) : .polytomic(first: description.poll)
        retention = description.kind == .toolkit ? 86_400_000_000 : nil
    }
}
