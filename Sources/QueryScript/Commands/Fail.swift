// `fail`: a script that stops itself.

extension CommandRow {
    static let fail = CommandRow(
        UsageLine(builtIn: "fail TEXT|ERROR"),
        summary: "Stop the script with an error.",
        example: "fail \"no orders in ${month}\""
    ) { (session, arguments) async throws(ScriptError) in
        switch try arguments.required("text") {
        case .error(let failure): throw ScriptError(.again(failure))
        case let value: throw ScriptError(.failed(value.text))
        }
    }
}
