// `print`: a line of values as data.
import QueryFrames

extension CommandRow {
    static let print = CommandRow(
        UsageLine(builtIn: "print VALUE, ..."),
        summary: "Write values to standard output, with blanks between them.",
        example: "print \"rows:\", (j | count)"
    ) { (session, arguments) async throws(ScriptError) in
        let line = try arguments.line
        defer { Leftovers.free(line) }
        try session.writeLine(line)
        return .null
    }
}

extension Arguments {
    /// The values of a line that `print` and `warn` write.
    var line: TextBuffer {
        get throws(ScriptError) {
            let line = TextBuffer()
            for (index, item) in list("items").enumerated() {
                if index > 0 { line.append(" ") }
                try item.required("value").write(to: line)
            }
            return line
        }
    }
}
