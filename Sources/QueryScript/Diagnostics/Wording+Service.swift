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
        case .unknownService(let name, let known):
            Wording(
                code: .unknownService, message: "there is no service `\(name)`", hint: Nearest.hint(name, in: known),
                notes: ["services: \(known.listed()); `connect NAME to URL` and the configuration file add others"])
        case .noConnections: Wording(code: .notGranted, message: "this program does not let scripts use connections")
        case .foreignJob(let id): Wording(code: .unknownJob, message: "the job \(id) belongs to another session, which alone can cancel it")
        case .recorded(let kind, let detail): Wording(code: .queryFailed, message: "it failed earlier: \(detail.isEmpty ? kind : "\(kind) \(detail)")")
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
            Wording(
                code: .type, message: "the parameter `\(name)` cannot be a \(found)",
                hint: found == "list" ? "a list can only stand after `in`: where region in {{\(name)}}" : "a single value is expected")
        case .quotedPlaceholder(let name):
            Wording(
                code: .syntax, message: "{{\(name)}} stands between quotes of the query's text",
                hint: "leave the quotes out: the value is bound, not pasted")
        case .badPlaceholder(let text, let offset):
            Wording(
                code: .syntax, message: "a placeholder of the query's text has no name or no end", hint: "it is written {{name}}",
                notes: ServiceError.place(in: text, offset))
        case .unboundPlaceholder(let name, let text, let offset):
            Wording(
                code: .queryFailed, message: "nothing gives `\(name)` a value", hint: "a parameter is written {{name}}, and gets its value by with name=...",
                notes: ServiceError.place(in: text, offset))
        case .badName(let name): Wording(code: .value, message: "`\(name)` cannot be a name")
        case .unknownTable(let name, let known):
            Wording(
                code: .queryFailed, message: "the query names a table `\(name)`, which is no dataset", hint: Nearest.hint(name, in: known),
                notes: [known.isEmpty ? "no file is registered yet: dataset NAME = PATH" : "datasets: \(known.listed())"])
        case .severalTables(let name, let path, let tables):
            Wording(
                code: .queryFailed, message: "`\(name)` is a database with several tables, so it is no table itself",
                notes: ["name one of the tables of \(path): \(tables.listed())"])
        case .ambiguousTable(let name, let paths):
            Wording(code: .queryFailed, message: "several databases have a table `\(name)`", notes: ["they are \(paths.listed())"])
        case .severalStatements(let text, let offset):
            Wording(
                code: .queryFailed, message: "the query's text holds a second statement", hint: "run one statement at a time",
                notes: ServiceError.place(in: text, offset))
        case .invalidText(let column): Wording(code: .queryFailed, message: "a text in the result's column `\(column)` is not UTF-8")
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
        case .notRun(let id): Wording(code: .queryFailed, message: "the job \(id) was not run: nothing is in a dry run")
        case .interrupted(let id): Wording(code: .cancelled, message: "stopped waiting for the job \(id), which goes on")
        case .file(let error): error.wording
        case .database(let path, let reason): Wording(code: .format, message: "\(path) is no database that can be read: \(reason)")
        case .unknownFormat(let path, let known):
            Wording(
                code: .unknownFormat, message: "the ending of \(path) does not tell its format", notes: ["known endings: \(known.listed())"])
        case .catalog(let path, let reason):
            Wording(
                code: .catalog, message: "\(path) cannot serve as the catalog: \(reason)",
                notes: ["the file was left as it is; move it away, or choose another workspace with --workspace DIR"])
        case .readOnly(let path, let reason):
            Wording(
                code: .readOnly, message: "the workspace \(path) cannot be written: \(reason)",
                notes: ["choose another one with --workspace DIR or QS_WORKSPACE"])
        case .limit(let message): Wording(code: .limit, message: message)
        case .memory(let limit):
            Wording(code: .limit, message: "the query takes more memory than the \(limit.bytesText) for all frames", hint: Wording.lessMemory)
        case .unreachable(let service, let address, let fault):
            Wording(
                code: fault.isOfFiles ? .io : .unavailable,
                message: (fault.isOurs ? "nothing was sent to `\(service)` at \(address)" : "`\(service)` at \(address) does not answer")
                    + ": \(fault.words)", hint: fault.fix)
        case .unauthorized(let service, let address, let status, let looked, let message):
            Wording(
                code: .unauthorized,
                message: "`\(service)` at \(address) \(status == 401 ? "does not accept the credential" : "does not allow this to the credential")"
                    + " (\(status))",
                notes: ["the credential was taken from \(looked)"] + ServiceError.says(message))
        case .noCredential(let service, let looked, let fault):
            Wording(
                code: .unauthorized, message: "there is no credential for `\(service)`: \(fault.reason)", hint: fault.hint(for: service),
                notes: ["it was looked for in \(looked)"])
        case .badAnswer(let service, let address, let fault):
            Wording(code: .badAnswer, message: "what \(address) answers is not what `\(service)` promises: \(fault.words)", hint: fault.fix)
        case .refusedByService(let service, let status, let message):
            Wording(
                code: .queryFailed,
                message: "`\(service)` refused the request (\(status))" + (message.isEmpty ? "" : ": \(message)"))
        case .rateLimited(let service, let address, let after):
            Wording(
                code: .unavailable, message: "`\(service)` at \(address) is asked too often",
                hint: after.map { "it wants to be asked again in \(Scalar.duration($0).text)" } ?? "try again later")
        case .unavailable(let service, let address, let status, let message):
            Wording(
                code: .unavailable, message: "`\(service)` at \(address) has an error of its own (\(status))", hint: "try again later",
                notes: ServiceError.says(message))
        case .redirected(let service, let address, let target):
            Wording(
                code: .unavailable, message: "`\(service)` at \(address) sends on to \(target), where nothing is sent",
                hint: "if that is the service, make it its url")
        case .notImplemented(let service, let feature): Wording(code: .unsupported, message: feature.words(of: service), hint: feature.fix)
        case .outcomeUnknown(let service, let key, let cause):
            Wording(
                code: .unavailable, message: "it is unknown whether `\(service)` has taken the job: \(cause.wording.message)",
                hint: "look at the service before you run it again", notes: ["it is kept as \(key)"])
        case .overdue(let service, let id, let after):
            Wording(
                code: .timeout, message: "the job \(id) takes longer than \(Scalar.duration(after).text), and may still run at `\(service)`",
                hint: "attach \(id) finds it again")
        case .jobGone(let service, let id): Wording(code: .expired, message: "`\(service)` no longer knows the job \(id)", hint: "run the query again")
        case .resultLost(let service, let id):
            Wording(code: .queryFailed, message: "the job \(id) has run, and `\(service)` has lost its result", hint: "run the query again")
        case .incomplete(let service, let id, let expected, let got):
            Wording(
                code: .badAnswer, message: "`\(service)` says that the job \(id) has \(expected) rows, and gives \(got)",
                hint: "none of them is used; ask for the result again")
        case .noConnection(let service):
            Wording(
                code: .unknownDataset, message: "`\(service)` runs text on a connection, and none is named",
                hint: "add: on \"CONNECTION-ID\", or give the service a connection")
        case .ambiguousJob(let prefix, let ids):
            Wording(code: .unknownJob, message: "several jobs begin with `\(prefix)`", notes: ["they are \(ids.listed())"])
        case .noLiteral(let name, let dialect, let fault):
            Wording(code: .value, message: "the parameter `\(name)` cannot be written in \(dialect): \(fault.words)", hint: dialect == "ansi" ? fault.fix : nil)
        }
    }

    /// What the service itself says of it.
    private static func says(_ message: String) -> [String] { message.isEmpty ? [] : ["it says: \(message)"] }

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
    /// What is to be known of a dataset's file, as one sentence.
    static func message(of warning: DatasetWarning) -> String { "\(warning.path): \(message(of: warning.warning))" }

    /// A service's error as one sentence, for a job's `error` field.
    public static func message(of error: ServiceError) -> String { error.wording.message }
}
