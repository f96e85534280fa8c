// Prepares a statement, bringing in each table that it turns out to name: it sees no others.
import CSQLite
import QueryFrames

/// Finds the tables of one statement by asking for those that SQLite misses.
final class TableResolver {
    private let connection: QueryConnection
    private let find: @Sendable (String) throws -> EngineTable?
    private let cancellation: Cancellation
    private var asked: Set<String> = []

    init(_ connection: QueryConnection, _ cancellation: Cancellation, find: @escaping @Sendable (String) throws -> EngineTable?) {
        self.connection = connection
        self.cancellation = cancellation
        self.find = find
    }

    /// The statement at byte `start` of `text` (which ends with a zero byte), and the byte after it.
    func prepare(_ text: [UInt8], from start: Int) throws(EngineError) -> (Statement?, end: Int) {
        while true {
            if cancellation.isRaised { throw .cancelled }
            connection.permission.isStrict = true
            do {
                return try Statement.prepare(connection.database, text, from: start)
            } catch {
                connection.permission.isStrict = false
                guard let name = TableResolver.missingTable(error) else { throw connection.failure(error) }
                try resolve(name)
            }
        }
    }

    /// The name in SQLite's `no such table: orders`; it has no code of its own for that.
    private static func missingTable(_ error: SQLiteError) -> String? {
        let start = "no such table: "
        guard error.primary == SQLITE_ERROR, error.message.hasPrefix(start) else { return nil }
        return String(error.message.dropFirst(start.count))
    }

    private func resolve(_ name: String) throws(EngineError) {
        // Asked for again, it was not there after all.
        guard asked.insert(SQLName.folded(name)).inserted else { throw .unknownTable(name: name) }
        if let table = try offer(name), try add(table, as: name) { return }
        // `shop.orders`: a table of the database file that is offered as `shop`.
        guard let dot = name.firstIndex(of: "."), case .database(let path, _) = try offer(String(name[..<dot])) else {
            throw .unknownTable(name: name)
        }
        _ = try connection.attach(path, as: String(name[..<dot]))
    }

    private func offer(_ name: String) throws(EngineError) -> EngineTable? {
        let table: EngineTable?
        do { table = try find(name) } catch {
            if cancellation.isRaised { throw .cancelled }
            if let error = error as? EngineError { throw error }
            throw .tableFailed(name: name, error)
        }
        if cancellation.isRaised { throw .cancelled }
        return table
    }

    /// Adds a table; false where it turns out not to be there.
    private func add(_ table: EngineTable, as name: String) throws(EngineError) -> Bool {
        switch table {
        case .frame(let frame): try connection.add(frame, as: name)
        case .database(let path, let preferred): try addTable(preferred, of: path, as: name)
        case .member(let paths): return try addMember(name, of: paths)
        }
        return true
    }

    private func addTable(_ preferred: String, of path: String, as name: String) throws(EngineError) {
        let isFirst = connection.schemas.isEmpty
        let schema = try connection.attach(path, as: name)
        let tables = try connection.tables(of: schema)
        let only = tables.count == 1 ? tables.first : nil
        guard let table = tables.first(where: { SQLName.folded($0) == SQLName.folded(preferred) }) ?? only else {
            throw .severalTables(name: name, path: path, tables: tables)
        }
        // By its own name, the first file's table is found without a view, and has its row ids.
        if !isFirst || SQLName.folded(table) != SQLName.folded(name) { try connection.alias(name, schema, table) }
    }

    private func addMember(_ name: String, of paths: [String]) throws(EngineError) -> Bool {
        var holders: [String] = []
        for path in paths {
            let wasAttached = connection.schemas[path] != nil
            do {
                let tables = try connection.tables(of: try connection.attach(path, as: "database"))
                if tables.contains(where: { SQLName.folded($0) == SQLName.folded(name) }) {
                    holders.append(path)
                } else if !wasAttached {
                    connection.detach(path)
                }
            } catch {
                // One of several files that cannot be read does not stand in the way of the others.
                if case .cancelled = error { throw error }
                if paths.count == 1 { throw error }
            }
        }
        if holders.count > 1 { throw .ambiguousTable(name: name, paths: holders) }
        return holders.count == 1
    }
}
