// The engine's errors as the service's, with places in the text that the user wrote.
import QueryClient
import QueryEngines
import QueryFormats

extension ServiceError {
    /// What `error` means to the one who asked for the query.
    init(_ error: EngineError, _ template: Template, _ bound: BoundText, _ tables: DatasetTables) {
        let text = String(decoding: template.text, as: UTF8.self)
        switch error {
        case .statement(let message, let offset): self = .queryFailed(message: message, text: text, offset: offset.map(bound.writtenOffset))
        case .refused(let action): self = .refused(action: action)
        case .unknownTable(let name): self = .unknownTable(name: name, known: tables.names)
        case .severalTables(let name, let path, let names): self = .severalTables(name: name, path: path, tables: names)
        case .ambiguousTable(let name, let paths): self = .ambiguousTable(name: name, paths: paths)
        case .tableFailed(_, let cause):
            switch cause {
            case let cause as FormatError: self = .file(cause)
            case let cause as ServiceError: self = cause
            default: self = .queryFailed(message: "\(cause)", text: text, offset: nil)
            }
        case .unboundParameter(let name): self = .unboundPlaceholder(name: name, text: text, offset: nil)
        case .parameterType(_, let found): self = .parameterType(name: "?", found: found)
        case .severalStatements(let offset): self = .severalStatements(text: text, offset: bound.writtenOffset(offset))
        // The board knows which job it is and why it was stopped, and says so in its place.
        case .cancelled: self = .cancelled(id: "")
        case .database(let path, let reason): self = .database(path: path, reason: reason)
        case .invalidText(let column): self = .invalidText(column: column)
        case .limit(let message): self = .limit(message: message)
        case .memory(let limit): self = .memory(limit: limit)
        }
    }
}
