// `dataset`: a file that queries see as a table.
import QueryClient

extension CommandRow {
    static let dataset = CommandRow(
        UsageLine(builtIn: "dataset NAME = PATH"),
        summary: "Register a CSV, TSV, JSON, JSON-lines, Arrow, Parquet or SQLite file, so that queries see it as a table.",
        example: "dataset orders = \"orders.csv\"", effect: .addsDataset
    ) { (session, arguments) async throws(ScriptError) in
        let name = try arguments.requiredWord("name"), path = try arguments.requiredText("path")
        try session.requireFiles()
        do throws(ServiceError) {
            _ = try await session.service().register(Dataset(name: name, path: path))
        } catch {
            if case .badName = error { throw ScriptError(.service(error), at: arguments.span("name")) }
            throw ScriptError(.service(error), at: arguments.span("path"))
        }
        _ = try session.rehearse("register \(path) as \(name)")
        return .null
    }
}

extension Session {
    /// Refuses a command that touches files where the host has not granted it.
    func requireFiles() throws(ScriptError) {
        if !grants.files { throw ScriptError(.notGranted("files")) }
    }
}
