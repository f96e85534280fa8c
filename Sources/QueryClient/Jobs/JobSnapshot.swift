// What is known of a job at one moment, the same for every service.
import QueryFormats

/// A job's name, as its service gave it.
public struct JobID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init(_ text: String) { self.text = text }

    public var description: String { text }
}

/// What a person should know of a dataset's file.
public struct DatasetWarning: Hashable, Sendable {
    public var path: String
    public var warning: FormatWarning

    public init(path: String, warning: FormatWarning) {
        self.path = path
        self.warning = warning
    }
}

/// Where a job stands.
public enum JobStatus: String, Hashable, Sendable, CaseIterable {
    case queued, running, succeeded, failed, cancelled, expired
    /// It ran, but its result was lost.
    case unknown

    /// Whether the job has ended.
    public var isTerminal: Bool { self != .queued && self != .running }
}

/// A job at one moment. Times are microseconds since 1970 in UTC.
public struct JobSnapshot: Hashable, Sendable {
    public var id: JobID
    /// The saved query's name, or nil where text was run.
    public var query: String?
    public var service: String
    public var status: JobStatus
    /// 0 to 1, nil where the service does not say.
    public var progress: Double?
    /// Rows of the result once it has succeeded.
    public var rows: Int?
    /// Names of the result's columns once it has succeeded.
    public var columns: [String]
    /// Why it failed.
    public var error: ServiceError?
    public var created: Int64
    public var completed: Int64?
    public var expires: Int64?
    /// What a person should know of the files that it was the first to read; filled in once it has ended.
    public var warnings: [DatasetWarning] = []

    public init(
        id: JobID, query: String?, service: String, status: JobStatus, progress: Double? = nil, rows: Int? = nil,
        columns: [String] = [], error: ServiceError? = nil, created: Int64, completed: Int64? = nil, expires: Int64? = nil
    ) {
        self.id = id
        self.query = query
        self.service = service
        self.status = status
        self.progress = progress
        self.rows = rows
        self.columns = columns
        self.error = error
        self.created = created
        self.completed = completed
        self.expires = expires
    }
}
