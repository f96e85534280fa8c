// The kinds of errors in words, as `help` explains them.

extension Diagnostic.Code {
    /// When an error is of the kind.
    var sentence: String {
        switch self {
        case .syntax: "The text is no script; nothing was run."
        case .nullComparison: "A comparison with null by == or !=, which is null whatever is compared, and never true."
        case .unknownCommand: "There is no command or transform of that name."
        case .unknownClause: "The command's usage line has no such word there."
        case .unknownName: "There is no variable of that name."
        case .unknownFunction: "There is no function of that name."
        case .unknownColumn: "The rows have no column of that name."
        case .unknownField: "The record, job or error has no field of that name."
        case .unknownQuery: "There is no saved query of that name."
        case .unknownDataset: "No file is registered under that name."
        case .unknownJob: "The service knows no such job."
        case .unknownFormat: "There is no format of that name, or none that can do this."
        case .unknownOption: "There is no option or setting of that name."
        case .missingParameter: "The query has a parameter that was given no value."
        case .unknownParameter: "The query has no parameter of that name."
        case .usage: "A command or function was given too much, too little, or at the wrong place."
        case .type: "A value is of a type that is not taken there."
        case .overflow: "A result does not fit its type."
        case .value: "A value is of the right type and cannot be used all the same."
        case .format: "A file is not what its format says."
        case .io: "A file could not be read or written."
        case .queryFailed: "The service ran the query, and it failed."
        case .refused: "The service does not run such a query."
        case .cancelled: "The job was cancelled."
        case .timeout: "The time that was given ran out."
        case .expired: "The job's result is no longer there."
        case .catalog: "The workspace could not be read or written."
        case .readOnly: "Something would be changed that must not be."
        case .limit: "A limit of the session was passed; nothing catches it."
        case .notGranted: "The host does not let scripts do this."
        case .unknownService: "There is no service of that name."
        case .unauthorized: "A service did not take the credentials."
        case .unavailable: "A service could not be reached."
        case .badAnswer: "A service answered something else than it promises, or not all of it."
        case .unsupported: "The service does not have this."
        case .configuration: "What a configuration file says cannot be used."
        case .commandFailed: "A command of the shell failed; the error's status is the command's."
        case .failed: "The script said `fail`."
        case .assertion: "What the script asserts does not hold."
        }
    }
}
