// The terminal that the other tests stand on: a real device with a real controlling session, and a screen.
import Testing
import TestSupport

@Suite struct PseudoTerminalTests {
    @Test("the program has a terminal of the given size")
    func size() throws {
        let terminal = try PseudoTerminal("/bin/stty", ["size"], rows: 11, columns: 37)
        #expect(terminal.wait(until: "11 37"))
        #expect(terminal.waitForEnd() == .exited(0))
    }

    @Test("a typed line reaches the program, and Ctrl-C its process group as a signal")
    func keys() throws {
        let terminal = try PseudoTerminal("/bin/sh", ["-c", "read line; echo got $line; exec sleep 100"])
        terminal.send("hello\r")
        #expect(terminal.wait(until: "got hello"))
        terminal.send("\u{3}")
        #expect(terminal.waitForEnd() == .signalled(2))
    }

    @Test("a wait looks only at what came after the last one")
    func waiting() throws {
        let terminal = try PseudoTerminal("/bin/sh", ["-c", "echo once; read line"])
        #expect(terminal.wait(until: "once"))
        #expect(!terminal.wait(until: "once", timeout: 0.2))
    }
}

@Suite struct ScreenTests {
    private func screen(_ output: String, rows: Int = 4, columns: Int = 10) -> Screen {
        var screen = Screen(rows: rows, columns: columns)
        for byte in output.utf8 { screen.feed([byte]) }
        return screen
    }

    @Test("a full row wraps only when the next character comes")
    func wrapping() {
        let full = screen("0123456789")
        #expect((full.row, full.column) == (0, 9))
        #expect(screen("0123456789a").lines == ["0123456789", "a", "", ""])
        #expect(screen("0123456789\r\na").lines == ["0123456789", "a", "", ""])
    }

    @Test("wide characters take two columns and go to the next row whole")
    func wide() {
        let screen = screen("日本012345678語x")
        #expect(screen.lines == ["日本012345", "678語x", "", ""])
        #expect(screen.column == 6)
    }

    @Test("the bottom row scrolls the top one off")
    func scrolling() {
        let screen = screen("a\r\nb\r\nc", rows: 2)
        #expect(screen.lines == ["b", "c"])
        #expect(screen.scrolledOff == ["a"])
    }

    @Test("cursor movement, insertion, deletion and erasing act as in xterm")
    func editing() {
        #expect(screen("abcdef\u{1b}[3DX").lines[0] == "abcXef")
        #expect(screen("abcdef\u{1b}[3D\u{1b}[2@X").lines[0] == "abcX def")
        #expect(screen("abcdef\u{1b}[4D\u{1b}[4hXY\u{1b}[4l").lines[0] == "abXYcdef")
        #expect(screen("abcdef\u{1b}[4D\u{1b}[2P").lines[0] == "abef")
        #expect(screen("abcdef\u{1b}[4D\u{1b}[K").lines[0] == "ab")
        #expect(screen("ab\r\ncd\u{1b}[A\r\u{1b}[J").text == "")
        #expect(screen("ab\u{1b}7cd\u{1b}8X").lines[0] == "abXd")
    }

    @Test("styles and private modes are kept")
    func styles() {
        let screen = screen("a\u{1b}[1;32mbc\u{1b}[0md\u{1b}[?2004h\u{1b}[?25l")
        #expect(screen.style(of: "bc") == "1;32")
        #expect(screen.style(of: "d") == "")
        #expect(screen.privateModes == [2004])
        #expect(Screen.plainText("a\u{1b}[1;32mb\u{1b}]0;title\u{7}c".utf8) == "abc")
    }
}
