// `save`, `queries`, `forget`, `dataset`, `datasets`: what a service keeps.
import QueryClient
import QueryFrames

extension CommandRow {
    static let save = CommandRow(
        UsageLine(builtIn: "save NAME as TEXT [on DATASET] [describe TEXT]"),
        summary: "Keep a query under a name; {{name}} in its text is a parameter.",
        example: "save by_region as \"select * from dataset where region = {{region}}\" on orders", effect: .savesQuery
    ) { (session, arguments) async throws(ScriptError) in
        let query = SavedQuery(
            name: try arguments.requiredWord("name"), text: try arguments.requiredText("as"),
            dataset: try arguments.word("on"), description: try arguments.text("describe"))
        do throws(ServiceError) {
            _ = try await session.service.save(query)
        } catch {
            let span: Span? = switch error {
            case .badName: arguments.span("name")
            case .unknownDataset: arguments.span("on")
            case .quotedPlaceholder: arguments.span("as")
            default: nil
            }
            throw ScriptError(.service(error), at: span)
        }
        return .null
    }

    static let queries = CommandRow(
        UsageLine(builtIn: "queries -> frame"),
        summary: "List the saved queries.",
        example: "queries"
    ) { (session, _) async throws(ScriptError) in
        do throws(ServiceError) {
            let rows = try await session.service.queries().map { query -> [Scalar] in
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

    static let forget = CommandRow(
        UsageLine(builtIn: "forget NAME"),
        summary: "Remove a saved query.",
        example: "forget by_region"
    ) { (session, arguments) async throws(ScriptError) in
        let name = try arguments.requiredWord("name")
        do throws(ServiceError) {
            try await session.service.forget(name)
        } catch {
            throw ScriptError(.service(error), at: arguments.span("name"))
        }
        return .null
    }

    static let dataset = CommandRow(
        UsageLine(builtIn: "dataset NAME = PATH"),
        summary: "Register a CSV, TSV, JSON, JSON-lines or SQLite file, so that queries see it as a table.",
        example: "dataset orders = \"orders.csv\"", effect: .addsDataset
    ) { (session, arguments) async throws(ScriptError) in
        let name = try arguments.requiredWord("name"), path = try arguments.requiredText("path")
        try session.requireFiles("dataset")
        do throws(ServiceError) {
            _ = try await session.service.register(Dataset(name: name, path: path))
        } catch {
            if case .badName = error { throw ScriptError(.service(error), at: arguments.span("name")) }
            throw ScriptError(.service(error), at: arguments.span("path"))
        }
        return .null
    }

    static let datasets = CommandRow(
        UsageLine(builtIn: "datasets -> frame"),
        summary: "List the registered files.",
        example: "datasets"
    ) { (session, _) async throws(ScriptError) in
        do throws(ServiceError) {
            let rows = try await session.service.datasets().map { dataset -> [Scalar] in
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

extension Session {
    /// Refuses a command that touches files where the host has not granted it.
    func requireFiles(_ command: String) throws(ScriptError) {
        if !grants.files { throw ScriptError(.notGranted("files")) }
    }
}
