// What a service can refuse or fail at, as facts; the words are made where diagnostics are rendered.
import QueryFormats

/// Why a service did not do what was asked.
public indirect enum ServiceError: Error, Hashable, Sendable {
    case unknownService(name: String, known: [String])
    /// The host of the session takes up no services for scripts.
    case noConnections
    case unknownQuery(name: String, known: [String])
    case unknownDataset(name: String, known: [String])
    case unknownJob(id: String)
    /// The job belongs to another session that still runs, which alone can cancel it.
    case foreignJob(id: String)
    /// Parameters of the query that the run gives no value for.
    case missingParameters(names: [String], query: String?)
    /// A value for a parameter that the query does not have.
    case unknownParameter(name: String, known: [String], query: String?)
    /// A parameter's value is of a kind that cannot be bound there, such as a list outside of `in`.
    case parameterType(name: String, found: String)
    /// `{{name}}` stands between quotes, where a bound value cannot go.
    case quotedPlaceholder(name: String)
    /// What begins with `{{` at byte `offset` of the query's text has no `}}` or no name in it.
    case badPlaceholder(text: String, offset: Int)
    /// A placeholder of the service's own language (`?`, `:name`) stands in the text, which nothing gives a value.
    case unboundPlaceholder(name: String, text: String, offset: Int?)
    /// A name that cannot be one of a query or dataset.
    case badName(name: String)
    /// The query's text names a table that is no dataset; `known` are those there are.
    case unknownTable(name: String, known: [String])
    /// The database file of a dataset is meant as one table and has these, none of which bears the dataset's name.
    case severalTables(name: String, path: String, tables: [String])
    /// More than one of the registered database files has a table of the name.
    case ambiguousTable(name: String, paths: [String])
    /// The text holds a second statement, at byte `offset`.
    case severalStatements(text: String, offset: Int)
    /// The service ran the query and it failed; `offset` is the byte of its text where, if the service says.
    case queryFailed(message: String, text: String, offset: Int?)
    /// A text value in this column of the result is not UTF-8.
    case invalidText(column: String)
    /// The query would change data, touch another file or load code.
    case refused(action: String)
    /// The job was cancelled.
    case cancelled(id: String)
    /// The job ran out of the time its run allowed it, in microseconds.
    case timedOut(id: String, after: Int64)
    /// The result is no longer kept.
    case expired(id: String)
    /// The program that ran the job ended before the job did.
    case lost(id: String)
    /// The job is one of a rehearsal, which runs nothing.
    case notRun(id: String)
    /// The one who waited was cancelled; the job goes on.
    case interrupted(id: String)
    /// A file of a dataset cannot be read, or is not in the form it claims.
    case file(FormatError)
    /// A database file of a dataset is none, is damaged or cannot be read, in the engine's words.
    case database(path: String, reason: String)
    /// A dataset's file has no ending that tells its format.
    case unknownFormat(path: String, known: [String])
    /// The catalog's file is no catalog (or one of a newer version) and was left as it is.
    case catalog(path: String, reason: String)
    /// The workspace cannot be written.
    case readOnly(path: String, reason: String)
    /// A limit of the service was passed.
    case limit(message: String)
    /// The columns of the result, or of the datasets, take more than the `limit` bytes that there may be.
    case memory(limit: Int)
    /// A job of an earlier session failed for a reason of which only this is kept: a word for its kind (`file`, `table`,
    /// `text`, `parameter`) and what it was about, such as a path.
    case recorded(kind: String, detail: String)

    // What only services beyond this process report. An address in it has neither credentials nor the query in it.

    /// No answer came from `address`, however often it was asked.
    case unreachable(service: String, address: String, HTTPFault)
    /// The service answered 401 or 403: the credential is missing, wrong, or not enough. `looked` says where it was taken from.
    case unauthorized(service: String, address: String, status: Int, looked: String, message: String)
    /// There is no credential where `looked` says, or none that can be used.
    case noCredential(service: String, looked: String, SecretFault)
    /// An answer that is not what the service promises.
    case badAnswer(service: String, address: String, AnswerFault)
    /// The service refused what it was asked for, with this status and message.
    case refusedByService(service: String, status: Int, message: String)
    /// The service was asked too often, or is not to be asked before a time, in microseconds, that is too long to wait.
    case rateLimited(service: String, address: String, after: Int64?)
    /// The service answered with an error of its own (408, 5xx), however often it was asked.
    case unavailable(service: String, address: String, status: Int, message: String)
    /// The answer sends on to another place, where neither the request nor the credential goes.
    case redirected(service: String, address: String, target: String)
    /// The service says that it cannot do this yet (501), or has no such thing.
    case notImplemented(service: String, ServiceFeature)
    /// A job was submitted and it is unknown whether the service received it, for the reason in it. `key` is what it is kept under.
    case outcomeUnknown(service: String, key: String, because: ServiceError)
    /// The time that the run allowed is over and the service cannot stop the job, which may still run there.
    case overdue(service: String, id: String, after: Int64)
    /// The service no longer knows a job that it had accepted.
    case jobGone(service: String, id: String)
    /// The job ran and the service has lost its result.
    case resultLost(service: String, id: String)
    /// The pages of a result have another number of rows than the service promised.
    case incomplete(service: String, id: String, expected: Int, got: Int)
    /// The service runs queries on a connection and none is named.
    case noConnection(service: String)
    /// More than one job's id begins so.
    case ambiguousJob(prefix: String, ids: [String])
    /// The value of a parameter has no safe literal in the service's dialect.
    case noLiteral(name: String, dialect: String, LiteralFault)
}

/// What a service may be unable to do.
public enum ServiceFeature: String, Hashable, Sendable {
    case save, jobs, cancel, datasets, text
}
