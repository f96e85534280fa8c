// Standard output and standard error as a session sees them.
import QueryFormats
import QueryScript
import Synchronization
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes data to descriptor 1, buffered, and messages to descriptor 2.
///
/// Unchecked because the sink is no value that could be sent; it is only touched under the lock.
final class StandardOutput: SessionOutput, @unchecked Sendable {
    private let lock = Mutex(())
    private let sink = DescriptorSink(descriptor: STDOUT_FILENO, name: "standard output")
    private let isTerminal = isatty(STDOUT_FILENO) == 1
    /// How errors are written.
    let renderer: DiagnosticRenderer
    /// Who follows what happens.
    let events: EventStream?

    let takesColour: Bool

    var followsEvents: Bool { events != nil }

    init(noColor: Bool, errors: SharedOptions.ErrorForm = .text, events: EventStream? = nil) {
        self.events = events
        let allowsColour = !noColor && Environment["NO_COLOR"] == nil && Environment["TERM"] != "dumb"
        takesColour = allowsColour && isTerminal
        let isColoured = allowsColour && isatty(STDERR_FILENO) == 1
        renderer = DiagnosticRenderer(errors == .json ? .json : .lines(isColoured: isColoured))
    }

    func event(_ event: SessionEvent) {
        if case .error(let diagnostic) = event { message(renderer.text(of: diagnostic)) }
        events?.write(event)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
        try lock.withLock { (_) throws(FormatError) in try sink.write(bytes) }
    }

    func flush() throws(FormatError) {
        try lock.withLock { (_) throws(FormatError) in try sink.flush() }
    }

    /// Takes what a person should know of a service while it is spoken to.
    func notice(_ text: String) {
        message("note: \(text)")
        events?.write(.warning(text))
    }

    /// Takes what a person should know of what the scripts did.
    func warn(_ text: String) {
        message("warning: \(text)")
        events?.write(.warning(text))
    }

    func message(_ text: String) {
        // Data that was written before stands before the message where both go to one terminal.
        if isTerminal { try? flush() }
        StandardError.write(text + "\n")
    }

    var terminal: TerminalSize? {
        guard isTerminal else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return TerminalSize(columns: 80, rows: 24) }
        return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }
}

/// Standard error, unbuffered.
enum StandardError {
    /// Writes text as far as it can be written: nobody can be told that standard error is gone.
    static func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// write(2), under a name that no method of this file has.
private let systemWrite = write
