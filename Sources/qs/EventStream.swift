// What happens while scripts run, as lines of JSON on a descriptor that whoever started the program has opened.
import QueryClient
import QueryFormats
import QueryFrames
import QueryScript
import Synchronization
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes one JSON object a line, each at once and whole.
///
/// Every line has `event` and `time` (UTC). Those of a job have `job`, `query` (null where text was run) and `service`, and
/// besides: `progress` has `status`, `progress` (0 to 1, or null) and `elapsed_ms`; `rows` has `rows`, `columns` and `elapsed_ms`.
/// `exported` has `path` (null for standard output), `format` and `rows`; `warning` has `message`; `error` has `code`, `message`,
/// `file`, `line`, `column` and `hint`; `done`, the last one, has `status`.
final class EventStream: Sendable {
    private let descriptor: Int32
    /// Nothing is written any more once nobody reads it.
    private let isGone = Mutex(false)

    init(descriptor: Int32) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Whether a descriptor can be written to.
    static func isOpen(_ descriptor: Int32) -> Bool {
        let flags = fcntl(descriptor, F_GETFL)
        return flags >= 0 && flags & O_ACCMODE != O_RDONLY
    }

    func write(_ event: SessionEvent) {
        switch event {
        case .submitted(let job): line("submitted", EventStream.names(of: job))
        case .progress(let job):
            line("progress", EventStream.names(of: job) + [
                ("status", .string(job.status.rawValue)), ("progress", job.progress.map { .float($0) } ?? .null), EventStream.elapsed(of: job),
            ])
        case .rows(let job):
            line("rows", EventStream.names(of: job) + [
                ("rows", job.rows.map { .int(Int64($0)) } ?? .null), ("columns", .list(job.columns.map { .string($0) })),
                EventStream.elapsed(of: job),
            ])
        case .exported(let path, let format, let rows):
            line("exported", [("path", path.map { .string($0) } ?? .null), ("format", .string(format)), ("rows", .int(Int64(rows)))])
        case .warning(let text): line("warning", [("message", .string(text))])
        case .error(let diagnostic):
            let (number, column) = diagnostic.source.position(Int(diagnostic.span.start))
            line("error", [
                ("code", .string(diagnostic.code.rawValue)), ("message", .string(diagnostic.message)), ("file", .string(diagnostic.source.name)),
                ("line", .int(Int64(number))), ("column", .int(Int64(column))), ("hint", diagnostic.hint.map { .string($0) } ?? .null),
            ])
        }
    }

    /// The last line.
    func done(_ status: Int32) { line("done", [("status", .int(Int64(status)))]) }

    private static func names(of job: JobSnapshot) -> [(String, Scalar)] {
        [("job", .string(job.id.text)), ("query", job.query.map { .string($0) } ?? .null), ("service", .string(job.service))]
    }

    private static func elapsed(of job: JobSnapshot) -> (String, Scalar) {
        ("elapsed_ms", .int(((job.completed ?? Clock.now) - job.created) / 1000))
    }

    private func line(_ name: String, _ fields: [(String, Scalar)]) {
        let all = [("event", Scalar.string(name)), ("time", .timestamp(Clock.now, utc: true))] + fields
        let text = "{" + all.map { "\"\($0.0)\":\(EventStream.json($0.1))" }.joined(separator: ",") + "}\n"
        isGone.withLock { isGone in
            if isGone { return }
            let sink = DescriptorSink(descriptor: descriptor, name: "--events")
            do throws(FormatError) {
                try sink.write(text: text)
                try sink.flush()
            } catch {
                isGone = true
            }
        }
    }

    private static func json(_ value: Scalar) -> String {
        switch value {
        case .null, .bool, .int: value.text
        case .float(let float): float.isFinite ? value.text : "null"
        case .list(let items): "[" + items.map { json($0) }.joined(separator: ",") + "]"
        default: JSONText.quoted(value.text)
        }
    }
}
