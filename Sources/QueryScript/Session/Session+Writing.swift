// How rows leave a session: to its output, into a file that appears whole or not at all, or through a command of the shell.
import QueryFormats
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where rows go.
struct Destination: Sendable {
    /// A file; nil for the session's output.
    var path: String?
    /// A command that they pass on the way.
    var through: ShellText?

    /// ` to "top.csv" through gzip`
    var words: String {
        (path.map { " to \(Scalar.string($0).literal)" } ?? "") + (through.map { " through \($0.words)" } ?? "")
    }
}

/// Rows that are written together.
enum ExportedRows: Sendable {
    case one(Frame)
    /// As sheets of a workbook, or tables of one file; only for formats that hold several.
    case several([NamedFrame])

    var count: Int {
        switch self {
        case .one(let frame): frame.count
        case .several(let frames): frames.reduce(0) { $0 + $1.frame.count }
        }
    }

    /// Writes the rows to a sink; what is to be told of them is known also where that ends with an error.
    fileprivate func write(
        as format: FormatRow, _ options: FormatOptions, to sink: any ByteSink, _ written: inout Written
    ) throws(FormatError) {
        switch self {
        case .one(let frame):
            guard let writer = try format.write?(sink, options) else { break }
            defer { written = Written(writer) }
            return try writer.write(frame)
        case .several(let frames):
            guard let writer = try format.writeSeveral?(sink, options) else { break }
            defer { written = Written(writer) }
            return try writer.write(frames, .available)
        }
        throw .io(path: format.name, operation: "write", code: ENOTSUP)
    }
}

/// What is to be told of rows that were written.
private struct Written: Sendable {
    var warnings: [FormatWarning] = []
    var footer: String?

    init() {}

    init(_ writer: any FrameWriter) { (warnings, footer) = (writer.warnings, writer.footer) }
}

extension Session {
    /// The format that is named, or else follows from the path's ending, or else csv where there is no ending. An ending that
    /// means no format is refused: rows of one format in a file that claims another would fool whoever opens it.
    func format(_ name: String?, path: String?, _ arguments: Arguments) throws(ScriptError) -> FormatRow {
        if let name {
            guard let row = Formats.row(named: name) else {
                throw ScriptError(
                    .unknownFormat(name, known: Formats.rows.map(\.name)), at: arguments.span("format") ?? arguments.span("as"))
            }
            return row
        }
        guard let path else { return Formats.csv }
        if let row = Formats.row(forPath: path) { return row }
        let file = Compression.inner(path).split(separator: "/").last ?? ""
        if let dot = file.lastIndex(of: "."), dot != file.startIndex, file.index(after: dot) != file.endIndex {
            throw ScriptError(
                .unknownFormat(String(file[file.index(after: dot)...]), known: Formats.rows.map(\.name)),
                at: arguments.span("to") ?? arguments.span("path"))
        }
        return Formats.csv
    }

    /// Refuses a format that cannot be written and options that it does not have.
    func checkOptions(_ format: FormatRow, _ options: FormatOptions, _ arguments: Arguments) throws(ScriptError) {
        guard let makeWriter = format.write else {
            throw ScriptError(
                .unknownFormat(format.name, known: Formats.rows.filter(\.canWrite).map(\.name)), at: arguments.span("format"))
        }
        // A writer looks at its options when it is made, and writes nothing before it is begun.
        do throws(FormatError) { _ = try makeWriter(OutputSink(output), options) } catch { throw ScriptError(.format(error), at: arguments.span("with")) }
    }

    /// Writes rows in a format.
    func write(_ rows: ExportedRows, as format: FormatRow, _ options: FormatOptions, to destination: Destination) async throws(ScriptError) {
        if destination.through != nil { try handOn() }
        let output = output
        // A command that writes to the terminal, such as a pager, wants to read from it too.
        let command = destination.through.map { _ in
            ShellCommand(isApart: destination.path != nil || output.terminal == nil, hiding: services.secretVariables)
        }
        let outlet = Outlet(through: command)
        let written = try await leavable(outlet) { () -> Result<Written, ScriptError> in
            do throws(FormatError) {
                let file = try destination.path.map { (path) throws(FormatError) in try OutputFile(path: path, name: outlet.name) }
                if let text = destination.through, let command {
                    let written = try command.take(rows, format, options, text, file)
                    if let failure = command.wait() { return .failure(ScriptError(.shell(failure))) }
                    if Cancellation.stopsHere { return .failure(ScriptError(.cancelled)) }
                    if let file { try outlet.commit(file) }
                    return .success(written)
                }
                let sink = file.map { StoppableSink($0, outlet) } ?? StoppableSink(output, outlet)
                let compressed = try destination.compression.map { (kind) throws(FormatError) in
                    try CompressedSink(sink, kind, path: destination.path ?? "")
                }
                var written = Written()
                try rows.write(as: format, options, to: compressed ?? sink, &written)
                try compressed?.finish()
                if Cancellation.stopsHere { return .failure(ScriptError(.cancelled)) }
                if let file { try outlet.commit(file) }
                return .success(written)
            } catch {
                return .failure(ScriptError(.format(error)))
            }
        }
        for warning in written.warnings { warn(Diagnostic.message(of: warning)) }
        if let footer = written.footer, output.terminal != nil {
            try handOn()
            output.message(footer)
        }
    }
}

extension Destination {
    /// How the file is compressed here; what a command writes into a file is the command's own business.
    fileprivate var compression: Compression? { through == nil ? path.flatMap { Compression(path: $0) } : nil }
}

extension ShellCommand {
    /// Starts the command and writes the rows to it; what it writes goes on to `file`, or to standard output.
    fileprivate func take(
        _ rows: ExportedRows, _ format: FormatRow, _ options: FormatOptions, _ text: ShellText, _ file: OutputFile?
    ) throws(FormatError) -> Written {
        let ends = try start(text, .pipe, file.map { .descriptor($0.openDescriptor) } ?? .inherited)
        let sink = DescriptorSink(descriptor: ends.input, name: "sh")
        var written = Written()
        do throws(FormatError) {
            try rows.write(as: format, options, to: sink, &written)
            try sink.flush()
        } catch {
            // A command such as `head` may have read all that it wants; whether it has failed, its status says.
            guard case .closedPipe = error else {
                stop()
                close(ends.input)
                _ = wait()
                throw error
            }
        }
        close(ends.input)
        return written
    }
}
