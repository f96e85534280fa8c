// A diagnostic: what is wrong, where, and what would mend it, in words. Stages throw facts; the files beside this one word them.

/// Something to tell the person whose script it is.
public struct Diagnostic: Sendable {
    /// A word for the kind of error, such as `unknown-column`.
    public var code: Code
    /// One sentence without a full stop.
    public var message: String
    /// The text the error is in.
    public var source: Source
    /// The place in it.
    public var span: Span
    /// What stands beside the place: `did you mean ...`, or what was expected.
    public var hint: String?
    /// Further lines below: the columns there are, the usage of a command, the query's own text.
    public var notes: [String]

    init(_ code: Code, _ message: String, hint: String? = nil, notes: [String] = [], in source: Source, at span: Span) {
        self.code = code
        self.message = message
        self.source = source
        self.span = span
        self.hint = hint
        self.notes = notes
    }
}

extension Diagnostic {
    /// The kinds of errors. The exit status of a script follows from the kind.
    public enum Code: String, Sendable, CaseIterable {
        case syntax
        case unknownCommand = "unknown-command"
        case unknownClause = "unknown-clause"
        case unknownName = "unknown-name"
        case unknownFunction = "unknown-function"
        case unknownColumn = "unknown-column"
        case unknownField = "unknown-field"
        case unknownQuery = "unknown-query"
        case unknownDataset = "unknown-dataset"
        case unknownJob = "unknown-job"
        case unknownFormat = "unknown-format"
        case unknownOption = "unknown-option"
        case missingParameter = "missing-parameter"
        case unknownParameter = "unknown-parameter"
        case usage
        case type
        case overflow
        case value
        case format
        case io
        case queryFailed = "query-failed"
        case refused
        case cancelled
        case timeout
        case expired
        case catalog
        case readOnly = "read-only"
        case limit
        case notGranted = "not-granted"
        case unknownService = "unknown-service"
        case commandFailed = "command-failed"
        case failed
        case assertion

        /// The status `qs` exits with where the error ends a script.
        public var exitStatus: Int32 {
            switch self {
            case .syntax, .unknownCommand, .unknownClause, .unknownName, .unknownFunction, .unknownFormat, .unknownOption, .usage: 2
            case .queryFailed, .refused, .cancelled, .expired: 3
            case .io, .format, .catalog, .readOnly: 5
            case .limit: 6
            case .timeout: 124
            default: 1
            }
        }
    }
}

/// Facts of one kind, in words.
struct Wording {
    var code: Diagnostic.Code
    var message: String
    var hint: String?
    var notes: [String] = []
}

extension Diagnostic {
    init(_ wording: Wording, in source: Source, at span: Span) {
        self.init(wording.code, wording.message, hint: wording.hint, notes: wording.notes, in: source, at: span)
    }

    init(_ error: SyntaxError, in source: Source) { self.init(error.fault.wording, in: source, at: error.span) }
    init(_ error: CheckError, in source: Source) { self.init(error.fault.wording, in: source, at: error.span) }
    init(_ error: ScriptError, in source: Source) { self.init(error.fault.wording, in: source, at: error.span ?? Span(0, 0)) }
}
