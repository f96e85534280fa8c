// `datasets`: the files that queries see.
import QueryClient
import QueryFrames

extension CommandRow {
    static let datasets = CommandRow(
        UsageLine(builtIn: "datasets -> frame"),
        summary: "List the registered files.",
        example: "datasets"
    ) { (session, _) async throws(ScriptError) in
        do throws(ServiceError) {
            let rows = try await session.service().datasets().map { dataset -> [Scalar] in
                [.string(dataset.name), .string(dataset.format), .string(dataset.path), .timestamp(dataset.registered, utc: true)]
            }
            let schema = Schema([
                Field("name", .string), Field("format", .string), Field("path", .string), Field("registered", .timestamp(utc: true)),
            ])
            return .frame(Frame(schema: schema, rows: rows))
        } catch {
            throw ScriptError(.service(error))
        }
    }
}
