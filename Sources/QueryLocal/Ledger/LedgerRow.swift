// A job as a row of the ledger.
import QueryClient
import QueryEngines
import QueryFrames

enum LedgerRow {
    static let select = """
        select key, id, service, query, text, target, bindings, status, row_count, columns, error_kind, error_detail, created, completed, expires
        from jobs
        """

    static func write(_ entry: JobEntry, _ database: Database) throws(SQLiteError) {
        let job = entry.snapshot, error = job.error?.record
        try database.run(
            """
            insert or replace into jobs
            (key, id, service, query, text, target, bindings, status, row_count, columns, error_kind, error_detail, created, completed, expires)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
            """,
            .string(entry.key), .string(job.id.text), .string(job.service), .optional(job.query), .string(entry.text), .optional(entry.target),
            .string(BindingText.text(entry.bindings)), .string(job.status.rawValue), .optional(job.rows.map { Int64($0) }),
            .string(ColumnList.text(job.columns.map { SavedQuery.KnownColumn($0, nil) })), .optional(error?.kind), .optional(error?.detail),
            .int(job.created), .optional(job.completed), .optional(job.expires))
    }

    static func entry(_ row: Statement) -> JobEntry {
        let id = row.text(1) ?? "", text = row.text(4) ?? "", service = row.text(2) ?? ""
        var job = JobSnapshot(
            id: JobID(id), query: row.text(3), service: service, status: row.text(7).flatMap(JobStatus.init) ?? .unknown,
            rows: row.int(8).map { Int($0) }, columns: ColumnList.columns(in: row.text(9) ?? "").map(\.name), created: row.int(12) ?? 0,
            completed: row.int(13), expires: row.int(14))
        if let kind = row.text(10) { job.error = .recorded(kind, row.text(11) ?? "", id: id, text: text, service: service) }
        return JobEntry(key: row.text(0) ?? "", snapshot: job, text: text, target: row.text(5), bindings: BindingText.bindings(in: row.text(6) ?? ""))
    }
}
