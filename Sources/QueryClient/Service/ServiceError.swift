// What a service can refuse or fail at, as facts; the words are made where diagnostics are rendered.

/// Why a service did not do what was asked.
public enum ServiceError: Error, Hashable, Sendable {
    case unknownQuery(name: String, known: [String])
    case unknownDataset(name: String, known: [String])
    case unknownJob(id: String)
    /// Parameters of the query that the run gives no value for.
    case missingParameters(names: [String], query: String?)
    /// A value for a parameter that the query does not have.
    case unknownParameter(name: String, known: [String], query: String?)
    /// A parameter's value is of a kind that cannot be bound, such as a list.
    case parameterType(name: String, found: String)
    /// `{{name}}` stands between quotes, where a bound value cannot go.
    case quotedPlaceholder(name: String)
    /// A name that cannot be one of a query or dataset.
    case badName(name: String)
    /// The service ran the query and it failed; `offset` is the byte of its text where, if the service says.
    case queryFailed(message: String, text: String, offset: Int?)
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
    /// The one who waited was cancelled; the job goes on.
    case interrupted(id: String)
    /// A file of a dataset cannot be read.
    case unreadableFile(path: String, reason: String)
    /// A file of a dataset is not in the form it claims; `reason` names the line.
    case malformedFile(path: String, reason: String)
    /// A dataset's file has no ending that tells its format.
    case unknownFormat(path: String, known: [String])
    /// The catalog's file is no catalog (or one of a newer version) and was left as it is.
    case catalog(path: String, reason: String)
    /// The workspace cannot be written.
    case readOnly(path: String, reason: String)
    /// A limit of the service was passed.
    case limit(message: String)
}
