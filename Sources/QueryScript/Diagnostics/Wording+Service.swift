// What services report, in words.
import QueryClient
import QueryFormats
import QueryFrames

extension ServiceError {
    var wording: Wording {
        switch self {
        case .unknownQuery(let name, let known):
            Wording(
                code: .unknownQuery, message: "there is no saved query `\(name)`", hint: Nearest.hint(name, in: known),
                notes: [known.isEmpty ? "no query is saved yet: save NAME as TEXT" : "saved queries: \(known.listed())"])
        case .unknownDataset(let name, let known):
            Wording(
                code: .unknownDataset, message: "there is no dataset `\(name)`", hint: Nearest.hint(name, in: known),
                notes: [known.isEmpty ? "no file is registered yet: dataset NAME = PATH" : "datasets: \(known.listed())"])
        case .unknownJob(let id): Wording(code: .unknownJob, message: "there is no job `\(id)`", notes: ["`jobs` lists them"])
        case .missingParameters(let names, let query):
            Wording(
                code: .missingParameter,
                message: "\(query.map { "the query `\($0)`" } ?? "the query") needs a value for \(names.map { "`\($0)`" }.joined(separator: ", "))",
                hint: "add: with \(names.map { "\($0)=..." }.joined(separator: ", "))")
        case .unknownParameter(let name, let known, let query):
            Wording(
                code: .unknownParameter, message: "\(query.map { "the query `\($0)`" } ?? "the query") has no parameter `\(name)`",
                hint: Nearest.hint(name, in: known), notes: [known.isEmpty ? "it has no parameters" : "parameters: \(known.listed())"])
        case .parameterType(let name, let found):
            Wording(code: .type, message: "the parameter `\(name)` cannot be a \(found)", hint: "a single value is expected")
        case .quotedPlaceholder(let name):
            Wording(
                code: .syntax, message: "{{\(name)}} stands between quotes of the query's text",
                hint: "leave the quotes out: the value is bound, not pasted")
        case .badName(let name): Wording(code: .value, message: "`\(name)` cannot be a name")
        case .queryFailed(let message, let text, let offset):
            Wording(code: .queryFailed, message: "the query failed: \(message)", notes: ServiceError.place(in: text, offset))
        case .refused(let action):
            Wording(code: .refused, message: "the query was refused: \(action) is not allowed, queries only read")
        case .cancelled(let id): Wording(code: .cancelled, message: "the job \(id) was cancelled")
        case .timedOut(let id, let after):
            Wording(code: .timeout, message: "the job \(id) was stopped: it ran longer than \(Scalar.duration(after).text)")
        case .expired(let id): Wording(code: .expired, message: "the result of the job \(id) is no longer kept", hint: "run the query again")
        case .lost(let id):
            Wording(code: .queryFailed, message: "the job \(id) has no result: the program that ran it ended before it did", hint: "run the query again")
        case .interrupted(let id): Wording(code: .cancelled, message: "stopped waiting for the job \(id), which goes on")
        case .unreadableFile(let path, let reason): Wording(code: .io, message: "\(path) cannot be read: \(reason)")
        case .malformedFile(let path, let reason): Wording(code: .format, message: "\(path): \(reason)")
        case .unknownFormat(let path, let known):
            Wording(
                code: .unknownFormat, message: "the ending of \(path) does not tell its format", notes: ["known endings: \(known.listed())"])
        case .catalog(let path, let reason):
            Wording(
                code: .catalog, message: "\(path) is no catalog of qs: \(reason)",
                notes: ["the file was left as it is; move it away, or choose another workspace with --workspace DIR"])
        case .readOnly(let path, let reason):
            Wording(
                code: .readOnly, message: "the workspace \(path) cannot be written: \(reason)",
                notes: ["choose another one with --workspace DIR or QS_WORKSPACE"])
        case .limit(let message): Wording(code: .limit, message: message)
        }
    }

    /// The line of a query's own text where it failed, with a mark below.
    private static func place(in text: String, _ offset: Int?) -> [String] {
        guard let offset, offset < text.utf8.count else { return [] }
        let source = Source(name: "", text: text)
        let range = source.line(at: offset)
        guard range.count <= DiagnosticRenderer.lineLimit else { return [] }
        let before = String(decoding: source.bytes[range.lowerBound..<offset], as: UTF8.self)
        let blanks = String(before.map { $0 == "\t" ? "\t" : " " })
        return ["in the query:", "  " + String(decoding: source.bytes[range], as: UTF8.self), "  " + blanks + "^"]
    }
}

extension Diagnostic {
    /// A service's error as one sentence, for a job's `error` field.
    static func message(of error: ServiceError) -> String { error.wording.message }
}
