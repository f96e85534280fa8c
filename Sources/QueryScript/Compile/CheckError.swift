// What can be wrong with a script that is well formed, found before it runs; Diagnostics/ words it.
import QueryFrames

/// Why a well-formed script is refused.
public enum CheckFault: Hashable, Sendable {
    case unknownName(String, known: [String])
    case unknownFunction(String, known: [String])
    /// An assignment to a name that no `let` has made.
    case assignmentToUnknown(String, known: [String])
    case argumentCount(function: String, usage: String, found: Int)
    case outsideLoop(String)
    case outsideFunction(String)
    /// An `import` that does not stand at the outermost level.
    case importInBlock
    /// Files import each other in a circle.
    case importCycle([String])
    case duplicateParameter(String, first: Span)
    /// Two functions of one block have the same name.
    case duplicateFunction(String, first: Span)
    /// An argument that must be given stands after one that may be left out.
    case requiredAfterOptional(String)
    /// The command gives nothing, and something takes its value: a pipe, or something else.
    case noValue(command: String, isPiped: Bool)
    /// A script needs more registers, constants or the like than the machine has.
    case tooComplex(what: String, limit: Int)
    /// `${}` in the text of a query stands between quotes.
    case quotedInterpolation
    /// `${}` in the text of a shell command stands between quotes.
    case quotedShellValue
    /// `${}` in the text of `save`, which has no values yet.
    case interpolationInSave
    /// Something that a row expression cannot hold.
    case notInRowExpression(String)
    /// A function that an expression over columns calls has something that such an expression cannot hold, in this line of its source.
    case functionOverColumns(String, RowObstacle, line: Int)
    case repeatedBinding(String, first: Span)
    /// An option that holds a secret is given by value.
    case plainSecret(String)
    case unknownFormat(String, known: [String])
    /// The name of a file, without quotes.
    case fileWithoutQuotes(String)
    case duplicateField(String, first: Span)
    /// What a plan would say too, of a window.
    case plan(PlanError)
}

/// Why calls of a function cannot become part of an expression over columns.
public enum RowObstacle: Hashable, Sendable {
    /// It has something, such as a loop, that is for scripts alone.
    case has(String)
    /// It shows a value.
    case shows
    /// It calls a function, perhaps itself, that is being called already.
    case recursion(String)
    /// Where it is called, another variable hides the one that it means.
    case hidden(String)
}

/// Something that runs and can hardly be meant, and its place.
public struct CheckWarning: Hashable, Sendable {
    public var fault: Fault
    public var span: Span

    public enum Fault: Hashable, Sendable {
        /// `x == null`, which is null whatever `x` is; `text` is the other side, as it is written.
        case comparisonWithNull(BinaryOperator, text: String)
    }
}

/// A fault and its place.
public struct CheckError: Error, Hashable, Sendable {
    public var fault: CheckFault
    public var span: Span
}

extension CheckFault {
    /// The same of every place: a name that is missing is missing everywhere, whatever there is to choose from.
    var anywhere: CheckFault {
        switch self {
        case .unknownName(let name, _), .assignmentToUnknown(let name, _): .unknownName(name, known: [])
        case .unknownFunction(let name, _): .unknownFunction(name, known: [])
        default: self
        }
    }

    /// Whether it is about a name that an imported file might have.
    var isAboutNames: Bool {
        switch self {
        case .unknownName, .assignmentToUnknown, .unknownFunction: true
        default: false
        }
    }
}
