// What an answer says, the same for every service.

/// The facts of one answer; whatever a service leaves out is nil.
public struct AnswerFacts: Hashable, Sendable {
    /// Where the job stands, by the service.
    public enum State: Hashable, Sendable {
        case status(JobStatus)
        /// A word that is none of those the service's pages name.
        case other(String)
    }

    /// The job that the answer is about.
    public var id: String?
    public var state: State?
    /// 0 to 1.
    public var progress: Double?
    /// Why the job failed.
    public var failure: String?
    /// Rows of this page; nil where the answer has none of a result.
    public var rows: Int?
    /// Equal for pages of the same rows, where it is known.
    public var fingerprint: UInt64?
    /// Rows of the whole result, as the service counts them.
    public var declared: Int?
    public var columns: [String] = []
    /// The next page, as the service links to it.
    public var next: String?
    /// Microseconds since 1970 in UTC.
    public var created: Int64?
    public var completed: Int64?
    public var expires: Int64?
    /// The id of a query that was saved.
    public var query: String?
    /// What an answer that is an error says about it, fit to be shown.
    public var message = ""

    public init() {}
}
