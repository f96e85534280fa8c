// Waiting for a key, and what else may come meanwhile: a signal, a message, another size, the end of the editor.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension EditingThread {
    /// The next key; nil once `outcome` says that the line has ended. While no key is there, what `seen` gives is shown.
    func nextKey(showing seen: (() -> EditedText)? = nil) -> Unicode.Scalar? {
        while outcome == nil {
            if let scalar = keys.next() { return scalar }
            if !Terminal.hasInput { show(seen?() ?? editedText()) }
            wait(showing: seen)
        }
        return nil
    }

    /// Waits for keys or an event, and takes in what there is.
    func wait(showing seen: (() -> EditedText)? = nil) {
        var polled = [
            pollfd(fd: Terminal.input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: editor.wake.reading, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&polled, 2, -1) > 0 else { return }
        if polled[1].revents != 0 { for event in editor.wake.take() { handle(event, showing: seen) } }
        guard outcome == nil, polled[0].revents != 0 else { return }
        switch keys.fill() {
        case .bytes, .nothing: break
        case .end: isPlain ? (outcome = .end) : end(with: .end)
        case .failure(let code): isPlain ? (outcome = .failed(errno: code)) : end(with: .failed(errno: code))
        }
    }

    func handle(_ event: WakePipe.Event, showing seen: (() -> EditedText)? = nil) {
        guard outcome == nil else { return }
        if isPlain { return handlePlain(event) }
        switch event {
        case .news:
            let (messages, isClosed) = takeNews()
            if isClosed { return end(with: .end) }
            if !messages.isEmpty { Terminal.write(painter.erase() + messages.map { Terminal.withReturns($0) + "\r\n" }.joined()) }
        case .interrupt:
            editor.isInterrupted.store(false, ordering: .relaxed)
            keys.removeAll()
            end(with: .interrupted, mark: "^C")
        case .resize:
            line.resize()
            painter.resize(Terminal.size, seen?() ?? editedText())
        case .resume:
            line.retakeTerminal()
            Terminal.write("\u{1b}[?2004h")
            painter.forget()
        }
    }

    /// The messages to show, and whether the editor is to end.
    func takeNews() -> (messages: [String], isClosed: Bool) {
        editor.state.withLock { state in
            defer { if !state.isClosed { state.messages = [] } }
            return (state.messages, state.isClosed)
        }
    }

    /// Ends the line: what was typed stays on the screen, and the cursor goes below it.
    func end(with answer: LineEditor.Line, mark: String = "") {
        outcome = answer
        Terminal.write(painter.finish(editedText(isFinal: true), mark: mark))
    }

    private func show(_ text: EditedText) { Terminal.write(painter.draw(text)) }

    /// The line as it is to be seen; a final one has the cursor at its end and no hint.
    func editedText(isFinal: Bool = false) -> EditedText {
        let scalars = line.scalars
        var text = EditedText(prompt: prompt, continuation: continuation, scalars: scalars, cursor: isFinal ? scalars.count : line.cursor)
        guard editor.isStyled, scalars.count <= EditingThread.styledLimit else { return text }
        text.styles = styles(of: scalars)
        if !isFinal, let hint, let first = hint.split(separator: "\n", omittingEmptySubsequences: false).first { text.hint = String(first) }
        return text
    }

    /// Longer texts are shown plain: they would be coloured anew at each key.
    private static let styledLimit = 20_000

    /// What the latest history entry that begins with the line has behind it; nil unless the cursor is at the line's end.
    var hint: String? {
        guard editor.isStyled, editor.hooks.showsHints, line.cursor == line.scalars.count else { return nil }
        let text = line.text
        guard let entry = editor.history.latest(beginningWith: text) else { return nil }
        return String(decoding: entry.utf8.dropFirst(text.utf8.count), as: UTF8.self)
    }

    private func styles(of scalars: [Unicode.Scalar]) -> [TextStyle] {
        guard let highlight = editor.hooks.highlight, !scalars.isEmpty else { return [] }
        let ranges = highlight(String(String.UnicodeScalarView(scalars))).sorted { $0.range.lowerBound < $1.range.lowerBound }
        var styles: [TextStyle] = []
        styles.reserveCapacity(scalars.count)
        var (byte, next) = (0, 0)
        for scalar in scalars {
            while next < ranges.count, ranges[next].range.upperBound <= byte { next += 1 }
            styles.append(next < ranges.count && ranges[next].range.contains(byte) ? ranges[next].style : .plain)
            byte += UTF8.width(scalar)
        }
        return styles
    }
}
