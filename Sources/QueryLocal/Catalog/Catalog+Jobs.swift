// The rows of jobs: written when a job begins and ends, read by sessions that come later.
import QueryClient
import QueryEngines
import QueryFrames

extension Catalog {
    /// How many jobs are listed at most.
    static let jobLimit = 200
    /// How long rows are kept, in microseconds.
    private static let retention: Int64 = 7 * 86_400_000_000

    /// Keeps the jobs as they are now, in one transaction.
    func record(_ records: [JobRecord]) throws(ServiceError) {
        try write { (database) throws(SQLiteError) in
            for record in records {
                let job = record.snapshot, error = job.error?.record
                try database.run(
                    """
                    insert or replace into jobs
                    (id, session, query, text, target, status, row_count, columns, error_kind, error_detail, created, completed)
                    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                    """,
                    .string(job.id.text), .string(record.session), .optional(job.query), .string(record.text), .optional(record.target),
                    .string(job.status.rawValue), .optional(job.rows.map { Int64($0) }), .string(ColumnList.text(record.columns)),
                    .optional(error?.kind), .optional(error?.detail), .int(job.created), .optional(job.completed))
            }
        }
    }

    /// The latest jobs of all sessions, newest first; those whose session ended before they did are settled.
    func jobs(service: String) throws(ServiceError) -> [JobSnapshot] {
        try jobs("order by created desc limit \(Catalog.jobLimit)", [], service)
    }

    /// The job `id`, of whichever session.
    func job(_ id: JobID, service: String) throws(ServiceError) -> JobSnapshot? {
        try jobs("where id = ?1", [.string(id.text)], service).first
    }

    private func jobs(_ choice: String, _ parameters: [Scalar], _ service: String) throws(ServiceError) -> [JobSnapshot] {
        let records = try read { (database) throws(SQLiteError) in
            try database.rows(
                """
                select id, session, query, text, target, status, row_count, columns, error_kind, error_detail, created, completed
                from jobs \(choice)
                """, parameters
            ) { row in Catalog.record(row, service) }
        } ?? []
        var alive: [String: Bool] = [:]
        var lost: [JobRecord] = []
        let settled = records.map { record in
            guard !record.snapshot.status.isTerminal else { return record.snapshot }
            let isAlive = alive[record.session] ?? session.isAlive(record.session)
            alive[record.session] = isAlive
            if isAlive { return record.snapshot }
            lost.append(record.settled())
            return record.settled().snapshot
        }
        // In a workspace that cannot be written they are settled again at the next look.
        if !lost.isEmpty { try? self.record(lost) }
        return settled
    }

    /// Removes what has had its time, once a session: old rows of jobs, but for those that tell a saved query's columns, and the files of sessions that have ended.
    func tidy(_ database: Database) {
        session.removeStale()
        _ = try? database.transaction { () throws(SQLiteError) in
            try database.run(
                """
                delete from jobs where created < ?1 and status not in ('queued', 'running') and not (
                    status = 'succeeded' and query is not null and created = (
                        select max(created) from jobs last where last.query = jobs.query and last.status = 'succeeded'))
                """, .int(Clock.now - Catalog.retention))
        }
    }

    private static func record(_ row: Statement, _ service: String) -> JobRecord {
        let id = row.text(0) ?? "", text = row.text(3) ?? ""
        let columns = ColumnList.columns(in: row.text(7) ?? "")
        var job = JobSnapshot(
            id: JobID(id), query: row.text(2), service: service, status: row.text(5).flatMap(JobStatus.init) ?? .unknown,
            rows: row.int(6).map { Int($0) }, columns: columns.map(\.name), created: row.int(10) ?? 0, completed: row.int(11))
        if let kind = row.text(8) { job.error = .recorded(kind, row.text(9) ?? "", id: id, text: text, service: service) }
        return JobRecord(snapshot: job, text: text, target: row.text(4), session: row.text(1) ?? "", columns: columns)
    }
}

extension JobRecord {
    /// The job as one whose program ended before it did.
    fileprivate func settled() -> JobRecord {
        var record = self
        record.snapshot.status = .failed
        record.snapshot.error = .lost(id: snapshot.id.text)
        record.snapshot.completed = Clock.now
        return record
    }
}
