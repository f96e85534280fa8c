// `show`: a value for whoever looks on.
import QueryFormats
import QueryFrames

extension CommandRow {
    static let show = CommandRow(
        UsageLine(builtIn: "show SUBJECT [with OPTIONS]"),
        summary: "Print rows as a table that fits the terminal, or as CSV elsewhere, and any other value as text.",
        example: "show j with rows=100"
    ) { (session, arguments) async throws(ScriptError) in
        try await session.show(try arguments.required("subject"), options: FormatOptions(values: try arguments.options("with")))
        return .null
    }
}

extension Session {
    /// Shows a value to whoever looks on: rows as a table on a terminal and as CSV elsewhere, anything else as text.
    func show(_ value: ScriptValue, options: FormatOptions) async throws(ScriptError) {
        guard value.isRows else {
            let line = TextBuffer()
            defer { Leftovers.free(line) }
            if output.terminal == nil { value.write(to: line) } else { line.append(DisplayText.escapedLines(value.text)) }
            return try writeLine(line)
        }
        guard let frame = try await knownFrame(of: value) else {
            _ = try rehearse("show the rows of \(value.text)")
            return
        }
        guard let terminal = output.terminal else { return try await write(.one(frame), as: Formats.csv, FormatOptions(), to: Destination()) }
        var options = options
        options.width = settings.width ?? terminal.columns
        options.styled = output.takesColour
        if options.values["rows"] == nil { options.values["rows"] = .int(settings.rows ?? terminal.shownRows) }
        try await write(.one(frame), as: Formats.table, options, to: Destination())
    }

    /// Writes a line of data.
    func writeLine(_ text: String) throws(ScriptError) {
        do throws(FormatError) {
            try output.write(line: text)
        } catch {
            throw ScriptError(.format(error))
        }
    }

    /// Writes a line of data that may be long, a stretch at a time.
    func writeLine(_ line: TextBuffer) throws(ScriptError) {
        line.append(UInt8(ascii: "\n"))
        for start in stride(from: 0, to: line.count, by: Cancellation.stretch) {
            if cancellation.isRaised { throw ScriptError(.cancelled) }
            do throws(FormatError) {
                try output.write(UnsafeRawBufferPointer(start: line.pointer + start, count: min(Cancellation.stretch, line.count - start)))
            } catch {
                throw ScriptError(.format(error))
            }
        }
    }
}

extension ScriptValue {
    /// Whether the value stands for rows.
    var isRows: Bool {
        switch self {
        case .frame, .job: true
        case .list(let items):
            !items.isEmpty && items.allSatisfy { if case .record = $0 { true } else { false } }
        default: false
        }
    }
}
