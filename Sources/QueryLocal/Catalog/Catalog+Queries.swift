// Saved queries: every version is kept, the last one counts.
import QueryClient
import QueryEngines
import QueryFrames

extension Catalog {
    /// The saved queries by name, the last version of each, with the columns of their last result; without their parameters,
    /// which the text tells.
    func queries() throws(ServiceError) -> [SavedQuery] {
        try read { (database) throws(SQLiteError) in
            let results = try database.rows("select query, text, columns from jobs where status = 'succeeded' and query is not null order by created") {
                (query: $0.text(0) ?? "", text: $0.text(1) ?? "", columns: $0.text(2) ?? "")
            }
            // The last of each query counts, and only if it was of the text as it is now.
            let last = Dictionary(results.map { ($0.query, $0) }, uniquingKeysWith: { $1 })
            return try database.rows(
                """
                select name, text, dataset, description, version, saved from queries q
                where version = (select max(version) from queries where name = q.name) order by name
                """, read: Catalog.query
            ).map { query in
                var query = query
                if let result = last[query.name], result.text == query.text { query.columns = ColumnList.columns(in: result.columns) }
                return query
            }
        } ?? []
    }

    /// The last version of the query called `name`.
    func query(_ name: String) throws(ServiceError) -> SavedQuery? {
        try read { (database) throws(SQLiteError) in try Catalog.query(name, database) } ?? nil
    }

    /// Keeps a query as the next version of its name, and gives it back with that; a query that is there just so stays.
    func save(_ query: SavedQuery) throws(ServiceError) -> SavedQuery {
        try write { (database) throws(SQLiteError) in
            let last = try Catalog.query(query.name, database)
            if let last, last.text == query.text, last.dataset == query.dataset, last.description == query.description { return last }
            var kept = query
            kept.version = (last?.version ?? 0) + 1
            kept.saved = Clock.now
            try database.run(
                "insert into queries (name, version, text, dataset, description, saved) values (?1, ?2, ?3, ?4, ?5, ?6)",
                .string(kept.name), .int(Int64(kept.version)), .string(kept.text), .optional(kept.dataset), .optional(kept.description),
                .int(kept.saved))
            return kept
        }
    }

    /// Removes every version of a query; false where there is none.
    func forget(_ name: String) throws(ServiceError) -> Bool {
        try write { (database) throws(SQLiteError) in
            try database.run("delete from queries where name = ?1", .string(name))
            return database.changes > 0
        }
    }

    private static func query(_ name: String, _ database: Database) throws(SQLiteError) -> SavedQuery? {
        try database.rows(
            "select name, text, dataset, description, version, saved from queries where name = ?1 order by version desc limit 1",
            [.string(name)], read: query
        ).first
    }

    private static func query(_ row: Statement) -> SavedQuery {
        SavedQuery(
            name: row.text(0) ?? "", text: row.text(1) ?? "", dataset: row.text(2), description: row.text(3),
            version: Int(row.int(4) ?? 1), saved: row.int(5) ?? 0)
    }
}

extension Scalar {
    /// The text, or null.
    static func optional(_ text: String?) -> Scalar { text.map { .string($0) } ?? .null }
    /// The number, or null.
    static func optional(_ number: Int64?) -> Scalar { number.map { .int($0) } ?? .null }
}
