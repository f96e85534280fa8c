// A rehearsal: a script runs, and says what it would send and write instead of doing it. Rows of jobs are not there, so what cannot
// go on without them is left out.
import QueryClient
import QueryFrames

/// How a session runs scripts.
public struct Manner: Sendable {
    /// A statement that fails is told, and the next one runs.
    public var keepsGoing: Bool
    /// Nothing is sent or written. The session's service has to be one that sends nothing.
    public var isRehearsal: Bool
    /// A script ends where it would first wait for a job that goes on without this process.
    public var detaches: Bool

    public init(keepsGoing: Bool = false, isRehearsal: Bool = false, detaches: Bool = false) {
        (self.keepsGoing, self.isRehearsal, self.detaches) = (keepsGoing, isRehearsal, detaches)
    }

    /// Whether each statement of a script stands or falls alone.
    var separatesStatements: Bool { keepsGoing || isRehearsal }
}

extension Session {
    /// Says what would be done; false where it is to be done.
    func rehearse(_ words: @autoclosure () -> String) throws(ScriptError) -> Bool {
        guard manner.isRehearsal else { return false }
        try writeLine("would " + words())
        return true
    }

    /// The rows that a value stands for; nil in a rehearsal, where a job has none.
    func knownFrame(of value: ScriptValue) async throws(ScriptError) -> Frame? {
        do {
            return try await frame(of: value)
        } catch {
            if manner.isRehearsal, case .service(.notRun) = error.fault { return nil }
            throw error
        }
    }

    /// Takes note of a statement that failed and goes on: `failure` is told unless a rehearsal is the reason for it.
    func goOn(after failure: ScriptFailure) throws(ScriptError) {
        if manner.isRehearsal {
            switch failure.fault {
            case .service(.notRun(let id)): return try writeLine("left out line \(failure.line): it needs the rows of \(id)")
            case .notRun(let what): return try writeLine("left out line \(failure.line): it needs \(what)")
            case .undefined(let name): return try writeLine("left out line \(failure.line): it needs `\(name)`")
            default: break
            }
        }
        let diagnostic = failure.diagnostic
        if firstFailure == nil { firstFailure = diagnostic }
        output.event(.error(diagnostic))
    }
}

extension QueryRequest {
    /// What would be run: `run by_region with from=2024-05-01 on orders`.
    var words: String {
        var words = "run "
        switch text {
        case .saved(let name): words += name
        case .text(let text): words += Scalar.string(text).literal
        }
        if !bindings.isEmpty { words += " with " + bindings.map { "\($0.name)=\($0.value.literal)" }.joined(separator: ", ") }
        if let target { words += " on \(target)" }
        if let timeout { words += " timeout \(Scalar.duration(timeout).text)" }
        return words
    }
}
