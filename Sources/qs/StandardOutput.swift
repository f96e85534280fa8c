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
final class StandardOutput: SessionOutput {
    private let sink = Mutex(DescriptorSink(descriptor: STDOUT_FILENO, name: "standard output"))
    private let isTerminal = isatty(STDOUT_FILENO) == 1
    /// Whether messages may be coloured.
    let isColoured: Bool

    init(noColor: Bool) {
        isColoured = !noColor && isatty(STDERR_FILENO) == 1 && Environment["NO_COLOR"] == nil && Environment["TERM"] != "dumb"
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
        try sink.withLock { (sink) throws(FormatError) in try sink.write(bytes) }
    }

    func flush() throws(FormatError) {
        try sink.withLock { (sink) throws(FormatError) in try sink.flush() }
    }

    func message(_ text: String) {
        // Data that was written before stands before the message where both go to one terminal.
        if isTerminal { try? flush() }
        var rest = Array((text + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            // Nobody can be told that standard error is gone.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    var terminal: TerminalSize? {
        guard isTerminal else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return TerminalSize(columns: 80, rows: 24) }
        return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }
}
