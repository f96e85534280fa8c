// `open`: a file as a frame.
import QueryFormats
import QueryFrames

extension CommandRow {
    static let open = CommandRow(
        UsageLine(builtIn: "open PATH [as FORMAT] [with OPTIONS] -> frame"),
        summary: "Read a file into a frame; \"-\" is standard input.",
        example: "let targets = open \"targets.csv\""
    ) { (session, arguments) async throws(ScriptError) in
        let path = try arguments.requiredText("path")
        try session.requireFiles()
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
            for warning in read.warnings { session.warn(Diagnostic.message(of: warning)) }
            return .frame(read.frame)
        case .failure(let error): throw ScriptError(.format(error), at: arguments.span("path"))
        }
    }
}
