// The fields that a script reads of a job: `j.status`, `j.rows`.
import QueryClient
import QueryFrames

/// A field of a job.
enum JobField: String, CaseIterable {
    case id, query, service, status, progress, rows, columns, error, created, completed, expires, elapsed

    /// A span of time without what lies below a millisecond, which nobody reads.
    private static func milliseconds(_ micros: Int64) -> Int64 { micros / 1000 * 1000 }

    func value(of job: JobSnapshot) -> ScriptValue {
        switch self {
        case .id: .scalar(.string(job.id.text))
        case .query: .scalar(job.query.map { .string($0) } ?? .null)
        case .service: .scalar(.string(job.service))
        case .status: .scalar(.string(job.status.rawValue))
        case .progress: .scalar(job.progress.map { .float($0) } ?? .null)
        case .rows: .scalar(job.rows.map { .int(Int64($0)) } ?? .null)
        case .columns: .list(job.columns.map { .scalar(.string($0)) })
        case .error: .scalar(job.error.map { .string(Diagnostic.message(of: $0)) } ?? .null)
        case .created: .scalar(.timestamp(job.created, utc: true))
        case .completed: .scalar(job.completed.map { .timestamp($0, utc: true) } ?? .null)
        case .expires: .scalar(job.expires.map { .timestamp($0, utc: true) } ?? .null)
        case .elapsed: .scalar(.duration(JobField.milliseconds((job.completed ?? Clock.now) - job.created)))
        }
    }
}
