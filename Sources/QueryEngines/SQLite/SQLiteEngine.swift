// The engine that is always there: SQLite by its C API, over frames and database files.
import QueryFrames

/// Runs SQL with SQLite. Each run has a connection of its own, so any number of them go on at once.
public struct SQLiteEngine: Engine {
    public init() {}

    public func prepare(
        _ statement: EngineStatement, tables: @escaping @Sendable (String) throws -> EngineTable?
    ) -> any EngineRun {
        SQLiteRun(statement, tables: tables)
    }
}
