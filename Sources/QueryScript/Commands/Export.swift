// `export`, `show`, `open`: frames out of a session and into it.
import QueryFormats
import QueryFrames

extension CommandRow {
    static let export = CommandRow(
        UsageLine(builtIn: "export SUBJECT [FORMAT] [to PATH] [with OPTIONS]"),
        summary: "Write rows to standard output, or to a file that appears whole or not at all.",
        example: "j | where revenue > 1000 | export csv to \"top.csv\""
    ) { (session, arguments) async throws(ScriptError) in
        let path = try arguments.text("to")
        let format = try session.format(try arguments.word("format"), path: path, arguments)
        let options = FormatOptions(values: try arguments.options("with"))
        if path != nil { try session.requireFiles("export") }
        // What can be known to fail is found before the rows are waited for.
        try session.checkOptions(format, options, arguments)
        let frame = try await session.frame(of: try arguments.required("subject"))
        try await session.write(frame, as: format, options, to: path)
        return .null
    }

    static let show = CommandRow(
        UsageLine(builtIn: "show SUBJECT [with OPTIONS]"),
        summary: "Print rows as a table that fits the terminal, or as CSV elsewhere, and any other value as text.",
        example: "show j with rows=100"
    ) { (session, arguments) async throws(ScriptError) in
        try await session.show(try arguments.required("subject"), options: FormatOptions(values: try arguments.options("with")))
        return .null
    }

    static let open = CommandRow(
        UsageLine(builtIn: "open PATH [as FORMAT] [with OPTIONS] -> frame"),
        summary: "Read a file into a frame; \"-\" is standard input.",
        example: "let targets = open \"targets.csv\""
    ) { (session, arguments) async throws(ScriptError) in
        let path = try arguments.requiredText("path")
        try session.requireFiles("open")
        let format = try session.format(try arguments.word("as"), path: path, arguments)
        guard let read = format.read else {
            throw ScriptError(
                .unknownFormat(format.name, known: Formats.rows.filter(\.canRead).map(\.name)), at: arguments.span("as"))
        }
        let options = FormatOptions(values: try arguments.options("with"))
        let result = await BlockingWork.run { () -> Result<ReadResult, FormatError> in
            do throws(FormatError) { return .success(try read(ByteSource(path: path), options)) } catch { return .failure(error) }
        }
        switch result {
        case .success(let read):
            for warning in read.warnings { session.output.message(Diagnostic.message(of: warning)) }
            return .frame(read.frame)
        case .failure(let error): throw ScriptError(.format(error), at: arguments.span("path"))
        }
    }
}

/// What is to be told of rows that were written.
private struct Written: Sendable {
    var warnings: [FormatWarning]
    var footer: String?
}

extension Session {
    /// The format that is named, or else follows from the path's ending, or else csv where there is no ending. An ending that
    /// means no format is refused: rows of one format in a file that claims another would fool whoever opens it.
    fileprivate func format(_ name: String?, path: String?, _ arguments: Arguments) throws(ScriptError) -> FormatRow {
        if let name {
            guard let row = Formats.row(named: name) else {
                throw ScriptError(
                    .unknownFormat(name, known: Formats.rows.map(\.name)), at: arguments.span("format") ?? arguments.span("as"))
            }
            return row
        }
        guard let path else { return Formats.csv }
        if let row = Formats.row(forPath: path) { return row }
        let file = path.split(separator: "/").last ?? ""
        if let dot = file.lastIndex(of: "."), dot != file.startIndex, file.index(after: dot) != file.endIndex {
            throw ScriptError(
                .unknownFormat(String(file[file.index(after: dot)...]), known: Formats.rows.map(\.name)),
                at: arguments.span("to") ?? arguments.span("path"))
        }
        return Formats.csv
    }

    /// Refuses a format that cannot be written and options that it does not have.
    fileprivate func checkOptions(_ format: FormatRow, _ options: FormatOptions, _ arguments: Arguments) throws(ScriptError) {
        guard let makeWriter = format.write else {
            throw ScriptError(
                .unknownFormat(format.name, known: Formats.rows.filter(\.canWrite).map(\.name)), at: arguments.span("format"))
        }
        // A writer looks at its options when it is made, and writes nothing before it is begun.
        do throws(FormatError) { _ = try makeWriter(OutputSink(output), options) } catch { throw ScriptError(.format(error), at: arguments.span("with")) }
    }

    /// Writes rows in a format, to the session's output or to a file that appears whole or not at all.
    fileprivate func write(_ frame: Frame, as format: FormatRow, _ options: FormatOptions, to path: String?) async throws(ScriptError) {
        guard let makeWriter = format.write else {
            throw ScriptError(.unknownFormat(format.name, known: Formats.rows.filter(\.canWrite).map(\.name)))
        }
        let output = output
        let result = await BlockingWork.run { () -> Result<Written, FormatError> in
            do throws(FormatError) {
                let file = try path.map { (path) throws(FormatError) in try OutputFile(path: path) }
                let writer = try makeWriter(file ?? OutputSink(output), options)
                try writer.write(frame)
                try file?.commit()
                return .success(Written(warnings: writer.warnings, footer: writer.footer))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let written):
            for warning in written.warnings { output.message(Diagnostic.message(of: warning)) }
            if let footer = written.footer, output.terminal != nil {
                do throws(FormatError) { try output.flush() } catch { throw ScriptError(.format(error)) }
                output.message(footer)
            }
        case .failure(let error): throw ScriptError(.format(error))
        }
    }

    /// Shows a value to whoever looks on: rows as a table on a terminal and as CSV elsewhere, anything else as text.
    func show(_ value: ScriptValue, options: FormatOptions) async throws(ScriptError) {
        guard value.isRows else {
            try writeLine(output.terminal == nil ? value.text : DisplayText.escapedLines(value.text))
            return
        }
        let frame = try await frame(of: value)
        guard let terminal = output.terminal else { return try await write(frame, as: Formats.csv, FormatOptions(), to: nil) }
        var options = options
        options.width = terminal.columns
        if options.values["rows"] == nil { options.values["rows"] = .int(terminal.shownRows) }
        try await write(frame, as: Formats.table, options, to: nil)
    }

    /// Writes a line of data.
    func writeLine(_ text: String) throws(ScriptError) {
        do throws(FormatError) {
            try output.write(line: text)
        } catch {
            throw ScriptError(.format(error))
        }
    }
}

extension ScriptValue {
    /// Whether the value stands for rows.
    fileprivate var isRows: Bool {
        switch self {
        case .frame, .job: true
        case .list(let items):
            !items.isEmpty && items.allSatisfy { if case .record = $0 { true } else { false } }
        default: false
        }
    }
}
