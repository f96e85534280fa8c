import TestSupport
import Testing

@Suite("charts of the program")
struct PlotTests {
    private let bench: Workbench

    init() throws { bench = try Workbench() }

    private static let rows = "let t = [{region: \"EU\", n: 3}, {region: \"UK\", n: 5}, {region: \"EU\", n: 1}]\n"

    @Test("what a chart leaves out or adds up is told beside it, not in it")
    func notices() throws {
        let result = try bench.qs("-c", PlotTests.rows + "t | plot")
        #expect(result.output.hasPrefix("sum of n by region\n\nEU "))
        #expect(result.error == "rows with the same `region` are added up; summarize first for anything else\n")
        #expect(result.ending == .exited(0))
    }

    @Test("a dry run says what would be drawn, and writes no file")
    func rehearsal() throws {
        let result = try bench.qs("--dry-run", "-c", PlotTests.rows + "t | plot to \"x.svg\"")
        #expect(result.output == "would plot 3 rows to \"x.svg\"\n" && result.error == "")
        #expect(bench.folder.bytes("x.svg") == nil)
    }

    @Test("a terminal gets a chart of its own width, in colours unless they are unwanted")
    func terminal() throws {
        for (environment, isColoured) in [([:], true), (["NO_COLOR": "1"], false)] {
            let terminal = try PseudoTerminal(
                builtProgram("qs"), ["--workspace", bench.folder.path("workspace"), "-c", PlotTests.rows + "t | summarize n = sum(n) by region | plot"],
                environment: plainEnvironment.merging(environment) { $1 }, columns: 40)
            #expect(terminal.wait(until: "UK"))
            #expect(terminal.waitForEnd() == .exited(0))
            let text = String(decoding: terminal.outputBytes, as: UTF8.self)
            #expect(text.contains("\u{1b}[38;5;32m") == isColoured)
            #expect(text.contains(String(repeating: "█", count: 35)))
            #expect(!text.contains(String(repeating: "█", count: 36)))
        }
    }

    @Test("the check knows the columns that a chart is given")
    func checked() throws {
        let result = try bench.qs("check", "-", input: PlotTests.rows + "t | plot x regin y n, m by region")
        #expect(result.error.contains("there is no column `regin`") && result.error.contains("there is no column `m`"))
        #expect(try bench.qs("check", "-", input: PlotTests.rows + "t | plot bar x region y n").ending == .exited(0))
    }
}
