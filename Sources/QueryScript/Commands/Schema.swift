// `schema`: the columns of rows and their types.
import QueryFrames

extension CommandRow {
    static let schema = CommandRow(
        UsageLine(builtIn: "schema SUBJECT -> frame"),
        summary: "List the columns of rows with their types.",
        example: "schema j"
    ) { (session, arguments) async throws(ScriptError) in
        let frame = try await session.frame(of: try arguments.required("subject"))
        let rows = frame.schema.fields.map { [Scalar.string($0.name), .string($0.type.name)] }
        return .frame(Frame(schema: Schema([Field("column", .string), Field("type", .string)]), rows: rows))
    }
}
