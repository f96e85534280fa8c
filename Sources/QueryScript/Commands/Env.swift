// `env`: a variable of the environment.
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension SessionFunctionRow {
    static let env = SessionFunctionRow(
        "env(name)", "The variable of the environment, as a string; null where there is none.", example: "env(\"HOME\")", arity: 1...1
    ) { (session, values) async throws(ScriptError) in
        let name = try text(values[0], "env", "name")
        if !session.grants.environment { throw ScriptError(.notGranted("the environment")) }
        guard !name.utf8.contains(0), let value = getenv(name) else { return .null }
        return .scalar(.string(String(cString: value)))
    }
}
