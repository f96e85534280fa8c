// An error as a script sees it in `catch`.
import QueryClient

/// An error that was caught.
public struct ScriptFailure: Hashable, Sendable {
    let fault: MachineFault
    /// Where it happened.
    let place: Machine.Place

    init(_ fault: MachineFault, at place: Machine.Place) {
        self.fault = fault
        self.place = place
    }

    /// The line of the script where it happened, from 1.
    public var line: Int { place.source.position(Int(place.span.start)).line }

    /// The error as it is told where nothing catches it.
    var diagnostic: Diagnostic { Diagnostic(ScriptError(fault, at: place.span), in: place.source) }

    /// The kind of error, such as `unknown-column`.
    public var code: String { fault.wording.code.rawValue }

    /// The error in words.
    public var message: String { fault.wording.message }

    /// The job that failed, where the error is of one.
    public var job: String? {
        switch fault {
        case .service(.cancelled(let id)), .service(.timedOut(let id, _)), .service(.expired(let id)), .service(.lost(let id)),
            .service(.unknownJob(let id)), .service(.foreignJob(let id)), .timeout(let id, _): id
        case .again(let failure): failure.job
        default: nil
        }
    }

    /// The exit status of the command of the shell that failed; nil for other errors, and where a signal ended it.
    public var status: Int32? {
        switch fault {
        case .shell(.status(let status)): status
        case .again(let failure): failure.status
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
        case .cancelled, .exit, .detached, .tooDeep, .callDepth, .limit, .service(.interrupted), .service(.limit), .format(.closedPipe), .evaluation(.cancelled),
            .evaluation(.limit): false
        default: true
        }
    }
}
