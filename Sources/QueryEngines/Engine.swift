// What runs query text; one folder per engine. Engines know frames, and nothing of catalogs, jobs or scripts.
import QueryFrames

/// A statement with its parameters bound by position.
public struct EngineStatement: Sendable {
    /// The engine's own language, with `?1`, `?2` ... where parameters stand.
    public var text: String
    /// The values of `?1`, `?2` ...
    public var parameters: [Scalar]

    public init(text: String, parameters: [Scalar] = []) {
        self.text = text
        self.parameters = parameters
    }
}

/// A table that a statement can read.
public enum EngineTable: Sendable {
    /// Rows in memory, seen through a virtual table; nothing is copied.
    case frame(Frame)
    /// A table of a database file of the engine's own kind, opened read-only: the one called `table` or, where the file
    /// has none of that name, its only one.
    case database(path: String, table: String)
    /// The table of the name asked for in whichever of these database files has it.
    case member(of: [String])
}

/// Why a statement gave no result.
public enum EngineError: Error, Sendable {
    /// The text is wrong or cannot be run; `offset` is the byte where, if the engine says.
    case statement(message: String, offset: Int?)
    /// The text would change data, touch another file or load code.
    case refused(action: String)
    /// The text names a table that nobody has offered.
    case unknownTable(name: String)
    /// A database file is meant as one table and has these, none of which bears the name.
    case severalTables(name: String, path: String, tables: [String])
    /// More than one of the database files at hand has a table of the name.
    case ambiguousTable(name: String, paths: [String])
    /// Whoever offered the table failed to bring it.
    case tableFailed(name: String, any Error)
    /// A placeholder of the engine's own (`?`, `:name`) has no value.
    case unboundParameter(name: String)
    /// Parameter `index`, from 1, has a value of a kind that cannot be bound.
    case parameterType(index: Int, found: String)
    /// There is a second statement at byte `offset`.
    case severalStatements(offset: Int)
    case cancelled
    /// The file is not a database, is damaged or cannot be read.
    case database(path: String, reason: String)
    /// A text value of the result's column is not UTF-8.
    case invalidText(column: String)
    /// A limit of the engine (length of a value, depth of an expression) was passed.
    case limit(message: String)
    /// The columns of the result, or of the tables, take more than the `limit` bytes that there may be.
    case memory(limit: Int)
}

/// One statement under way, on a connection of its own.
///
/// `run` blocks its thread until the rows are there, so it belongs on a thread that may block; `cancel` may be
/// called from any thread at any time and ends `run` within 100 ms.
public protocol EngineRun: AnyObject, Sendable {
    func run() throws(EngineError) -> Frame
    func cancel()
    /// Rows fetched so far.
    var rowsSoFar: Int { get }
}

/// Runs statements over tables.
public protocol Engine: Sendable {
    /// A statement ready to run. `tables` finds a table by the name the statement uses; it is asked, on the thread of
    /// `run`, only for names that the statement needs, and may take as long as reading a file takes.
    func prepare(
        _ statement: EngineStatement, tables: @escaping @Sendable (String) throws -> EngineTable?
    ) -> any EngineRun
}
