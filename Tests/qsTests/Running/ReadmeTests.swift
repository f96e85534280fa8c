import TestSupport
import Testing

/// What README.md and the manual show is what happens.
@Suite("readme")
struct ReadmeTests {
    /// A fenced block of the page.
    private struct Block {
        var language: String
        var text: String
    }

    private static func blocks(of page: String = "README.md") throws -> [Block] {
        let text = try #require(Files.text(Files.package + "/" + page))
        var blocks: [Block] = []
        var open: Block?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("```") else {
                open?.text += line + "\n"
                continue
            }
            if let block = open { blocks.append(block) }
            open = open == nil ? Block(language: String(line.dropFirst(3)), text: "") : nil
        }
        return blocks
    }

    private func benchWithExamples() throws -> Workbench {
        let bench = try Workbench()
        try #require(try bench.shell("cp -r \"$PACKAGE/Examples\" .").ending == .exited(0))
        return bench
    }

    @Test("every block for a shell runs, and the text below it is what it prints")
    func shell() throws {
        let blocks = try ReadmeTests.blocks()
        let bench = try benchWithExamples()
        var count = 0, compared = 0
        for (index, block) in blocks.enumerated() where block.language == "sh" {
            let result = try bench.shell("exec 2>&1\n" + block.text.replacing("Scripts/qs", with: "\"$QS\""))
            #expect(result.ending == .exited(0), "\(block.text)\(result.output)")
            count += 1
            guard index + 1 < blocks.count, blocks[index + 1].language == "text" else { continue }
            let shown = blocks[index + 1].text
            if shown.hasSuffix("...\n") {
                #expect(result.output.hasPrefix(shown.dropLast(4)))
            } else {
                #expect(result.output == shown)
            }
            compared += 1
        }
        #expect(count >= 3 && compared >= 2)
    }

    @Test("the blocks of the language run one after another, as in one session", arguments: [
        ("README.md", "product,region,revenue,net\n"), ("docs/language.md", "region,revenue\n"),
    ])
    func language(page: String, begin: String) throws {
        let bench = try benchWithExamples()
        let scripts = try ReadmeTests.blocks(of: page).filter { $0.language == "qs" }
        try #require(!scripts.isEmpty)
        let result = try bench.command(scripts.flatMap { ["-c", $0.text] }).run()
        #expect(result.error == "")
        #expect(result.ending == .exited(0))
        #expect(result.output.hasPrefix(begin))
    }
}
