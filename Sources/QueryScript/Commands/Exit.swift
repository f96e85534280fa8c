// `exit`: the end of the program, with a status.

extension CommandRow {
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
