// What can go wrong while a script runs, as facts; Diagnostics/ words them.
import QueryClient
import QueryFormats
import QueryFrames

/// Why running a script stopped.
public enum MachineFault: Error, Hashable, Sendable {
    /// An operator or function met values it does not take.
    case evaluation(EvaluationError)
    /// The value called is no function.
    case notAFunction(String)
    case argumentCount(function: String, expected: ClosedRange<Int>, found: Int)
    /// Functions call each other deeper than the machine goes.
    case callDepth(limit: Int)
    /// A limit of the session was passed.
    case limit(Limits.Passed)
    /// `fail` with an error that was caught before.
    indirect case again(ScriptFailure)
    /// A condition is not a bool (or null, which is not true).
    case condition(found: String)
    /// A value has no field of that name.
    case unknownField(String, of: String, known: [String])
    /// A value of this type has no fields or elements; `member` is the field that was asked for.
    case noMembers(String, member: String?)
    case indexType(found: String, of: String)
    case notIterable(String)
    /// A range's ends are not ints.
    case rangeType(String)
    /// The name's `let` has not run.
    case undefined(String)
    case tooDeep(limit: Int)
    /// The session was told to stop.
    case cancelled
    /// An argument of a command is of the wrong type.
    case argument(command: String, slot: String, expected: String, found: String)
    case service(ServiceError)
    case format(FormatError)
    /// Rows cannot be drawn.
    case chart(ChartError)
    /// The file of a chart has an ending that means something else.
    case chartEnding(path: String)
    case plan(PlanError)
    /// A variable that a row expression names is a frame, a job or the like.
    case variableNotScalar(name: String, found: String)
    /// `fail`, with the script's own text.
    case failed(String)
    case assertion(String?)
    /// `wait ... timeout` ran out, after so many microseconds; the job goes on.
    case timeout(id: String, after: Int64)
    /// A command was given a subject that gives no frame.
    case notAFrame(String)
    case unknownFormat(String, known: [String])
    case unknownHelp(String, known: [String])
    /// Records of one list have different shapes where a frame is wanted.
    case mixedColumn(name: String, first: String, found: String)
    /// A command of the shell failed.
    case shell(ShellFailure)
    /// A rehearsal does not have what is wanted.
    case notRun(String)
    /// A record of frames was given to a format that holds one table.
    case severalFrames(format: String)
    /// The script was told not to wait for jobs that go on without it.
    case detached
    /// A service cannot be described so.
    case setting(SettingFault)
    case unknownSetting(String, known: [String])
    /// The host has not granted this.
    case notGranted(String)
    /// `exit`, with a status.
    case exit(Int32)
}

/// A fault, where it happened, and how commands throw one.
public struct ScriptError: Error, Hashable, Sendable {
    public var fault: MachineFault
    /// Nil where the place is the command itself.
    public var span: Span?

    public init(_ fault: MachineFault, at span: Span? = nil) {
        self.fault = fault
        self.span = span
    }
}
