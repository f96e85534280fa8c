// `save`: a query kept under a name.
import QueryClient

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
            _ = try await session.service().save(query)
        } catch {
            let span: Span? = switch error {
            case .badName: arguments.span("name")
            case .unknownDataset: arguments.span("on")
            case .quotedPlaceholder: arguments.span("as")
            default: nil
            }
            throw ScriptError(.service(error), at: span)
        }
        _ = try session.rehearse("save \(query.name)")
        return .null
    }
}
