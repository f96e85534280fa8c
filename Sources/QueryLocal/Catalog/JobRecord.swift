// A job as the catalog keeps it, so that later sessions know of it.
import QueryClient
import QueryFormats

/// A job, the text it ran and the session it belongs to. Its result is not kept.
struct JobRecord: Sendable {
    var snapshot: JobSnapshot
    var text: String
    var target: String?
    var session: String
    /// The columns of its result, once it has succeeded.
    var columns: [SavedQuery.KnownColumn] = []
}

extension ServiceError {
    /// The kind and the details under which the catalog keeps the error of a job.
    var record: (kind: String, detail: String) {
        switch self {
        case .queryFailed(let message, _, _): ("query", message)
        case .refused(let action): ("refused", action)
        case .cancelled: ("cancelled", "")
        case .timedOut(_, let after): ("timeout", String(after))
        case .lost: ("lost", "")
        case .limit(let message): ("limit", message)
        case .memory(let limit): ("memory", String(limit))
        case .unknownTable(let name, _), .severalTables(let name, _, _), .ambiguousTable(let name, _): ("table", name)
        case .invalidText(let column): ("text", column)
        case .file(let error): ("file", error.path)
        case .database(let path, _): ("file", path)
        case .parameterType(let name, _), .unboundPlaceholder(let name, _, _): ("parameter", name)
        case .refusedByService(_, let status, let message): ("service", "\(status) \(message)")
        case .unreachable, .unavailable, .rateLimited, .redirected: ("unavailable", "")
        case .noCredential, .unauthorized: ("unauthorized", "")
        case .badAnswer, .incomplete: ("answer", "")
        case .jobGone: ("gone", "")
        case .resultLost: ("result", "")
        case .expired: ("expired", "")
        default: ("query", "")
        }
    }

    /// The error of job `id` of a service that is kept under `kind`.
    static func recorded(_ kind: String, _ detail: String, id: String, text: String, service: String) -> ServiceError {
        switch kind {
        case "query": .queryFailed(message: detail, text: text, offset: nil)
        case "refused": .refused(action: detail)
        case "cancelled": .cancelled(id: id)
        case "timeout": .timedOut(id: id, after: Int64(detail) ?? 0)
        case "lost": .lost(id: id)
        case "limit": .limit(message: detail)
        case "memory": .memory(limit: Int(detail) ?? 0)
        case "service":
            .refusedByService(
                service: service, status: Int(detail.prefix { $0.isNumber }) ?? 0, message: String(detail.drop { $0.isNumber }.dropFirst()))
        case "gone": .jobGone(service: service, id: id)
        case "result": .resultLost(service: service, id: id)
        case "expired": .expired(id: id)
        default: .recorded(kind: kind, detail: detail)
        }
    }
}

extension FormatError {
    /// The file it is about, or the option's name.
    fileprivate var path: String {
        switch self {
        case .raggedRow(let path, _, _, _), .unterminatedQuote(let path, _), .strayQuote(let path, _), .invalidUTF8(let path, _, _),
            .syntax(let path, _, _, _), .loneSurrogate(let path, _, _), .nestingTooDeep(let path, _, _, _),
            .numberOutOfRange(let path, _, _, _), .tooManyColumns(let path, _), .tooLarge(let path, _, _), .memory(let path, _, _),
            .changedWhileRead(let path), .damaged(let path, _), .malformed(let path, _, _), .unsupported(let path, _, _),
            .inexact(let path, _, _, _), .cutShort(_, let path), .io(let path, _, _), .closedPipe(let path):
            path
        case .unwritable(_, let name, _, _), .sameNames(_, _, _, let name), .sheetName(let name, _), .noLibrary(_, let name, _), .noRoom(_, let name, _, _): name
        case .unknownOption(_, let name, _), .optionType(_, let name, _, _), .optionValue(_, let name, _, _): name
        }
    }
}
