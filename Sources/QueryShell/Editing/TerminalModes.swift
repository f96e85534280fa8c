// The terminal's modes while a line is edited, and their way back on every path out, a fatal signal's among them.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// Process-wide, because the terminal is, and because a signal handler can reach nothing else.
enum TerminalModes {
    /// The modes to go back to. Written only while `isEditing` is false, which is what a handler looks at first.
    nonisolated(unsafe) private static let saved = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    private static let isEditing = Atomic<Bool>(false)
    /// Bracketed paste off, plain style, cursor shown, and off the line that was being typed.
    private static let leaving: StaticString = "\u{1b}[?2004l\u{1b}[0m\u{1b}[?25h\r\n"

    /// Notes the present modes; false if they cannot be had. From here on `restore` brings them back.
    static func beginEditing() -> Bool {
        guard tcgetattr(Terminal.input, saved) == 0 else { return false }
        isEditing.store(true, ordering: .sequentiallyConsistent)
        Terminal.write("\u{1b}[?2004h")
        return true
    }

    /// Brings back the modes that `beginEditing` found; what is typed ahead stays.
    static func endEditing() {
        guard isEditing.exchange(false, ordering: .sequentiallyConsistent) else { return }
        tcsetattr(Terminal.input, TCSADRAIN, saved)
        Terminal.write("\u{1b}[?2004l")
    }

    /// Brings the modes back from within a signal handler, and leaves the editing otherwise as it is.
    static func restoreInHandler() {
        guard isEditing.load(ordering: .sequentiallyConsistent) else { return }
        tcsetattr(Terminal.input, TCSANOW, saved)
        _ = write(Terminal.output, leaving.utf8Start, leaving.utf8CodeUnitCount)
    }

    /// Makes the statics before a handler may need them, as making them is nothing a handler may do.
    static func prepare() { _ = (saved, isEditing.load(ordering: .relaxed), leaving) }
}
