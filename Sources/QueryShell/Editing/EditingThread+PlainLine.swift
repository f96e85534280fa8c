// Reading without editing, for a terminal that cannot move its cursor: the prompt is printed, the system edits the line.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension EditingThread {
    /// Reads lines until they are a whole statement.
    func readPlainLine() -> LineEditor.Line {
        var text = ""
        Terminal.write(prompt)
        while outcome == nil {
            guard let scalar = keys.next() else {
                wait()
                continue
            }
            guard scalar == "\n" else {
                text.unicodeScalars.append(scalar)
                continue
            }
            if text.allSatisfy(\.isWhitespace) || editor.hooks.isComplete(text) { return .text(text) }
            text.unicodeScalars.append("\n")
            Terminal.write(continuation)
        }
        return outcome ?? .end
    }

    /// Takes in an event; what the system's own editor holds cannot be seen, so the prompt alone is shown again.
    func handlePlain(_ event: WakePipe.Event) {
        switch event {
        case .news:
            let (messages, isClosed) = takeNews()
            if isClosed { outcome = .end }
            if !messages.isEmpty { Terminal.write("\r\n" + messages.map { Terminal.withReturns($0) + "\r\n" }.joined() + prompt) }
        case .interrupt:
            tcflush(Terminal.input, TCIFLUSH)
            keys.removeAll()
            outcome = .interrupted
            Terminal.write("\r\n")
        case .resize: break
        case .resume: Terminal.write(prompt)
        }
    }
}
