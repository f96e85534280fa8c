// `use`: the service that `run` and the other commands speak to.
import QueryClient

extension CommandRow {
    static let use = CommandRow(
        UsageLine(builtIn: "use SERVICE"),
        summary: "Make a service the one that run, save, queries and datasets go to.",
        example: "use warehouse", effect: .usesService
    ) { (session, arguments) async throws(ScriptError) in
        let name = try arguments.requiredWord("service")
        guard session.serviceNames.contains(name) else {
            throw ScriptError(.service(.unknownService(name: name, known: session.serviceNames)), at: arguments.span("service"))
        }
        session.serviceInUse = name
        return .null
    }
}
