// `queries`: the queries that are kept.
import QueryClient
import QueryFrames

extension CommandRow {
    static let queries = CommandRow(
        UsageLine(builtIn: "queries -> frame"),
        summary: "List the saved queries.",
        example: "queries"
    ) { (session, _) async throws(ScriptError) in
        do throws(ServiceError) {
            let rows = try await session.service().queries().map { query -> [Scalar] in
                [
                    .string(query.name), .string(query.parameters.joined(separator: ", ")),
                    query.dataset.map { .string($0) } ?? .null, query.description.map { .string($0) } ?? .null,
                    .int(Int64(query.version)), .timestamp(query.saved, utc: true),
                ]
            }
            let schema = Schema([
                Field("name", .string), Field("parameters", .string), Field("dataset", .string), Field("description", .string),
                Field("version", .int64), Field("saved", .timestamp(utc: true)),
            ])
            return .frame(Frame(schema: schema, rows: rows))
        } catch {
            throw ScriptError(.service(error))
        }
    }
}
