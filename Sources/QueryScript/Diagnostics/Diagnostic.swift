// A diagnostic: what is wrong, where, and what would mend it, in words. Stages throw facts; the files beside this one word them.
import QueryFormats

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
    /// Other places that matter, such as an earlier definition.
    public var labels: [Label]

    /// Whether it keeps the script from running.
    public var severity: Severity { code == .nullComparison ? .warning : .error }

    public enum Severity: String, Sendable {
        case error, warning
    }

    /// Whether it is about a place at all, and not about the file as a whole.
    public private(set) var hasPlace = true

    /// A script that cannot be read.
    public static func unreadable(_ error: FormatError, file: String, hint: String? = nil) -> Diagnostic {
        var diagnostic = Diagnostic(placeless: error.wording, file: file)
        diagnostic.hint = hint
        return diagnostic
    }

    /// What is wrong with a file as a whole.
    init(placeless wording: Wording, file: String) {
        self.init(wording, in: Source(name: file, text: ""), at: Span(0, 0))
        hasPlace = false
    }

    /// A place of the same source, and what is to be seen there.
    public struct Label: Sendable {
        public var span: Span
        public var text: String

        init(_ span: Span, _ text: String) {
            self.span = span
            self.text = text
        }
    }

    init(
        _ code: Code, _ message: String, hint: String? = nil, notes: [String] = [], labels: [Label] = [], in source: Source, at span: Span
    ) {
        self.code = code
        self.message = message
        self.source = source
        self.span = span
        self.hint = hint
        self.notes = notes
        self.labels = labels
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
        /// A service could not be reached, or failed.
        case unavailable
        /// A service refused the credentials, or there are none.
        case unauthorized
        case badAnswer = "bad-answer"
        case unsupported
        case configuration
        case commandFailed = "command-failed"
        case failed
        case assertion
        /// A warning, and no error.
        case nullComparison = "null-comparison"

        /// The status `qs` exits with where the error ends a script.
        public var exitStatus: Int32 {
            switch self {
            case .syntax, .unknownCommand, .unknownClause, .unknownName, .unknownFunction, .unknownFormat, .unknownOption, .usage, .configuration: 2
            case .queryFailed, .refused, .cancelled, .expired: 3
            case .unavailable, .unauthorized, .badAnswer: 4
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
    var labels: [Diagnostic.Label] = []
}

extension Diagnostic {
    init(_ wording: Wording, in source: Source, at span: Span) {
        self.init(
            wording.code, wording.message, hint: wording.hint, notes: wording.notes, labels: wording.labels, in: source, at: span)
    }

    /// What is wrong with the text of a script and with what can be read of it. Names may be those of files it imports, which
    /// are not looked at before the text is in order.
    static func all(_ errors: [SyntaxError], _ rest: SyntaxTree, _ globals: GlobalNames, in source: Source) -> [Diagnostic] {
        var diagnostics = errors.map { Diagnostic($0, in: source) }
        if case .failure(let failure) = Compiler.compile(rest, source: source, globals: globals) {
            let imports = rest.lacksImport || !rest.imports.isEmpty
            diagnostics += failure.errors.filter { !imports || !$0.fault.isAboutNames }.map { Diagnostic($0, in: source) }
        }
        return diagnostics.inOrder
    }

    init(_ error: SyntaxError, in source: Source) {
        self.init(error.fault.wording, in: source, at: error.span)
        hint = hint ?? error.remedy?.hint
    }

    init(_ warning: CheckWarning, in source: Source) {
        self.init(warning.fault.wording, in: source, at: warning.span)
    }

    init(_ error: CheckError, in source: Source) { self.init(error.fault.wording, in: source, at: error.span) }
    init(_ error: ScriptError, in source: Source) { self.init(error.fault.wording, in: source, at: error.span ?? Span(0, 0)) }
}

extension [Diagnostic] {
    /// The diagnostics of one source by their places.
    var inOrder: [Diagnostic] { sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) } }
}
