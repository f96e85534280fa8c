// What a run asks of a service, before it is a request of one API.
import QueryFrames

/// Everything that the requests of one job say.
struct JobOrder: Sendable {
    /// What the job is kept under, and what tells a service that a submit comes a second time.
    var key: String
    /// The text that runs: with literals for its placeholders, where the service takes text alone.
    var text: String
    /// What the text is saved as, where the service runs only what it keeps.
    var name: String
    var description: String?
    /// The id of a query that the service keeps.
    var query: String?
    /// The dataset or connection to run on.
    var target: String?
    /// Values that the service binds.
    var bindings: [QueryRequest.Binding]
}
