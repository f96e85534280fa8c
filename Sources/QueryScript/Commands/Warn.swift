// `warn`: a line of values for whoever looks on, not part of the data.

extension CommandRow {
    static let warn = CommandRow(
        UsageLine(builtIn: "warn VALUE, ..."),
        summary: "Write values to standard error, with blanks between them.",
        example: "warn \"no rows for ${month}\""
    ) { (session, arguments) async throws(ScriptError) in
        let line = try arguments.line
        session.output.message(line)
        session.output.event(.warning(line))
        return .null
    }
}
