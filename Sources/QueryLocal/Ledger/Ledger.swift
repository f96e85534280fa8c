// What is written down of the jobs and saved queries of services over the network, in one SQLite file that several processes may use.
import QueryClient
import QueryEngines
import QueryFrames

/// The ledger of one person on this machine: a file of the mode 0600, made when the first job is submitted.
public final class Ledger: JobLedger, QueryStore {
    private let database: Confined<KeptDatabase>

    /// How many jobs of a service are listed at most.
    static let jobLimit = 200
    /// How long jobs that have ended are kept, in microseconds.
    private static let retention: Int64 = 30 * 86_400_000_000

    /// The ledger at `path`, an absolute path; nothing is opened before it is asked for something.
    public init(path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        database = Confined(KeptDatabase(.ledger, path: path, folder: folder))
    }

    // MARK: Jobs

    public func record(_ entry: JobEntry) async throws(ServiceError) {
        try await database.perform { (database) throws(ServiceError) in
            try database.write { (database) throws(SQLiteError) in
                try LedgerRow.write(entry, database)
                try database.run(
                    "delete from jobs where created < ?1 and status not in ('queued', 'running')", .int(Clock.now - Ledger.retention))
            }
        }
    }

    public func entries(service: String) async throws(ServiceError) -> [JobEntry] {
        try await entries("where service = ?1", [.string(service)])
    }

    public func entries(beginning prefix: String, service: String) async throws(ServiceError) -> [JobEntry] {
        try await entries(
            "where service = ?1 and (substr(id, 1, length(?2)) = ?2 or substr(key, 1, length(?2)) = ?2)", [.string(service), .string(prefix)])
    }

    /// The latest jobs of all services, newest first.
    public func entries() async throws(ServiceError) -> [JobEntry] { try await entries("", []) }

    private func entries(_ choice: String, _ parameters: [Scalar]) async throws(ServiceError) -> [JobEntry] {
        try await database.perform { (database) throws(ServiceError) in
            try database.read { (database) throws(SQLiteError) in
                try database.rows(
                    "\(LedgerRow.select) \(choice) order by created desc, key limit \(Ledger.jobLimit)", parameters, read: LedgerRow.entry)
            } ?? []
        }
    }

    // MARK: Saved queries

    public func save(_ query: StoredQuery, service: String) async throws(ServiceError) -> StoredQuery {
        try await database.perform { (database) throws(ServiceError) in
            try database.write { (database) throws(SQLiteError) in
                let last = try Ledger.queries(service, database, named: query.query.name).first
                if let last, last.id == query.id, last.query.text == query.query.text, last.query.dataset == query.query.dataset,
                    last.query.description == query.query.description { return last }
                var kept = query
                kept.query.version = (last?.query.version ?? 0) + 1
                kept.query.saved = Clock.now
                try database.run(
                    """
                    insert or replace into queries (service, name, id, version, text, dataset, description, saved)
                    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                    """,
                    .string(service), .string(kept.query.name), .optional(kept.id), .int(Int64(kept.query.version)), .string(kept.query.text),
                    .optional(kept.query.dataset), .optional(kept.query.description), .int(kept.query.saved))
                return kept
            }
        }
    }

    public func queries(service: String) async throws(ServiceError) -> [StoredQuery] {
        try await database.perform { (database) throws(ServiceError) in
            try database.read { (database) throws(SQLiteError) in try Ledger.queries(service, database, named: nil) } ?? []
        }
    }

    public func forget(_ name: String, service: String) async throws(ServiceError) -> Bool {
        try await database.perform { (database) throws(ServiceError) in
            try database.write { (database) throws(SQLiteError) in
                try database.run("delete from queries where service = ?1 and name = ?2", .string(service), .string(name))
                return database.changes > 0
            }
        }
    }

    private static func queries(_ service: String, _ database: Database, named name: String?) throws(SQLiteError) -> [StoredQuery] {
        try database.rows(
            """
            select name, text, dataset, description, version, saved, id from queries
            where service = ?1 and (?2 is null or name = ?2) order by name
            """, [.string(service), .optional(name)]
        ) { row in
            StoredQuery(
                query: SavedQuery(
                    name: row.text(0) ?? "", text: row.text(1) ?? "", dataset: row.text(2), description: row.text(3),
                    version: Int(row.int(4) ?? 1), saved: row.int(5) ?? 0),
                id: row.text(6))
        }
    }

    /// Waits until everything asked so far is done, and lets go of the file.
    public func close() async {
        _ = try? await database.perform { (database) throws(ServiceError) in database.close() }
    }
}

extension KeptFile {
    /// `QSLE` in the header.
    static let ledger = KeptFile(
        applicationID: 0x5153_4c45, version: 1,
        tables: """
            create table jobs (
                key text not null primary key, id text not null, service text not null, query text, text text not null, target text,
                bindings text not null, status text not null, row_count integer, columns text not null, error_kind text, error_detail text,
                created integer not null, completed integer, expires integer
            ) without rowid;
            create index jobs_by_time on jobs (created);
            create index jobs_by_id on jobs (service, id);
            create table queries (
                service text not null, name text not null, id text, version integer not null, text text not null, dataset text,
                description text, saved integer not null,
                primary key (service, name)
            ) without rowid;
            """)
}
