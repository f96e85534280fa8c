// Datasets: names of files. Names compare without case, as the names of tables do.
import QueryClient
import QueryEngines
import QueryFrames

extension Catalog {
    /// The datasets by name.
    func datasets() throws(ServiceError) -> [Dataset] {
        try read { (database) throws(SQLiteError) in
            try database.rows("select name, path, format, registered from datasets order by name") { row in
                Dataset(name: row.text(0) ?? "", path: row.text(1) ?? "", format: row.text(2) ?? "", registered: row.int(3) ?? 0)
            }
        } ?? []
    }

    /// Keeps a dataset in place of the one of that name.
    func register(_ dataset: Dataset) throws(ServiceError) -> Dataset {
        var kept = dataset
        kept.registered = Clock.now
        return try write { (database) throws(SQLiteError) in
            try database.run("delete from datasets where name = ?1", .string(kept.name))
            try database.run(
                "insert into datasets (name, path, format, registered) values (?1, ?2, ?3, ?4)",
                .string(kept.name), .string(kept.path), .string(kept.format), .int(kept.registered))
            return kept
        }
    }
}
