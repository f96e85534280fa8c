// What is written down of the jobs of services beyond this process, so that another session finds them again.

/// A job as it is written down: before it is submitted, and whenever it has changed.
public struct JobEntry: Hashable, Sendable {
    /// What it is kept under, unique; also what tells the service that a submit comes a second time. At most 40 bytes.
    public var key: String
    /// What is known of it. Its id is `key` until the service has given it one.
    public var snapshot: JobSnapshot
    /// The text as the user wrote it, with its placeholders; empty where only the service has it.
    public var text: String
    /// The dataset or connection it runs on.
    public var target: String?
    public var bindings: [QueryRequest.Binding]

    public init(key: String, snapshot: JobSnapshot, text: String, target: String? = nil, bindings: [QueryRequest.Binding] = []) {
        self.key = key
        self.snapshot = snapshot
        self.text = text
        self.target = target
        self.bindings = bindings
    }
}

/// Keeps jobs. Several sessions may use one at once.
public protocol JobLedger: Sendable {
    /// Keeps the entry in place of the one with its key; it is on the disk when this returns.
    func record(_ entry: JobEntry) async throws(ServiceError)
    /// The latest jobs of a service, newest first.
    func entries(service: String) async throws(ServiceError) -> [JobEntry]
    /// The jobs of a service whose id or key begins with `prefix`, newest first.
    func entries(beginning prefix: String, service: String) async throws(ServiceError) -> [JobEntry]
}
