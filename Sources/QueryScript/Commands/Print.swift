// `print`: a line of values as data.

extension CommandRow {
    static let print = CommandRow(
        UsageLine(builtIn: "print VALUE, ..."),
        summary: "Write values to standard output, with blanks between them.",
        example: "print \"rows:\", (j | count)"
    ) { (session, arguments) async throws(ScriptError) in
        try session.writeLine(try arguments.line)
        return .null
    }
}

extension Arguments {
    /// The values of a line that `print` and `warn` write.
    var line: String {
        get throws(ScriptError) {
            var line = ""
            for (index, item) in list("items").enumerated() {
                if index > 0 { line += " " }
                line += try item.required("value").text
            }
            return line
        }
    }
}
