import TestSupport
import Testing

/// Tab at the prompt.
@Suite("completion at the prompt", .serialized)
struct PromptCompletionTests {
    let bench: Workbench

    init() throws {
        bench = try Workbench()
        try bench.folder.write("a.csv", "region,product,Total Revenue\nEU,Anvil,1\n")
        _ = try bench.qs("-c", "save monthly_revenue as \"select {{month}} as m\"; dataset orders_2024 = \"a.csv\"")
    }

    /// A session that has a frame and a variable.
    private func session() throws -> PseudoTerminal {
        let terminal = try bench.prompt()
        #expect(terminal.isBack())
        #expect(terminal.answers("let frame = open \"a.csv\"; let limit_of_all = 3", with: "qs>"))
        return terminal
    }

    @Test("Tab completes what can only be one thing", arguments: [
        ("expo", "export "), ("print lim", "print limit_of_all "), ("run mon", "run monthly_revenue "),
        ("run monthly_revenue ti", "run monthly_revenue timeout "), ("run monthly_revenue on ord", "run monthly_revenue on orders_2024 "),
        ("frame | whe", "frame | where "), ("frame | where pro", "frame | where product "),
        ("frame | sort region des", "frame | sort region desc "), ("export frame mark", "export frame markdown "),
        ("help der", "help derive "), ("frame | where Tot", "frame | where `Total Revenue` "),
    ])
    func completes(typed: String, line: String) throws {
        let terminal = try session()
        terminal.send(typed + "\t")
        // What is typed next shows that a blank was put behind the word.
        terminal.send("|")
        #expect(terminal.wait(untilLine: "qs> " + line + "|", timeout: 20), "\(terminal.screen.text)")
    }

    @Test("Tab lists what there is where it could be several things, and leaves the line")
    func lists() throws {
        let terminal = try session()
        terminal.send("export frame js\t")
        #expect(terminal.wait(until: "jsonl"))
        #expect(terminal.wait { screen in screen.lines.contains { $0.hasPrefix("json ") } && screen.lines.contains { $0.hasPrefix("jsonl ") } })
        #expect(terminal.wait(untilLine: "qs> export frame json", timeout: 20))
        terminal.send("l\r")
        #expect(terminal.wait(until: "{\"region\":\"EU\",\"product\":\"Anvil\",\"Total Revenue\":1}"))
    }

    @Test("fields of a job are completed behind its name")
    func fields() throws {
        let terminal = try session()
        #expect(terminal.answers("let job1 = run \"select 1 as x\"", with: "qs> let job1 = run \"select 1 as x\""))
        terminal.send("job1.sta\t")
        #expect(terminal.wait(until: "job1.status"))
    }

    @Test("asking for names makes no workspace")
    func untouched() throws {
        let terminal = try bench.prompt("--workspace", "new")
        #expect(terminal.isBack())
        terminal.send("run mon\t\t")
        terminal.settle()
        #expect(!bench.folder.names().contains("new"))
    }
}
