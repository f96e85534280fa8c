// Faults that are found before a script runs, in words.

extension CheckFault {
    var wording: Wording {
        switch self {
        case .unknownName(let name, let known):
            Wording(
                code: .unknownName, message: "there is no variable `\(name)`",
                hint: Nearest.hint(name, in: known) ?? "give it a value first: let \(name) = ...")
        case .assignmentToUnknown(let name, let known):
            Wording(
                code: .unknownName, message: "there is no variable `\(name)` to change",
                hint: Nearest.hint(name, in: known) ?? "a new one is made with let \(name) = ...")
        case .unknownFunction(let name, let known):
            Wording(
                code: .unknownFunction, message: "there is no function `\(name)`", hint: Nearest.hint(name, in: known),
                notes: ["`help` lists them all"])
        case .argumentCount(let function, let usage, let found):
            Wording(code: .usage, message: "`\(function)` does not take \(found) argument\(found == 1 ? "" : "s")", notes: ["usage: \(usage)"])
        case .outsideLoop(let word): Wording(code: .syntax, message: "`\(word)` stands outside of a loop")
        case .tooComplex(let what, let limit): Wording(code: .limit, message: "this needs more than \(limit) \(what)")
        case .quotedInterpolation:
            Wording(
                code: .syntax, message: "a value stands between quotes of the query's text",
                hint: "leave the quotes out: the value is bound, not pasted")
        case .interpolationInSave:
            Wording(
                code: .syntax, message: "the text of a saved query cannot hold ${...}",
                hint: "write {{name}} and give the value when the query is run")
        case .notInRowExpression(let what): Wording(code: .type, message: "a \(what) cannot stand in an expression over columns")
        case .repeatedBinding(let name): Wording(code: .syntax, message: "`\(name)` is given twice")
        case .plan(let error): error.wording
        case .duplicateField(let name): Wording(code: .syntax, message: "the record has `\(name)` twice")
        case .unknownFormat(let name, let known):
            Wording(
                code: .unknownFormat, message: "there is no format `\(name)`", hint: Nearest.hint(name, in: known), notes: ["formats: \(known.listed())"])
        }
    }
}
