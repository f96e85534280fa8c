import QueryFrames
import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import QueryScript

@Suite("the language's manual")
struct ManualTests {
    private static let path = Files.package + "/docs/language.md"

    @Test("holds the rows of every command, transform, function and window, as the program has them")
    func rows() throws {
        let manual = try #require(Files.text(ManualTests.path))
        let begin = try #require(manual.firstRange(of: "writes them -->\n")), end = try #require(manual.firstRange(of: "<!-- end of rows -->"))
        let expected = manual[..<begin.upperBound] + ManualTests.tables + manual[end.lowerBound...]
        if getenv("QS_UPDATE") != nil {
            try write(String(expected))
        } else {
            #expect(manual == expected, "QS_UPDATE=1 swift test --filter ManualTests writes the manual anew")
        }
    }

    private func write(_ text: String) throws {
        let file = try #require(fopen(ManualTests.path, "w"))
        defer { fclose(file) }
        #expect(fputs(text, file) >= 0)
    }

    private static var tables: String {
        let table = CommandTable.standard
        let commands = table.commands.map { ($0.usage.text, $0.summary, $0.example) }
        let transforms = table.transforms.map { ($0.usage.text, $0.summary, $0.example) }
        let pure = Functions.rows.map { row in (row.usage, row.summary, "\(row.example.text(row.name)) is \(row.example.result.literal)") }
        let functions = (pure + table.functions.map { ($0.usage, $0.summary, $0.example) }).sorted { $0.0 < $1.0 }
        let windows = Windows.rows.map { ($0.usage, $0.summary, $0.example) }
        return "\n### Commands\n\n" + lines(commands) + "\n### Transforms\n\n" + lines(transforms) + "\n### Functions\n\n" + lines(functions)
            + "\n### Windows\n\n" + lines(windows) + "\n### Aggregates\n\n"
            + lines(Aggregates.rows.map { ($0.usage, $0.summary, $0.example) }) + "\n"
    }

    private static func lines(_ rows: [(String, String, String)]) -> String {
        var text = "| usage | | example |\n|---|---|---|\n"
        for row in rows { text += "| \(code(row.0)) | \(cell(row.1)) | \(code(row.2)) |\n" }
        return text
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

    /// Text as code in a table's cell; a pipe has to be escaped even there.
    private static func code(_ text: String) -> String { "`" + cell(text) + "`" }
}

