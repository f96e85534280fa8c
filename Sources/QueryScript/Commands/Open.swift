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
        let place = arguments.span("path")
        let result = try await BlockingWork.leavable { () -> Result<ReadResult, ScriptError> in
            do throws(FormatError) {
                return .success(try read(ByteSource(path: path), options))
            } catch {
                return .failure(ScriptError(.format(error), at: place))
            }
        }
        for warning in result.warnings { session.warn(Diagnostic.message(of: warning)) }
        return .frame(result.frame)
    }
}
