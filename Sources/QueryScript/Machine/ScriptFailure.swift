// An error as a script sees it in `catch`.
import QueryClient

/// An error that was caught.
public struct ScriptFailure: Hashable, Sendable {
    let fault: MachineFault
    /// The line of the script where it happened, from 1.
    public let line: Int

    init(_ fault: MachineFault, line: Int) {
        self.fault = fault
        self.line = line
    }

    /// The kind of error, such as `unknown-column`.
    public var code: String { fault.wording.code.rawValue }

    /// The error in words.
    public var message: String { fault.wording.message }

    /// The job that failed, where the error is of one.
    public var job: String? {
        switch fault {
        case .service(.cancelled(let id)), .service(.timedOut(let id, _)), .service(.expired(let id)), .service(.lost(let id)),
            .service(.unknownJob(let id)), .service(.foreignJob(let id)), .timeout(let id, _): id
        default: nil
        }
    }
}

extension MachineFault {
    /// Whether something was stopped from outside.
    var isCancellation: Bool {
        switch self {
        case .cancelled, .evaluation(.cancelled), .service(.interrupted): true
        default: false
        }
    }

    /// Whether `catch` may take it: a limit, a cancellation and `exit` end the script whatever it says.
    var isCatchable: Bool {
        switch self {
        case .cancelled, .exit, .tooDeep, .callDepth, .limit, .service(.interrupted), .service(.limit), .format(.closedPipe), .evaluation(.cancelled),
            .evaluation(.limit): false
        default: true
        }
    }
}
