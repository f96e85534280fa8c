// `sleep`: waiting for time to pass.
import QueryFrames

extension CommandRow {
    static let sleep = CommandRow(
        UsageLine(builtIn: "sleep DURATION"),
        summary: "Wait for some time.",
        example: "sleep 30s"
    ) { (session, arguments) async throws(ScriptError) in
        guard let micros = try arguments.duration("duration") else { return .null }
        if try session.rehearse("sleep \(Scalar.duration(micros).text)") { return .null }
        try session.handOn()
        do { try await Task.sleep(for: .microseconds(micros)) } catch { throw ScriptError(.cancelled) }
        return .null
    }
}
