import FuzzTargets
import QueryFrames
import TestSupport
import Testing

@testable import QueryScript

@Suite("the rows of commands, transforms and functions")
struct UsageRowsTests {
    private struct Row {
        var name: String
        var usage: String
        var summary: String
    }

    private static let table = CommandTable.standard
    private static let commands = table.commands.map { Row(name: $0.name, usage: $0.usage.text, summary: $0.summary) }
    private static let transforms = table.transforms.map { Row(name: $0.name, usage: $0.usage.text, summary: $0.summary) }
    private static let functions = Functions.rows.map { Row(name: $0.name, usage: $0.usage, summary: $0.summary) }
        + Windows.rows.map { Row(name: $0.name, usage: $0.usage, summary: $0.summary) }
        + Aggregates.rows.map { Row(name: $0.name, usage: $0.usage, summary: $0.summary) }

    /// Every source of the program, without comments.
    private static let sources: [(path: String, text: String)] = {
        var sources: [(String, String)] = []
        func visit(_ folder: String) {
            for name in Files.names(in: folder) {
                let path = folder + "/" + name
                if name.hasSuffix(".swift"), let text = Files.text(path) {
                    let lines = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
                    sources.append((path, lines.joined(separator: "\n")))
                } else if !name.contains(".") {
                    visit(path)
                }
            }
        }
        visit(Files.package + "/Sources")
        return sources
    }()

    private static func count(of text: String) -> Int {
        sources.reduce(0) { $0 + $1.text.ranges(of: text).count }
    }

    @Test("no usage line stands in the sources twice, and none elsewhere than in its row")
    func oneUsage() {
        #expect(UsageRowsTests.sources.count > 200)
        for row in UsageRowsTests.commands + UsageRowsTests.transforms {
            #expect(UsageRowsTests.count(of: "\"\(row.usage)\"") >= 1, "\(row.usage) is not found, so nothing is shown")
            #expect(UsageRowsTests.count(of: "UsageLine(builtIn: \"\(row.usage)\")") == 1, "\(row.usage)")
        }
        // A function's usage is the first argument of its row; some are made for several rows together.
        for row in UsageRowsTests.functions { #expect(UsageRowsTests.count(of: "\"\(row.usage)\"") <= 1, "\(row.usage)") }
    }

    @Test("no two rows have one name, and no usage line is given twice under different words")
    func oneRow() {
        let names = (UsageRowsTests.commands + UsageRowsTests.transforms).map(\.name)
        #expect(Set(names).count == names.count)
        for folder in ["Commands", "Transforms"] {
            let found = UsageRowsTests.sources.filter { $0.path.contains("/QueryScript/\(folder)/") }
                .reduce(0) { $0 + $1.text.ranges(of: "UsageLine(builtIn: \"").count }
            #expect(found == (folder == "Commands" ? UsageRowsTests.commands : UsageRowsTests.transforms).count, "\(folder)")
        }
    }

    @Test("the stages that read scripts know no command and no transform by its name")
    func stages() {
        for (path, text) in UsageRowsTests.sources {
            let isStage = ["Syntax", "Usage", "Compile", "Check", "Format", "Prompt"].contains { path.contains("/QueryScript/\($0)/") }
            guard isStage else { continue }
            for row in UsageRowsTests.commands + UsageRowsTests.transforms {
                for pattern in ["case \"\(row.name)\"", "== \"\(row.name)\"", "command(\"\(row.name)\")", "transform(\"\(row.name)\")"]
                where text.contains(pattern) {
                    // The word `dataset` is a slot of usage lines as well.
                    if pattern == "case \"dataset\"" { continue }
                    Issue.record("\(path) has \(pattern)")
                }
            }
            // Slots and types that are called like a function are not meant.
            let others = Set(Word.reserved).union(Functions.types).union(["format"])
            for row in UsageRowsTests.functions where !others.contains(row.name) {
                for pattern in ["case \"\(row.name)\":", "name == \"\(row.name)\""] where text.contains(pattern) { Issue.record("\(path) has \(pattern)") }
            }
        }
    }

    @Test("help says of every name what its row says")
    func help() throws {
        for row in UsageRowsTests.commands + UsageRowsTests.transforms + UsageRowsTests.functions {
            let entry = try #require(HelpText.entry(row.name), "no help for \(row.name)")
            #expect(entry.contains(row.usage) || UsageRowsTests.functions.contains { $0.name == row.name && entry.contains($0.usage) }, "\(row.name)")
        }
    }

    @Test("the prompt offers every command and transform with the sentence of its row")
    func completion() async {
        let session = FuzzSession.make()
        let first = await session.suggestions(for: "", cursor: 0).candidates
        for row in UsageRowsTests.commands { #expect(first.contains { $0.text == row.name && $0.note == row.summary }, "\(row.name)") }
        let piped = await session.suggestions(for: "j | ", cursor: 4).candidates
        for row in UsageRowsTests.transforms { #expect(piped.contains { $0.text == row.name && $0.note == row.summary }, "\(row.name)") }
    }

    @Test("every clause word of a usage line is read, coloured and offered")
    func clauses() async {
        let session = FuzzSession.make()
        for row in UsageRowsTests.table.commands {
            let text = row.name + " x "
            let offered = await session.suggestions(for: text, cursor: text.utf8.count).candidates.map(\.text)
            for word in row.usage.clauseWords {
                #expect(offered.contains(word), "\(row.name): \(word)")
                let pieces = Highlighter.pieces(of: text + word)
                #expect(pieces.last?.kind == .keyword, "\(row.name): \(word)")
            }
        }
    }

    @Test("behind a clause that takes columns, those of the command's subject are offered")
    func columns() async {
        let session = FuzzSession.make()
        _ = await session.run(Source(name: "t", text: "let rows = [{region: 1, price: 2}] | select region, price"))
        for text in ["plot rows x ", "plot rows bar by ", "rows | plot y "] {
            let offered = await session.suggestions(for: text, cursor: text.utf8.count).candidates.map(\.text)
            #expect(offered.contains("region") && offered.contains("price"), "\(text)")
        }
    }
}
