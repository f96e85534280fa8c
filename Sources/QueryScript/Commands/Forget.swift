// `forget`: a saved query goes.
import QueryClient

extension CommandRow {
    static let forget = CommandRow(
        UsageLine(builtIn: "forget NAME"),
        summary: "Remove a saved query.",
        example: "forget by_region", effect: .forgetsQuery
    ) { (session, arguments) async throws(ScriptError) in
        let name = try arguments.requiredWord("name")
        do throws(ServiceError) {
            try await session.service().forget(name)
        } catch {
            throw ScriptError(.service(error), at: arguments.span("name"))
        }
        _ = try session.rehearse("forget \(name)")
        return .null
    }
}
