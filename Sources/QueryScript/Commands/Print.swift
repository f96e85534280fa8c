// `print`, `warn`, `fail`, `assert`, `sleep`, `exit`: a script speaking and stopping.
import QueryFrames

extension CommandRow {
    static let print = CommandRow(
        UsageLine(builtIn: "print VALUE, ..."),
        summary: "Write values to standard output, with blanks between them.",
        example: "print \"rows:\", (j | count)"
    ) { (session, arguments) async throws(ScriptError) in
        try session.writeLine(try arguments.line)
        return .null
    }

    static let warn = CommandRow(
        UsageLine(builtIn: "warn VALUE, ..."),
        summary: "Write values to standard error, with blanks between them.",
        example: "warn \"no rows for ${month}\""
    ) { (session, arguments) async throws(ScriptError) in
        session.output.message(try arguments.line)
        return .null
    }

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

    static let assert = CommandRow(
        UsageLine(builtIn: "assert COND [TEXT]"),
        summary: "Stop the script with an error unless the condition is true.",
        example: "assert (j | count) > 0 \"no rows\""
    ) { (session, arguments) async throws(ScriptError) in
        if try arguments.condition("cond") { return .null }
        throw ScriptError(.assertion(try arguments.text("text")), at: arguments.span("cond"))
    }

    static let sleep = CommandRow(
        UsageLine(builtIn: "sleep DURATION"),
        summary: "Wait for some time.",
        example: "sleep 30s"
    ) { (session, arguments) async throws(ScriptError) in
        guard let micros = try arguments.duration("duration") else { return .null }
        try session.handOn()
        do { try await Task.sleep(for: .microseconds(micros)) } catch { throw ScriptError(.cancelled) }
        return .null
    }

    static let exit = CommandRow(
        UsageLine(builtIn: "exit [CODE]"),
        summary: "End the program, with a status from 0 to 255.",
        example: "exit 3"
    ) { (session, arguments) async throws(ScriptError) in
        let status = try arguments.int("code") ?? 0
        guard (0...255).contains(status) else { throw arguments.fault("code", "an int from 0 to 255", "\(status)") }
        throw ScriptError(.exit(Int32(status)))
    }
}

extension Arguments {
    /// The values of a line that is printed.
    fileprivate var line: String {
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
