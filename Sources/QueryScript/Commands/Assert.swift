// `assert`: a script that stops unless something holds.
import QueryFrames

extension CommandRow {
    static let assert = CommandRow(
        UsageLine(builtIn: "assert COND [TEXT]"),
        summary: "Stop the script with an error unless the condition is true.",
        example: "assert (j | count) > 0 \"no rows\""
    ) { (session, arguments) async throws(ScriptError) in
        switch try arguments.required("cond") {
        case .scalar(.bool(true)): return .null
        case .scalar(.bool(false)), .scalar(.null): throw ScriptError(.assertion(try arguments.text("text")), at: arguments.span("cond"))
        case let value: throw arguments.fault("cond", "a bool", value.typeName)
        }
    }
}
