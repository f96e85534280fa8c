// `jobs`: what a service runs and has run.
import QueryClient
import QueryFrames

extension CommandRow {
    static let jobs = CommandRow(
        UsageLine(builtIn: "jobs -> frame"),
        summary: "List the jobs that the services know, newest first, those of earlier sessions among them.",
        example: "jobs | where status == \"failed\""
    ) { (session, _) async throws(ScriptError) in
        do throws(ServiceError) {
            // What a line of a terminal has room for; a job's own fields tell the rest.
            let fields: [JobField] = [.id, .service, .query, .status, .rows, .created, .elapsed, .error]
            let types: [DataType] = [.string, .string, .string, .string, .int64, .timestamp(utc: true), .duration, .string]
            let rows = try await session.services.jobs().map { job in
                fields.map { field in
                    field == .created ? .timestamp(job.created - job.created % 1_000_000, utc: true) : field.value(of: job).scalar ?? .null
                }
            }
            return .frame(Frame(schema: Schema(zip(fields, types).map { Field($0.rawValue, $1) }), rows: rows))
        } catch {
            throw ScriptError(.service(error))
        }
    }
}

extension Frame {
    /// A frame of rows given one by one, each value of its column's type or null.
    init(schema: Schema, rows: [[Scalar]]) {
        let columns = schema.fields.indices.map { index in
            let builder = ScalarBuilder(schema.fields[index].type)
            for row in rows { builder.append(row[index]) }
            return builder.finish()
        }
        self.init(schema: schema, batches: [RecordBatch(count: rows.count, columns: columns)])
    }
}
