// `sleep`: waiting for time to pass.

extension CommandRow {
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
}
