// The editor in a real terminal: a probe program reads lines and prints each as it was read.
import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

private let left = "\u{1b}[D"
private let up = "\u{1b}[A"
private let down = "\u{1b}[B"
private let home = "\u{1b}[H"

/// The probe in a terminal, with its prompt shown.
private func probe(
    _ environment: [String: String] = [:], rows: Int = 24, columns: Int = 80
) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
        builtProgram("EditorProbe"), environment: plainEnvironment.merging(environment) { $1 }, rows: rows, columns: columns)
    try #require(terminal.wait(until: "probe> "))
    return terminal
}

extension PseudoTerminal {
    /// Types a text and says whether the probe then reports that it read `line`.
    fileprivate func reads(_ line: String, typing keys: String) -> Bool {
        send(keys)
        return wait(until: "read " + line.debugDescription) && wait(until: "probe> ")
    }
}

@Suite(.serialized) struct LineEditorTests {
    @Test("a typed line is read, characters of all widths among them")
    func typing() throws {
        let terminal = try probe()
        #expect(terminal.reads("print 日本 é 🙂", typing: "print 日本 é 🙂\r"))
        #expect(terminal.reads("", typing: "\r"))
    }

    @Test("without any locale in the environment all characters can still be typed")
    func noLocale() throws {
        let terminal = try probe(["LC_ALL": ""])
        #expect(terminal.reads("日é", typing: "日é\r"))
        #expect(terminal.screen.lines.contains("probe> 日é"))
    }

    @Test("bytes that are no UTF-8 are read as replacement characters, and the next line is unhurt")
    func invalidBytes() throws {
        let terminal = try probe()
        terminal.send(bytes: [0x61, 0xff, 0xe6, 0x62, 0x0d])
        #expect(terminal.wait(until: "read " + "a\u{fffd}\u{fffd}b".debugDescription))
        #expect(terminal.reads("c", typing: "c\r"))
    }

    @Test("editing between wide characters changes what is under the cursor")
    func editing() throws {
        let terminal = try probe()
        terminal.send("日本語" + left + left + "X")
        #expect(terminal.wait(untilLine: "probe> 日X本語"))
        #expect((terminal.screen.row, terminal.screen.column) == (0, 10))
        #expect(terminal.reads("日X語Z", typing: "\u{1b}[3~\u{5}Z\r"))
    }

    @Test("keys for words and line ends do what they say")
    func wordKeys() throws {
        let terminal = try probe()
        #expect(terminal.reads("one X two three", typing: "one two three\u{1b}[1;5D\u{1b}[1;5DX \r"))
        #expect(terminal.reads("Aone B", typing: "one two\u{17}\u{1}A\u{1b}[FB\r"))
        #expect(terminal.reads("two", typing: "one \u{15}two\r"))
        #expect(terminal.reads("ac", typing: "ab\u{7f}c\r"))
    }

    @Test("keys that mean nothing insert nothing")
    func unboundKeys() throws {
        let terminal = try probe()
        #expect(terminal.reads("ab", typing: "a\u{1b}[15~\u{1b}[1;2A\u{1b}OP\u{1b}[2~b\r"))
    }

    @Test("the user's .editrc binds the editor's commands, and vi's keys can be had")
    func editrc() throws {
        let folder = try ScratchFolder()
        try folder.write(".editrc", "bind ^T qs-newline\n")
        #expect(try probe(["HOME": folder.path]).reads("a\nb", typing: "a\u{14}b\r"))
        try folder.write(".editrc", "bind -v\n")
        let terminal = try probe(["HOME": folder.path])
        #expect(terminal.reads("one\ntwo", typing: "\u{1b}[200~one\rtwo\u{1b}[201~\r"))
        #expect(terminal.reads("one", typing: "one\r"))
        #expect(terminal.reads("oXe", typing: "one\u{1b}hrX\r"))
        #expect(terminal.reads("one", typing: "\u{1b}kk\r"))
    }

    @Test("history comes back with Up, in the next session too, and the line being typed with Down")
    func history() throws {
        let folder = try ScratchFolder()
        let environment = ["PROBE_HISTORY": folder.path("state/h.jsonl")]
        let first = try probe(environment)
        #expect(first.reads("one", typing: "one\r"))
        #expect(first.reads("a\\\nb", typing: "a\\\rb\r"))
        #expect(first.reads("my secret", typing: "my secret\r"))
        first.send("\u{4}")
        #expect(first.waitForEnd() == .exited(0))

        let second = try probe(environment)
        #expect(second.reads("a\\\nbX", typing: up + "X\r"))
        #expect(second.reads("one", typing: up + up + up + up + up + "\r"))
        #expect(second.reads("draft", typing: "draft" + up + down + "\r"))
    }

    @Test("a history that cannot be written takes nothing away from the session")
    func unwritableHistory() throws {
        let terminal = try probe(["PROBE_HISTORY": "/proc/none/h"])
        #expect(terminal.reads("one", typing: "one\r"))
        #expect(terminal.reads("one", typing: up + "\r"))
    }

    @Test("Ctrl-C drops the line, and the next one is read")
    func interrupt() throws {
        let terminal = try probe()
        terminal.send("half a li")
        #expect(terminal.wait(untilLine: "probe> half a li"))
        terminal.send("\u{3}")
        #expect(terminal.wait(until: "interrupted"))
        #expect(terminal.wait(until: "probe> "))
        #expect(terminal.reads("next", typing: "next\r"))
    }

    @Test("Ctrl-C in a statement of several lines drops all of it")
    func interruptContinuation() throws {
        let terminal = try probe()
        terminal.send("one\\\rtwo")
        #expect(terminal.wait(untilLine: "  ... two"))
        terminal.send("\u{3}")
        #expect(terminal.wait(until: "interrupted"))
        #expect(terminal.reads("next", typing: "next\r"))
    }

    @Test("Ctrl-C while nothing is read is told to the program")
    func interruptElsewhere() throws {
        let terminal = try probe()
        terminal.send("sleep\r")
        #expect(terminal.wait(until: "sleeping"))
        terminal.send("\u{3}")
        #expect(terminal.wait(until: "interrupted while not reading"))
        #expect(terminal.wait(until: "slept"))
        #expect(terminal.reads("next", typing: "next\r"))
    }

    @Test("Ctrl-D ends an empty line, deletes within one, and does nothing at its end")
    func endOfInput() throws {
        let terminal = try probe()
        #expect(terminal.reads("bc", typing: "abc\u{4}\(home)\u{4}\r"))
        let modes = terminal.modes
        terminal.send("\u{4}")
        #expect(terminal.waitForEnd() == .exited(0))
        #expect(terminal.modes != modes)
        #expect(terminal.output.hasSuffix("end\r\n"))
        #expect(!terminal.screen.privateModes.contains(2004))
    }

    @Test("Tab inserts the only candidate with what follows it")
    func uniqueCompletion() throws {
        let terminal = try probe()
        #expect(terminal.reads("x select y", typing: "x se\ty\r"))
        #expect(terminal.reads("日本 ", typing: "日\t\r"))
    }

    @Test("Tab inserts what all candidates share and lists them below the line")
    func ambiguousCompletion() throws {
        let terminal = try probe()
        terminal.send("x pr y" + left + left + "\t")
        #expect(terminal.wait { $0.text == "probe> x print y\nprint\nprinter  a device\nprobe> x print y\n" })
        #expect(terminal.reads("x printZ y", typing: "Z\r"))
    }

    @Test("a long list of candidates is cut, and the number of the rest told")
    func longCompletion() throws {
        let terminal = try probe(columns: 40)
        terminal.send("many\t")
        #expect(terminal.wait(untilLine: "… and 150 more"))
        #expect(terminal.reads("many1", typing: "1\r"))
    }

    @Test("Tab in the blank beginning of a line indents")
    func indentation() throws {
        let terminal = try probe()
        #expect(terminal.reads("a\\\n    b", typing: "a\\\r\tb\r"))
    }

    @Test("Enter goes on with a statement that is not whole, and Alt-Enter with one that is")
    func continuation() throws {
        let terminal = try probe()
        #expect(terminal.reads("one\\\ntwo", typing: "one\\\rtwo\r"))
        #expect(terminal.screen.text.hasPrefix("probe> one\\\n  ... two\n"))
        #expect(terminal.reads("one\ntwo", typing: "one\u{1b}\rtwo\r"))
    }

    @Test("Up and Down move between the lines of a statement before they reach the history")
    func linesBeforeHistory() throws {
        let terminal = try probe()
        #expect(terminal.reads("old", typing: "old\r"))
        #expect(terminal.reads("oneX\\\ntwoY", typing: "one\\\rtwo" + up + "X" + down + "Y\r"))
        #expect(terminal.reads("old", typing: "a\\\rb" + up + up + "\u{15}" + up + up + up + "\r"))
    }

    @Test("a pasted text of several lines runs nothing before Enter, and cannot steer the terminal")
    func paste() throws {
        let terminal = try probe()
        terminal.send("\u{1b}[200~one\rtwo\u{1b}[2J\t3\r\u{1b}[201~")
        #expect(terminal.wait { $0.lines.prefix(2) == ["probe> one", "  ... two[2J    3"] })
        terminal.settle()
        #expect(!terminal.output.contains("read "))
        #expect(terminal.reads("one\ntwo[2J\t3!", typing: "!\r"))
    }

    @Test("a hundred kilobytes can be pasted, in brackets or as keys")
    func largePaste() throws {
        let terminal = try probe()
        let line = String(repeating: "0123456789", count: 10)
        let text = Array(repeating: line, count: 1000).joined(separator: "\n")
        terminal.send("\u{1b}[200~" + text + "\u{1b}[201~")
        terminal.send("!\r")
        #expect(terminal.wait(until: (line + "\n" + line + "!").debugDescription.dropFirst() + "", timeout: 60))
        let long = String(repeating: "x", count: 100_000)
        terminal.send(long + "\r")
        #expect(terminal.wait(until: "read " + long.debugDescription, timeout: 60))
    }

    @Test("a message appears above the line being typed, which stays as it is")
    func message() throws {
        let terminal = try probe(columns: 20)
        terminal.send("post\rhalf a line that wraps" + left + left)
        #expect(terminal.wait(until: "notice two"))
        #expect(terminal.wait { $0.text == "probe> post\nnotice one\nnotice two\nprobe> half a line t\nhat wraps\n" })
        #expect((terminal.screen.row, terminal.screen.column) == (4, 7))
        #expect(terminal.reads("half a line that wraXps", typing: "X\r"))
    }

    @Test("after a change of the window's width the line is drawn for the new one")
    func resize() throws {
        let terminal = try probe(columns: 40)
        terminal.send("abcdefghijklmnopqrst")
        #expect(terminal.wait(untilLine: "probe> abcdefghijklmnopqrst"))
        terminal.resize(rows: 24, columns: 20)
        #expect(terminal.wait { $0.lines.contains("nopqrst") })
        terminal.send("uvwxyz0123")
        #expect(terminal.wait { $0.text.hasSuffix("probe> abcdefghijklm\nnopqrstuvwxyz0123\n") })
        #expect(terminal.reads("abcdefghijklmnopqrstuvwxyz0123", typing: "\r"))
    }

    @Test("the prompt begins on a row of its own behind output without a newline")
    func partialOutput() throws {
        let terminal = try probe()
        terminal.send("partial\r")
        #expect(terminal.wait { $0.text == "probe> partial\nno newline\nprobe>\n" })
    }

    @Test("Ctrl-R finds an older statement, Enter runs it, and Ctrl-G brings the line back")
    func search() throws {
        let terminal = try probe()
        #expect(terminal.reads("print one", typing: "print one\r"))
        #expect(terminal.reads("print two", typing: "print two\r"))
        #expect(terminal.reads("print one", typing: "\u{12}prin\u{12}\r"))
        terminal.send("here\u{12}two")
        #expect(terminal.wait(untilLine: "(search: two) print two"))
        #expect(terminal.reads("here!", typing: "\u{7}!\r"))
    }

    @Test("Ctrl-L clears the screen and keeps the line")
    func clearing() throws {
        let terminal = try probe()
        #expect(terminal.reads("a", typing: "a\r"))
        terminal.send("bc\u{c}")
        #expect(terminal.wait { $0.text == "probe> bc\n" })
        #expect(terminal.reads("bcd", typing: "d\r"))
    }

    @Test("the rest of an older statement is hinted at, and Right takes it")
    func hint() throws {
        let terminal = try probe()
        #expect(terminal.reads("print one", typing: "print one\r"))
        terminal.send("pr")
        #expect(terminal.wait { $0.style(of: "int one", row: 2) == "90" })
        #expect(terminal.reads("pr", typing: "\r"))
        #expect(terminal.reads("print one", typing: "prin\u{1b}[C\r"))
    }

    @Test("the line is coloured as the language says, and without a hint or colour under NO_COLOR")
    func colours() throws {
        let terminal = try probe()
        terminal.send("print 1")
        #expect(terminal.wait { $0.style(of: "print 1") == "1;34" && $0.lines.contains("probe> print 1") })
        let plain = try probe(["NO_COLOR": "1"])
        #expect(plain.reads("print 1", typing: "print 1\r"))
        plain.send("pr")
        #expect(plain.wait(until: "pr"))
        plain.settle()
        #expect(!plain.output.contains("\u{1b}[1m") && !plain.output.contains("\u{1b}[1;34m"))
        #expect(plain.screen.lines.contains("probe> pr"))
    }

    @Test("a terminal that cannot move its cursor gets no escape at all, and reads statements of several lines")
    func dumbTerminal() throws {
        let terminal = try probe(["TERM": "dumb"])
        #expect(terminal.reads("one\\\ntwo", typing: "one\\\rtwo\r"))
        terminal.send("half\u{3}")
        #expect(terminal.wait(until: "interrupted"))
        terminal.send("post\r")
        #expect(terminal.wait(until: "notice two"))
        #expect(terminal.reads("next", typing: "next\r"))
        terminal.send("\u{4}")
        #expect(terminal.waitForEnd() == .exited(0))
        #expect(!terminal.output.contains("\u{1b}"))
    }

    @Test("a signal that ends the program gives the terminal its modes back first", arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGSEGV])
    func fatalSignal(signal: Int32) throws {
        let terminal = try PseudoTerminal("/bin/sh", ["-c", "stty -a >/dev/null; read line; exec \(builtProgram("EditorProbe"))"])
        let modes = terminal.modes
        terminal.send("\r")
        #expect(terminal.wait(until: "probe> "))
        terminal.send("half")
        #expect(terminal.wait(untilLine: "probe> half"))
        #expect(terminal.modes != modes)
        kill(terminal.process, signal)
        #expect(terminal.waitForEnd() == .signalled(signal))
        #expect(terminal.modes == modes)
        #expect(terminal.screen.privateModes == [25])
    }

    @Test("while a command runs the terminal has the modes that the program found")
    func modesWhileRunning() throws {
        let terminal = try PseudoTerminal("/bin/sh", ["-c", "read line; exec \(builtProgram("EditorProbe"))"])
        let modes = terminal.modes
        terminal.send("\r")
        #expect(terminal.wait(until: "probe> "))
        terminal.send("sleep\r")
        #expect(terminal.wait(until: "sleeping"))
        #expect(terminal.modes == modes)
        #expect(!terminal.screen.privateModes.contains(2004))
    }

    @Test("a stopped program leaves the terminal as it was, and takes the line up again")
    func stopped() throws {
        let program = builtProgram("EditorProbe")
        let terminal = try PseudoTerminal("/bin/sh", ["-c", "set -m; \(program); echo stopped; fg >/dev/null; echo done"])
        #expect(terminal.wait(until: "probe> "))
        let editing = terminal.modes
        terminal.send("half")
        #expect(terminal.wait(untilLine: "probe> half"))
        terminal.send("\u{1a}")
        #expect(terminal.wait(until: "stopped"))
        #expect(terminal.wait(until: "probe> half"))
        #expect(terminal.modes == editing)
        #expect(terminal.reads("half a line", typing: " a line\r"))
        terminal.send("\u{4}")
        #expect(terminal.wait(until: "done"))
    }

    @Test("an editor that is closed ends the reading and gives the terminal back")
    func closing() throws {
        let terminal = try probe()
        terminal.send("close\rhalf")
        #expect(terminal.waitForEnd() == .exited(0))
        #expect(terminal.screen.text == "probe> close\nprobe> half\nend\n")
        #expect(terminal.screen.privateModes == [25])
    }

    @Test("a second read at the same time is refused, and the first goes on")
    func twoReads() throws {
        let terminal = try probe()
        terminal.send("twice\r")
        #expect(terminal.wait(until: "meanwhile failed(errno: \(EBUSY))"))
        terminal.send("x\r")
        #expect(terminal.wait(until: "then text(\"x\")"))
    }

    @Test("a terminal that goes away ends the reading")
    func hangUp() throws {
        let folder = try ScratchFolder()
        // The shell ignores the hang-up's signal, and so does the probe: it has to see the end itself.
        let command = "trap '' HUP; (\(builtProgram("EditorProbe")) </dev/tty; echo $? > \(folder.path("status"))) & wait"
        var terminal: PseudoTerminal? = try PseudoTerminal("/bin/sh", ["-c", command])
        #expect(terminal?.wait(until: "probe> ") == true)
        terminal = nil
        var left = 100
        while folder.text("status") != "0\n", left > 0 {
            usleep(100_000)
            left -= 1
        }
        #expect(folder.text("status") == "0\n")
    }
}
