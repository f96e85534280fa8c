// A variable given on the command line: `-v month=2024-05`.
import QueryScript

/// A name and its value.
struct GivenVariable: Sendable {
    let name: String
    let value: ScriptValue

    /// Why the text after `-v` is none.
    enum Fault: Error, CustomStringConvertible {
        case noValue(String)
        case notAName(String)

        var description: String {
            switch self {
            case .noValue(let text): "-v takes NAME=VALUE, and this is \(text)"
            case .notAName(let name): "-v cannot make a variable of the name \(name)"
            }
        }
    }

    /// Names that every script finds already.
    private static let taken = ["args", "script_dir"]

    init(_ text: String) throws(Fault) {
        guard let equals = text.firstIndex(of: "=") else { throw .noValue(text) }
        name = String(text[..<equals])
        guard Session.canName(name), !GivenVariable.taken.contains(name) else { throw .notAName(name) }
        value = ScriptValue(literalOr: String(text[text.index(after: equals)...]))
    }
}
