// `read`: a file as one string.
import QueryFormats
import QueryFrames

extension SessionFunctionRow {
    static let read = SessionFunctionRow(
        "read(path)", "The whole text of a file, expanded where its ending is .gz or .zst; \"-\" is standard input.",
        example: "read(\"query.sql\")", arity: 1...1
    ) { (session, values) async throws(ScriptError) in
        let path = try text(values[0], "read", "path")
        try session.requireFiles()
        return .scalar(.string(try await BlockingWork.leavable { () -> Result<String, ScriptError> in
            do throws(FormatError) {
                let source = try ByteSource(path: path)
                try source.checkUTF8()
                return .success(withExtendedLifetime(source) { String(decoding: source.bytes, as: UTF8.self) })
            } catch {
                return .failure(ScriptError(.format(error)))
            }
        }))
    }
}
