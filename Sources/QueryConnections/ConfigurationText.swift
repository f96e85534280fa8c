// A configuration file's text and the values in it.
import QueryClient
import QueryFormats
import QueryFrames
import TOMLKit
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
        guard let text = String(validating: source.bytes, as: UTF8.self) else {
            throw .syntax(path: path, line: 1, column: 1, reason: "it is not UTF-8")
        }
        return text
    }

    static func table(_ text: String, path: String) throws(ConfigurationFault) -> TOMLTable {
        do {
            return try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw .syntax(path: path, line: error.source.begin.line, column: error.source.begin.column, reason: error.description)
        } catch {
            throw .syntax(path: path, line: 1, column: 1, reason: "it is no TOML")
        }
    }

    /// A single value; nil for lists, times and the like, which no setting takes.
    static func scalar(_ value: any TOMLValueConvertible) -> Scalar? {
        if let text = value.string { return .string(text) }
        if let number = value.int { return .int(Int64(number)) }
        if let flag = value.bool { return .bool(flag) }
        return nil
    }

    /// `{ env = "NAME" }`, `{ file = "PATH" }` or `{ command = "TEXT" }`.
    static func token(
        _ table: TOMLTable, _ place: String, _ file: Configuration.File, home: String?
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
