// `describe`: each column of rows in a few figures.
import QueryFrames

extension CommandRow {
    static let describe = CommandRow(
        UsageLine(builtIn: "describe SUBJECT -> frame"),
        summary: "Tell of each column its type, how many nulls and different values it has, the least and greatest, and the mean.",
        example: "describe j"
    ) { (session, arguments) async throws(ScriptError) in
        let frame = try await session.frame(of: try arguments.required("subject"))
        return .frame(try await session.describe(frame))
    }
}

extension Session {
    /// A row of each column. What an aggregate does not do for a column's type is null there.
    fileprivate func describe(_ frame: Frame) async throws(ScriptError) -> Frame {
        var rows: [[Scalar]] = []
        for field in frame.schema.fields {
            let count = try await figure("count", of: field, in: frame)
            let nulls: Scalar = if case .int(let count) = count { .int(Int64(frame.count) - count) } else { .null }
            var row: [Scalar] = [.string(field.name), .string(field.type.name), nulls, try await figure("count_distinct", of: field, in: frame)]
            for name in ["min", "max", "avg"] {
                let figure = try await figure(name, of: field, in: frame)
                row.append(figure == .null ? .null : .string(figure.text))
            }
            rows.append(row)
        }
        let schema = Schema([
            Field("column", .string), Field("type", .string), Field("nulls", .int64), Field("distinct", .int64), Field("least", .string),
            Field("greatest", .string), Field("mean", .string),
        ])
        return Frame(schema: schema, rows: rows)
    }

    private func figure(_ aggregate: String, of field: Field, in frame: Frame) async throws(ScriptError) -> Scalar {
        let call = Expression(nodes: [.init(.name(field.name)), .init(.call(aggregate, [0]))])
        let plan: Plan
        do {
            plan = try Plan([.summarize([Projection(name: "figure", expression: call)], by: [])], schema: frame.schema)
        } catch {
            return .null
        }
        switch try await run(plan, over: frame) {
        case .success(let result): return result.batches.first { $0.count > 0 }.map { $0.columns[0].scalar(0) } ?? .null
        case .failure(.cancelled): throw ScriptError(.cancelled)
        case .failure(let error): throw ScriptError(.evaluation(error))
        }
    }
}
