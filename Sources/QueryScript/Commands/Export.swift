// `export`: rows as bytes, on standard output or in a file.
import QueryFormats
import QueryFrames

extension CommandRow {
    static let export = CommandRow(
        UsageLine(builtIn: "export SUBJECT [FORMAT] [to PATH] [through COMMAND] [with OPTIONS]"),
        summary: "Write rows to standard output, to a file that appears whole or not at all, or to a command of the shell.",
        example: "j | where revenue > 1000 | export csv to \"top.csv.gz\""
    ) { (session, arguments) async throws(ScriptError) in
        let destination = Destination(path: try arguments.text("to"), through: try arguments.shellText("through"))
        let format = try session.format(try arguments.word("format"), path: destination.path, arguments)
        let options = FormatOptions(values: try arguments.options("with"))
        if destination.path != nil { try session.requireFiles() }
        if destination.through != nil { try session.requireShell() }
        // What can be known to fail is found before the rows are waited for.
        try session.checkOptions(format, options, arguments)
        let subject = try arguments.required("subject")
        let named = subject.severalFrames
        if named != nil, !format.holdsSeveral { throw ScriptError(.severalFrames(format: format.name), at: arguments.span("subject")) }
        guard let rows = try await session.knownRows(of: subject, named) else {
            _ = try session.rehearse("export the rows of \(subject.text) as \(format.name)\(destination.words)")
            return .null
        }
        if try session.rehearse("export \(rows.count) rows as \(format.name)\(destination.words)") { return .null }
        try await session.write(rows, as: format, options, to: destination)
        session.output.event(.exported(path: destination.path, format: format.name, rows: rows.count))
        return .null
    }
}

extension Session {
    /// The rows that are to be written; nil in a rehearsal that does not have them.
    fileprivate func knownRows(of subject: ScriptValue, _ named: [ScriptValue.RecordField]?) async throws(ScriptError) -> ExportedRows? {
        guard let named else { return try await knownFrame(of: subject).map(ExportedRows.one) }
        var frames: [NamedFrame] = []
        for field in named {
            guard let frame = try await knownFrame(of: field.value) else { return nil }
            frames.append(NamedFrame(field.name, frame))
        }
        return .several(frames)
    }
}

extension ScriptValue {
    /// The fields of a record of frames, such as `{EU: a, US: b}`; nil for any other value.
    fileprivate var severalFrames: [RecordField]? {
        guard case .record(let fields) = self, !fields.isEmpty, fields.allSatisfy(\.value.isRows) else { return nil }
        return fields
    }
}
