// `sh`: what a command of the shell writes, as text.

extension CommandRow {
    static let sh = CommandRow(
        UsageLine(builtIn: "sh COMMAND -> string"),
        summary: "Run a command of the shell and give what it writes, without the line ends at its end; each ${x} in it is one quoted word.",
        example: "let lines = sh \"grep -c ${month} orders.csv\""
    ) { (session, arguments) async throws(ScriptError) in
        guard let text = try arguments.shellText("command") else { throw arguments.fault("command", "text", "nothing") }
        if try session.rehearse("sh \(text.words)") { throw ScriptError(.notRun("the output of sh")) }
        return .scalar(.string(try await session.shellOutput(text)))
    }
}
