// The thread that the editor lives on: it waits for a request, edits a line, answers, and waits again. What keys do is in
// EditingThread+Commands and its siblings.
import CEditLine
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The editor's own thread and all that only it may touch.
final class EditingThread {
    let editor: LineEditor
    var painter = LinePainter(size: Terminal.size, isStyled: false)
    var keys = KeyInput()
    var history = HistoryCursor([])
    var prompt = ""
    var continuation = ""
    /// What the line has come to; nil while it is being edited.
    var outcome: LineEditor.Line?
    private var buffer: LineBuffer?
    /// Whether the terminal cannot move its cursor, so that lines are read without editing.
    private(set) var isPlain = false

    private init(editor: LineEditor) { self.editor = editor }

    /// Starts the thread; nil if the system has none to give.
    static func start(for editor: LineEditor) -> pthread_t? {
        let argument = Unmanaged.passRetained(editor).toOpaque()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        // The hooks run on this thread, a parser among them.
        pthread_attr_setstacksize(&attributes, 8 << 20)
        #if canImport(Glibc)
        var thread = pthread_t()
        let code = pthread_create(&thread, &attributes, { EditingThread.main($0) }, argument)
        #else
        var thread: pthread_t?
        let code = pthread_create(&thread, &attributes, { EditingThread.main($0) }, argument)
        #endif
        guard code == 0 else {
            Unmanaged<LineEditor>.fromOpaque(argument).release()
            return nil
        }
        return thread
    }

    private static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        EditingThread(editor: Unmanaged<LineEditor>.fromOpaque(argument).takeRetainedValue()).run()
        return nil
    }

    /// The thread whose libedit has called a command.
    static func of(_ handle: OpaquePointer?) -> EditingThread {
        Unmanaged<EditingThread>.fromOpaque(qs_el_client(handle)).takeUnretainedValue()
    }

    /// libedit's line. Commands and hooks run only while there is one.
    var line: LineBuffer {
        guard let buffer else { preconditionFailure("a command ran without a line") }
        return buffer
    }

    private func run() {
        while let request = nextRequest() {
            (prompt, continuation, outcome) = (request.prompt, request.continuation, nil)
            let answer = readLine()
            if case .text(let text) = answer, editor.hooks.remembers(text) { editor.history.add(text) }
            deliver(answer, to: request)
        }
        buffer?.end()
    }

    private func nextRequest() -> LineEditor.Request? {
        while true {
            let (request, isClosed) = editor.state.withLock { state in
                defer { state.request = nil }
                return (state.request, state.isClosed)
            }
            if let request { return request }
            if isClosed { return nil }
            var polled = pollfd(fd: editor.wake.reading, events: Int16(POLLIN), revents: 0)
            poll(&polled, 1, -1)
            _ = editor.wake.take()
        }
    }

    private func readLine() -> LineEditor.Line {
        if editor.state.withLock({ $0.isClosed }) { return .end }
        if buffer == nil && !isPlain { isPlain = !Terminal.isCapable }
        guard !isPlain, TerminalModes.beginEditing() else { return readPlainLine() }
        defer { TerminalModes.endEditing() }
        if buffer == nil { buffer = LineBuffer(client: Unmanaged.passUnretained(self).toOpaque(), reader: EditingThread.readKey) }
        guard let buffer else {
            isPlain = true
            TerminalModes.endEditing()
            return readPlainLine()
        }
        history = HistoryCursor(editor.history.texts)
        painter = LinePainter(size: Terminal.size, isStyled: editor.isStyled)
        startOnFreshRow()
        _ = editor.wake.take()
        handle(.news)
        if editor.isInterrupted.exchange(false, ordering: .acquiring) { return .interrupted }
        let count = buffer.edit()
        if outcome == nil { endForeign(count: count) }
        return outcome ?? .end
    }

    /// Ends a line that none of the editor's own commands has ended, but one of libedit's that the user has bound.
    private func endForeign(count: Int) {
        let text = line.text
        switch count {
        case 1...: end(with: .text(text.hasSuffix("\n") ? String(text.dropLast()) : text))
        case 0: end(with: .end)
        default: end(with: .failed(errno: errno))
        }
    }

    /// Goes to the next row if a program has left the cursor within one: as many spaces as a row has columns but one wrap
    /// from anywhere but its start.
    private func startOnFreshRow() {
        Terminal.write(String(repeating: " ", count: painter.columns - 1) + "\r\u{1b}[K")
    }

    private func deliver(_ answer: LineEditor.Line, to request: LineEditor.Request) {
        editor.state.withLock { state in
            for message in state.messages { Terminal.write(Terminal.withReturns(message) + "\r\n") }
            state.messages = []
            state.isReading = false
        }
        request.caller.resume(returning: answer)
    }

    private static let readKey: qs_read_function = { handle, key in
        let thread = EditingThread.of(handle)
        guard let key, let scalar = thread.nextKey() else {
            errno = EINTR
            return thread.outcome == .end ? 0 : -1
        }
        key.pointee = wchar_t(truncatingIfNeeded: scalar.value)
        return 1
    }
}
