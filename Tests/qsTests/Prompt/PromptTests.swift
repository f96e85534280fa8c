import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension PseudoTerminal {
    /// Types a line and Enter.
    func enter(_ line: String) { send(line + "\r") }

    /// Whether the prompt comes to stand alone on the last line that has text.
    func isBack() -> Bool {
        wait(timeout: 20) { screen in screen.lines.last { $0 != "" } == "qs>" }
    }

    /// Types a line and says whether the screen then holds `line` and the prompt is back.
    func answers(_ typed: String, with line: String) -> Bool {
        enter(typed)
        return wait(untilLine: line, timeout: 20) && isBack()
    }
}

/// The prompt in a terminal: statements, what they show, and how the session ends.
@Suite("prompt", .serialized)
struct PromptTests {
    let bench: Workbench

    init() throws {
        bench = try Workbench()
        try bench.folder.write("a.csv", "name,n\nEU,1\nさくら,20\nUS,3\n")
    }

    @Test("it greets, runs statements and keeps their variables; Ctrl-D leaves with 0")
    func statements() throws {
        let terminal = try bench.prompt()
        #expect(terminal.isBack())
        #expect(terminal.screen.lines.first?.hasPrefix("qs 0.") == true)
        #expect(terminal.answers("let x = 20", with: "qs> let x = 20"))
        #expect(terminal.answers("x * 2 + 2", with: "42"))
        #expect(terminal.answers("print \"x is ${x}\"", with: "x is 20"))
        terminal.send("\u{4}")
        #expect(terminal.waitForEnd() == .exited(0))
    }

    @Test("rows are shown as a table with their number, wide characters in line")
    func table() throws {
        let terminal = try bench.prompt()
        #expect(terminal.isBack())
        #expect(terminal.answers("open \"a.csv\"", with: "3 rows × 2 columns"))
        let lines = terminal.screen.lines
        let head = try #require(lines.firstIndex(of: "name     n"))
        #expect(lines[head + 1] == "──────  ──")
        #expect(Array(lines[(head + 2)...(head + 4)]) == ["EU       1", "さくら  20", "US       3"])
    }

    @Test("a null is dim beside a text of the same letters, unless colours are not wanted")
    func nulls() throws {
        for (changes, style) in [([:], "2"), (["NO_COLOR": "1"], "")] {
            let terminal = try bench.prompt(changing: changes)
            #expect(terminal.isBack())
            #expect(terminal.answers("[{a: null, b: \"null!\"}]", with: "1 row × 2 columns"))
            let head = try #require(terminal.screen.lines.firstIndex { $0.hasPrefix("a ") && $0.contains("b") })
            #expect(terminal.screen.style(of: "null", row: head + 2) == style)
            #expect(terminal.screen.style(of: "null!", row: head + 2) == "")
        }
    }

    @Test("of many rows those are shown that fit, and more if asked for")
    func manyRows() throws {
        let terminal = try bench.prompt()
        #expect(terminal.isBack())
        let text = "with recursive c(n) as (select 1 union all select n + 1 from c limit 1000) select n from c"
        #expect(terminal.answers("let j = run \"\(text)\"; j", with: "1,000 rows × 1 column (19 × 1 shown)"))
        #expect(terminal.screen.lines.contains("   n") && terminal.screen.lines.contains("   ⋮"))
        #expect(terminal.answers("show j with rows=3", with: "1,000 rows × 1 column (3 × 1 shown)"))
        terminal.resize(rows: 40, columns: 80)
        #expect(terminal.answers("j", with: "1,000 rows × 1 column (35 × 1 shown)"))
    }

    @Test("a table is fitted to the terminal's width, also after it changes")
    func fitted() throws {
        let terminal = try bench.prompt(columns: 60)
        #expect(terminal.isBack())
        #expect(terminal.answers("let r = [{a: \"\(String(repeating: "x", count: 90))\", b: 1}]", with: "qs>"))
        terminal.enter("r")
        #expect(terminal.wait(untilLine: String(repeating: "x", count: 56) + "…  1", timeout: 20))
        terminal.resize(rows: 24, columns: 40)
        #expect(terminal.isBack())
        terminal.enter("r")
        #expect(terminal.wait(untilLine: String(repeating: "x", count: 36) + "…  1", timeout: 20))
    }

    @Test("an error is shown with its place, and the session goes on")
    func error() throws {
        let terminal = try bench.prompt()
        #expect(terminal.isBack())
        terminal.enter("open \"a.csv\" | where nme == \"EU\"")
        #expect(terminal.wait(untilLine: "error[unknown-column]: there is no column `nme`", timeout: 20))
        #expect(terminal.wait(untilLine: "  at prompt:1:22", timeout: 20))
        #expect(terminal.wait(untilLine: "     |                      ^^^ did you mean `name`?", timeout: 20))
        #expect(terminal.isBack())
        #expect(terminal.screen.style(of: "error[") == "1;31")
        #expect(terminal.answers("print 1 + 1", with: "2"))
    }

    @Test("an unfinished statement is asked on for")
    func continuation() throws {
        let terminal = try bench.prompt()
        #expect(terminal.isBack())
        terminal.enter("for x in [1, 2] {")
        #expect(terminal.wait(untilLine: "...", timeout: 20))
        terminal.enter("print x + 100")
        terminal.enter("}")
        #expect(terminal.wait(untilLine: "101", timeout: 20) && terminal.wait(untilLine: "102", timeout: 20))
        #expect(terminal.isBack())
    }

    @Test("_ is what was shown last, and a line that begins with | goes on from it")
    func last() throws {
        let terminal = try bench.prompt()
        #expect(terminal.isBack())
        #expect(terminal.answers("open \"a.csv\"", with: "3 rows × 2 columns"))
        #expect(terminal.answers("| where n > 1", with: "2 rows × 2 columns"))
        #expect(terminal.answers("| where n > 5 | select name", with: "1 row × 1 column"))
        #expect(terminal.answers("_.name", with: "[\"さくら\"]"))
    }

    @Test("a job that is started by itself is told of, and _ is it")
    func startedJob() throws {
        let terminal = try bench.prompt()
        #expect(terminal.isBack())
        #expect(terminal.answers("save q as \"select {{n}} as n\"", with: "qs>"))
        terminal.enter("run q with n=7")
        #expect(terminal.wait(until: "job_") && terminal.wait(until: " (q)"))
        #expect(terminal.isBack())
        #expect(terminal.answers("_", with: "1 row × 1 column"))
        #expect(terminal.screen.lines.contains("7"))
        terminal.enter("wait (run q with n=8)")
        #expect(terminal.wait(until: "succeeded: 1 row in ", timeout: 20))
        #expect(terminal.isBack())
    }

    @Test("nothing in data speaks to the terminal")
    func harmless() throws {
        let terminal = try bench.prompt()
        #expect(terminal.isBack())
        #expect(terminal.answers("[{a: \"x\\u{1b}[31mred\\u{7}\\u{9b}2J\"}]", with: "x\\e[31mred\\u{7}\\u{9b}2J"))
        #expect(terminal.answers("\"y\\u{1b}]0;title\\u{7}\"", with: "y\\e]0;title\\u{7}"))
        #expect(terminal.answers("let j = run \"select 'z' || char(27) || '[2J' as a\"; j", with: "z\\e[2J"))
        terminal.enter("run \"select nope as \u{202e}x\"; _")
        #expect(terminal.isBack())
        #expect(!terminal.output.contains("\u{1b}[31mred") && !terminal.output.contains("\u{1b}]0;title"))
        #expect(!terminal.screen.lines.filter { $0.hasPrefix("error") }.joined().unicodeScalars.contains("\u{202e}"))
    }

    @Test("exit leaves with its status, and the terminal has its modes back")
    func exit() throws {
        let terminal = try bench.prompt()
        let before = terminal.modes
        #expect(terminal.isBack())
        terminal.enter("exit 3")
        #expect(terminal.waitForEnd() == .exited(3))
        #expect(terminal.modes[3] & UInt32(ECHO) == UInt32(ECHO))
        #expect(terminal.modes.count == before.count)
    }

    @Test("a terminal without abilities has a prompt too")
    func dumb() throws {
        let terminal = try bench.prompt(changing: ["TERM": "dumb"])
        #expect(terminal.wait(until: "qs> "))
        terminal.enter("print 40 + 2")
        #expect(terminal.wait(until: "\n42\r\n") || terminal.wait(until: "42", timeout: 5))
        terminal.enter("nope")
        #expect(terminal.wait(until: "error[unknown-"))
        #expect(!terminal.output.contains("\u{1b}"))
        terminal.send("\u{4}")
        #expect(terminal.waitForEnd() == .exited(0))
    }

    @Test("a pasted text of several lines runs when Enter is pressed, not before")
    func paste() throws {
        let terminal = try bench.prompt()
        #expect(terminal.isBack())
        terminal.send("\u{1b}[200~print 100 + 1\nprint 200 + 1\u{1b}[201~")
        terminal.settle()
        #expect(!terminal.screen.lines.contains("101"))
        terminal.send("\r")
        #expect(terminal.wait(untilLine: "101", timeout: 20) && terminal.wait(untilLine: "201", timeout: 20))
    }

    @Test("a statement that takes its time says how long")
    func time() throws {
        let terminal = try bench.prompt()
        #expect(terminal.isBack())
        terminal.enter("sleep 1100ms")
        #expect(terminal.wait(until: "took 1."))
        #expect(terminal.isBack())
    }
}
