// Faults that are found before a script runs, in words.
import QueryFrames

extension CheckFault {
    var wording: Wording {
        switch self {
        case .unknownName(let name, let known):
            Wording(
                code: .unknownName, message: "there is no variable `\(name)`",
                hint: OtherLanguages.hint(for: name, at: .value) ?? Functions.row(named: name).map { "it is a function: \($0.usage)" }
                    ?? Nearest.hint(name, in: known) ?? "give it a value first: let \(name.asName) = ...")
        case .assignmentToUnknown(let name, let known):
            Wording(
                code: .unknownName, message: "there is no variable `\(name)` to change",
                hint: Nearest.hint(name, in: known) ?? "a new one is made with let \(name.asName) = ...")
        case .unknownFunction(let name, let known):
            Wording(
                code: .unknownFunction, message: "there is no function `\(name)`",
                hint: known.contains(name.lowercased()) ? Nearest.hint(name, in: known)
                    : OtherLanguages.hint(for: name, at: .function) ?? OtherLanguages.hint(for: name, at: .step) ?? Nearest.hint(name, in: known),
                notes: ["`help` lists them all"])
        case .argumentCount(let function, let usage, let found):
            Wording(code: .usage, message: "`\(function)` does not take \(found) argument\(found == 1 ? "" : "s")", notes: ["usage: \(usage)"])
        case .outsideLoop(let word): Wording(code: .syntax, message: "`\(word)` stands outside of a loop")
        case .outsideFunction(let word):
            Wording(code: .syntax, message: "`\(word)` stands outside of a function", hint: "`exit` ends a script")
        case .importInBlock: Wording(code: .syntax, message: "`import` stands inside of a block", hint: "it belongs at the outermost level of a script")
        case .importCycle(let paths): Wording(code: .syntax, message: "files import each other in a circle: \(paths.joined(separator: " -> "))")
        case .duplicateParameter(let name, let first):
            Wording(code: .syntax, message: "two arguments of the function are called `\(name)`", labels: [.init(first, "the first one")])
        case .duplicateFunction(let name, let first):
            Wording(
                code: .syntax, message: "there is a function `\(name)` in this block already", hint: "choose another name",
                labels: [.init(first, "it is defined here")])
        case .requiredAfterOptional(let name):
            Wording(code: .syntax, message: "`\(name)` must be given, and stands after an argument that need not", hint: "give it a value: \(name) = ...")
        case .noValue(let command, let isPiped):
            Wording(
                code: .usage, message: "`\(command)` gives no value that could be used here",
                hint: isPiped ? "a pipeline among values stands in parentheses: (x | f())" : nil)
        case .tooComplex(let what, let limit): Wording(code: .limit, message: "this needs more than \(limit) \(what)")
        case .quotedInterpolation:
            Wording(
                code: .syntax, message: "a value stands between quotes of the query's text",
                hint: "leave the quotes out: the value is bound, not pasted")
        case .quotedShellValue:
            Wording(
                code: .syntax, message: "a value stands between quotes of the command's text",
                hint: "leave the quotes out: the value arrives as one quoted word")
        case .interpolationInSave:
            Wording(
                code: .syntax, message: "the text of a saved query cannot hold ${...}",
                hint: "write {{name}} and give the value when the query is run")
        case .notInRowExpression(let what): Wording(code: .type, message: "a \(what) cannot stand in an expression over columns")
        case .functionOverColumns(let name, let obstacle, let line):
            Wording(
                code: .type, message: "`\(name)` cannot be called in an expression over columns",
                hint: "\(obstacle.words), in line \(line)",
                notes: ["such a function computes one value: let, if and else, return, and calls of others"])
        case .plainSecret(let name):
            Wording(
                code: .value, message: "`\(name)` has to say where the secret is found, and not to be it",
                hint: "write env(\"NAME\"), file(\"PATH\") or command(\"TEXT\")")
        case .repeatedBinding(let name, let first):
            Wording(code: .syntax, message: "`\(name)` is given twice", labels: [.init(first, "it is given here first")])
        case .plan(let error): error.wording
        case .duplicateField(let name, let first):
            Wording(code: .syntax, message: "the record has `\(name)` twice", labels: [.init(first, "its value is given here first")])
        case .fileWithoutQuotes(let name): .fileWithoutQuotes(name)
        case .unknownFormat(let name, let known):
            Wording(
                code: .unknownFormat, message: "there is no format `\(name)`", hint: Nearest.hint(name, in: known), notes: ["formats: \(known.listed())"])
        }
    }
}

extension CheckWarning.Fault {
    var wording: Wording {
        switch self {
        case .comparisonWithNull(let op, let text):
            Wording(
                code: .nullComparison, message: "`\(op.rawValue) null` is null and never true",
                hint: "write `\(text) is \(op == .equal ? "" : "not ")null`")
        }
    }
}

extension Diagnostic {
    /// What a run says of a script although it runs, in one line.
    static func message(of warning: CheckWarning, in source: Source) -> String {
        let wording = warning.fault.wording, line = source.position(Int(warning.span.start)).line
        return "\(wording.message), in line \(line)\(wording.hint.map { ": " + $0 } ?? "")"
    }
}

extension String {
    /// The name as a script has to write it.
    fileprivate var asName: String {
        let isWord = utf8.allSatisfy { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") || $0 == UInt8(ascii: "_") }
        return isWord ? self : "`\(self)`"
    }
}

extension RowObstacle {
    fileprivate var words: String {
        switch self {
        case .has(let what): "it has a \(what)"
        case .shows: "it shows a value on the way"
        case .recursion(let name): "it calls `\(name)` while that is being called"
        case .hidden(let name): "another `\(name)` hides the one that it means"
        }
    }
}
