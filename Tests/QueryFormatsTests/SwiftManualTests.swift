// The code of docs/swift.md, which has to be the code that is compiled and run here.
import QueryFormats
import QueryFrames
import TestSupport
import Testing

@Suite struct SwiftManualTests {
    /// The lines that the example prints.
    private func example() throws -> [String] {
        var lines: [String] = []
        func print(_ line: String) { lines.append(line) }
        // begin
        let text = "region,month,revenue\nEU,2024-05,1250.50\nUK,2024-05,980\nEU,2024-06,310.25\nUS,2024-06,2210\n"
        let orders = try Formats.csv.read!(ByteSource(bytes: text.utf8, name: "orders.csv"), FormatOptions()).frame

        let regions = Frame(schema: Schema([Field("region", .string), Field("manager", .string)]), columns: [
            Column(.string, [.string("EU"), .string("UK")]),
            Column(.string, [.string("Ana"), .string("Ben")]),
        ])

        let report = try orders.applying([
            .where(.column("revenue") > 300 && .column("month").isIn([.string("2024-05"), .string("2024-06")])),
            .derive([Projection(name: "share", expression: .column("revenue") / .call("sum", .column("revenue")).over())]),
            .join(.left, regions, on: [JoinKey("region")]),
            .summarize(
                [
                    Projection(name: "orders", expression: .call("count")),
                    Projection(name: "share", expression: .call("round", .call("sum", .column("share")), 3)),
                ],
                by: [Projection(name: "manager", expression: .column("manager") ?? "nobody")]),
            .sort([SortKey(.column("share"), descending: true)]),
        ])

        for row in 0..<report.count {
            print((0..<report.schema.fields.count).map { report.scalar(row: row, column: $0).text }.joined(separator: " "))
        }
        // end
        return lines
    }

    /// The fenced blocks of the manual in `language`.
    private func blocks(_ language: String) throws -> [String] {
        let manual = try #require(Files.text("\(Files.package)/docs/swift.md"))
        return manual.split(separator: "```\(language)\n").dropFirst().map { String($0.prefix { $0 != "`" }) }
    }

    @Test("the manual shows the code that runs here") func code() throws {
        let source = try #require(Files.text(#filePath)).split(separator: "\n", omittingEmptySubsequences: false)
        let begin = try #require(source.firstIndex { $0.hasSuffix("// begin") }), end = try #require(source.firstIndex { $0.hasSuffix("// end") })
        let code = source[(begin + 1)..<end].map { $0.dropFirst(8) + "\n" }.joined()
        #expect(try blocks("swift") == [code])
    }

    @Test("the manual shows what the code prints") func output() throws {
        let printed = try example().map { $0 + "\n" }.joined()
        #expect(try blocks("text").last == printed)
    }
}
