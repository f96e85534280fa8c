// What a service can refuse or fail at, as facts; the words are made where diagnostics are rendered.
import QueryFormats

/// Why a service did not do what was asked.
public enum ServiceError: Error, Hashable, Sendable {
    case unknownService(name: String, known: [String])
    /// The service's credential is not to be had; `place` is where it was looked for.
    case credential(service: String, place: String, SecretFault)
    /// The host of the session takes up no services for scripts.
    case noConnections
    case unknownQuery(name: String, known: [String])
    case unknownDataset(name: String, known: [String])
    case unknownJob(id: String)
    /// Several jobs' ids begin so.
    case ambiguousJob(beginning: String, ids: [String])
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
}
