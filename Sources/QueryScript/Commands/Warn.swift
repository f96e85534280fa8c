// `warn`: a line of values for whoever looks on, not part of the data.
import QueryFrames

extension CommandRow {
    static let warn = CommandRow(
        UsageLine(builtIn: "warn VALUE, ..."),
        summary: "Write values to standard error, with blanks between them.",
        example: "warn \"no rows for ${month}\""
    ) { (session, arguments) async throws(ScriptError) in
        let output = session.output
        let line = try arguments.line
        defer { Leftovers.free(line) }
        @Sendable func tell(_ text: String) {
            output.message(text)
            output.event(.warning(text))
        }
        if line.count > Cancellation.stretch {
            if Cancellation.stopsHere { throw ScriptError(.cancelled) }
            // Nobody else has the buffer, and making a text of it takes its time too.
            nonisolated(unsafe) let whole = line
            try await BlockingWork.leavable { .success(tell(whole.text)) }
        } else {
            tell(line.text)
        }
        return .null
    }
}
