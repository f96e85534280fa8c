// What is tried with bytes of any kind: the fuzzer makes them up, and the tests run those that were worth keeping.
import QueryFormats
import QueryScript

/// A part of the program that takes bytes from outside and has to give an answer, whatever they are.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// Text to tokens.
    case lexer
    /// Tokens to a tree, and the layout of it, which has to be a layout already when it is laid out again.
    case parser
    /// Names, types and the words for all that is wrong.
    case checker
    /// Everything else, with no service and no grants.
    case machine
    /// The answer of a service, of either form, to a frame: the same one in whatever pieces and by however many workers it is read.
    case results

    /// Tries the bytes; says what went wrong where that is no crash and no answer that never comes.
    public func run(_ bytes: [UInt8]) async -> String? {
        let source = Source(name: "fuzz", bytes: bytes)
        switch self {
        case .lexer:
            let text = String(decoding: bytes, as: UTF8.self)
            let pieces = Highlighter.pieces(of: text)
            return pieces.allSatisfy { $0.range.upperBound <= text.utf8.count } ? nil : "a piece ends behind the text"
        case .parser:
            _ = Session.isComplete(String(decoding: bytes, as: UTF8.self))
            guard case .text(let once) = ScriptFormat.format(source) else { return nil }
            guard case .text(let twice) = ScriptFormat.format(Source(name: "fuzz", text: once)) else { return "what was laid out is no script" }
            return once == twice ? nil : "what was laid out is laid out otherwise"
        case .checker:
            for diagnostic in ScriptCheck.diagnostics(of: source, reading: nil) {
                for renderer in [DiagnosticRenderer(), DiagnosticRenderer(.json)] where renderer.text(of: diagnostic).isEmpty { return "an error has no words" }
            }
            return nil
        case .machine:
            await FuzzSession.run(source)
            return nil
        case .results: return FuzzResult.fault(of: bytes)
        }
    }
}
