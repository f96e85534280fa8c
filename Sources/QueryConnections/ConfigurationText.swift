// A configuration file's text and the values in it.
import QueryClient
import QueryFormats
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

enum ConfigurationText {
    /// The text of the file; nil where there is none.
    static func read(_ path: String) throws(ConfigurationFault) -> String? {
        let source: ByteSource
        do throws(FormatError) {
            source = try ByteSource(path: path)
        } catch {
            if case .io(_, _, ENOENT) = error { return nil }
            if case .io(_, _, ENOTDIR) = error { return nil }
            throw .file(error)
        }
        guard let text = source.text else {
            throw .syntax(path: path, line: 1, column: 1, reason: "it is not UTF-8")
        }
        return text
    }

    static func table(_ text: String, path: String) throws(ConfigurationFault) -> [String: TOMLValue] {
        do throws(TOMLValue.Fault) {
            return try TOMLValue.table(reading: text)
        } catch {
            throw .syntax(path: path, line: error.line, column: error.column, reason: error.reason)
        }
    }

    /// A single value; nil for tables, lists, times and the like, which no setting takes.
    static func scalar(_ value: TOMLValue) -> Scalar? {
        switch value {
        case .string(let text): .string(text)
        case .int(let number): .int(number)
        case .bool(let flag): .bool(flag)
        case .table, .other: nil
        }
    }

    /// `{ env = "NAME" }`, `{ file = "PATH" }` or `{ command = "TEXT" }`.
    static func token(
        _ table: [String: TOMLValue], _ place: String, _ file: Configuration.File, home: String?
    ) throws(ConfigurationFault) -> TokenPlace {
        let expected = "{ env = \"NAME\" }, { file = \"PATH\" } or { command = \"TEXT\" }"
        guard table.count == 1, let key = table.keys.first, let text = table[key]?.string, !text.isEmpty else {
            throw .wrongValue(path: file.path, key: place, expected: expected)
        }
        if key == "env" { return .environment(text) }
        guard key == "file" || key == "command" else { throw .wrongValue(path: file.path, key: place, expected: expected) }
        guard file.isOwn else { throw .foreignToken(path: file.path, key: place) }
        if key == "command" { return .command(text) }
        if text.hasPrefix("~/"), let home { return .file(home + text.dropFirst()) }
        guard text.hasPrefix("/") else { throw .wrongValue(path: file.path, key: place, expected: "an absolute path, or one that begins with ~/") }
        return .file(text)
    }
}
