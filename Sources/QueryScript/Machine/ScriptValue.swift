// A value outside the machine: what commands take and give, and what a host sees. Inside the machine values are plain
// words that refer to its heap (Value.swift).
import QueryClient
import QueryFrames
import Synchronization

/// A value of the language.
public indirect enum ScriptValue: Sendable {
    case scalar(Scalar)
    case list([ScriptValue])
    case record([RecordField])
    /// `low..high`, both included.
    case range(Int64, Int64)
    case frame(Frame)
    case job(Job)
    /// What `catch` gives a name to.
    case error(ScriptFailure)
    /// A function of the script, by its name; it cannot be called from outside.
    case function(String)

    /// One field of a record.
    public struct RecordField: Sendable {
        public var name: String
        public var value: ScriptValue

        public init(name: String, value: ScriptValue) {
            self.name = name
            self.value = value
        }
    }

    public static var null: ScriptValue { .scalar(.null) }

    /// The name by which messages call the value's type.
    public var typeName: String {
        switch self {
        case .scalar(let scalar): scalar.typeName
        case .list: "list"
        case .record: "record"
        case .range: "range"
        case .frame: "frame"
        case .job: "job"
        case .error: "error"
        case .function: "function"
        }
    }
}

/// A job of a service, as a script holds it; its rows are kept once they have been fetched.
public final class Job: Sendable {
    public let id: JobID
    public let service: any QueryService
    private let frame = Mutex<Frame?>(nil)
    private let isTold = Mutex(false)
    private let minded = Mutex(false)

    init(id: JobID, service: any QueryService) {
        self.id = id
        self.service = service
    }

    /// The rows, if they have been fetched.
    var fetched: Frame? { frame.withLock { $0 } }

    /// Whether what is to be said of its end is said now; true once.
    func tellsNow() -> Bool {
        isTold.withLock { isTold in
            defer { isTold = true }
            return !isTold
        }
    }

    /// Whether the script has waited for it, stopped it or seen how it ended, so that nobody else has to be told.
    var isMinded: Bool { minded.withLock { $0 } }

    func mind() { minded.withLock { $0 = true } }

    func keep(_ rows: Frame) { frame.withLock { $0 = rows } }
}
