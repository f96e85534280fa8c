// `assert`: a script that stops unless something holds.
import QueryFrames

extension CommandRow {
    static let assert = CommandRow(
        UsageLine(builtIn: "assert COND [TEXT]"),
        summary: "Stop the script with an error unless the condition is true.",
        example: "assert (j | count) > 0 \"no rows\""
    ) { (session, arguments) async throws(ScriptError) in
        if try arguments.condition("cond") { return .null }
        throw ScriptError(.assertion(try arguments.text("text")), at: arguments.span("cond"))
    }
}
