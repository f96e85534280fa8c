// What is sent to a service, and what it keeps: requests, saved queries, datasets.
import QueryFrames

/// A query to run once.
public struct QueryRequest: Sendable {
    /// Which text is run.
    public enum Text: Hashable, Sendable {
        /// A saved query, by name or id.
        case saved(String)
        /// Text of the service's query language with `{{name}}` where parameters stand.
        case text(String)
    }

    /// A parameter's name and value.
    public struct Binding: Hashable, Sendable {
        public var name: String
        public var value: Scalar

        public init(name: String, value: Scalar) {
            self.name = name
            self.value = value
        }
    }

    public var text: Text
    /// Values for the placeholders, bound by the service and never pasted into the text.
    public var bindings: [Binding]
    /// The dataset or connection to run on, where it is not the one bound at save time.
    public var target: String?
    /// Cancels the job when it has run so long, in microseconds.
    public var timeout: Int64?

    public init(text: Text, bindings: [Binding] = [], target: String? = nil, timeout: Int64? = nil) {
        self.text = text
        self.bindings = bindings
        self.target = target
        self.timeout = timeout
    }
}

/// A query kept by a service under a name.
public struct SavedQuery: Hashable, Sendable {
    public var name: String
    /// The text with `{{name}}` placeholders.
    public var text: String
    /// The dataset it runs on unless a run says otherwise.
    public var dataset: String?
    public var description: String?
    /// The names of the placeholders in order of first appearance; filled in by the service.
    public var parameters: [String]
    /// 1 at first, one more at each change; filled in by the service.
    public var version: Int
    /// When this version was saved, microseconds since 1970 in UTC; filled in by the service.
    public var saved: Int64
    /// The columns of the last result of this version, where one is known; filled in by the service.
    public var columns: [KnownColumn]?

    /// A column as it was in a result.
    public struct KnownColumn: Hashable, Sendable {
        public var name: String
        /// Nil where only the name is known.
        public var type: DataType?

        public init(_ name: String, _ type: DataType?) {
            self.name = name
            self.type = type
        }
    }

    public init(
        name: String, text: String, dataset: String? = nil, description: String? = nil,
        parameters: [String] = [], version: Int = 1, saved: Int64 = 0, columns: [KnownColumn]? = nil
    ) {
        self.name = name
        self.text = text
        self.dataset = dataset
        self.description = description
        self.parameters = parameters
        self.version = version
        self.saved = saved
        self.columns = columns
    }
}

/// A file that queries see as a table.
public struct Dataset: Hashable, Sendable {
    public var name: String
    /// The file, as an absolute path.
    public var path: String
    /// `csv`, `tsv`, `json`, `jsonl` or `sqlite`; filled in by the service.
    public var format: String
    /// When it was registered, microseconds since 1970 in UTC; filled in by the service.
    public var registered: Int64

    public init(name: String, path: String, format: String = "", registered: Int64 = 0) {
        self.name = name
        self.path = path
        self.format = format
        self.registered = registered
    }
}
