// What a query service is to everyone above it: the interpreter and the server know this protocol and not who conforms.
import QueryFrames

/// A service that runs queries as jobs.
///
/// Submitting returns at once; `completion` suspends until the job has ended. Cancelling the task that waits stops the
/// waiting and leaves the job alone.
public protocol QueryService: Sendable {
    /// The name that scripts use for it, such as `local`.
    var name: String { get }
    /// Whether its jobs go on when this process ends, and another session can take them up.
    var keepsJobs: Bool { get }

    /// Starts a job and returns what is known of it.
    func submit(_ request: QueryRequest) async throws(ServiceError) -> JobSnapshot
    /// What is known of a job now.
    func status(of id: JobID) async throws(ServiceError) -> JobSnapshot
    /// What is known of a job once it has ended, however it ended. Throws `interrupted` when the waiting task is cancelled.
    func completion(of id: JobID) async throws(ServiceError) -> JobSnapshot
    /// The rows of a job that succeeded.
    func result(of id: JobID) async throws(ServiceError) -> Frame
    /// Asks the job to stop; returns once the service has taken note.
    func cancel(_ id: JobID) async throws(ServiceError)
    /// The jobs the service knows, newest first.
    func jobs() async throws(ServiceError) -> [JobSnapshot]

    /// Saves a query under its name, as a new version where the name exists.
    func save(_ query: SavedQuery) async throws(ServiceError) -> SavedQuery
    /// The saved queries by name.
    func queries() async throws(ServiceError) -> [SavedQuery]
    /// Removes a saved query.
    func forget(_ name: String) async throws(ServiceError)

    /// Registers a file as a dataset, replacing the one of that name.
    func register(_ dataset: Dataset) async throws(ServiceError) -> Dataset
    /// The datasets by name.
    func datasets() async throws(ServiceError) -> [Dataset]

    /// Stops every job that lives in this process and lets go of files; the last call to the service.
    func close() async
}
