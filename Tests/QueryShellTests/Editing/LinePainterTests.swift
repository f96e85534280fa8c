// What is drawn, seen on an emulated screen.
import QueryFrames
import TestSupport
import Testing
@testable import QueryShell

@Suite struct LinePainterTests {
    init() { TerminalLocale.useUnicode() }

    private func edited(_ text: String, cursor: Int? = nil) -> EditedText {
        let scalars = Array(text.unicodeScalars)
        return EditedText(prompt: "> ", continuation: ". ", scalars: scalars, cursor: cursor ?? scalars.count)
    }

    @Test("after any edits the screen shows the text's rows and the cursor's place, whatever stood there before")
    func anyEdits() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededNumbers(seed: seed)
        for _ in 0..<20 {
            let size = (rows: Int.random(in: 2...8, using: &random), columns: Int.random(in: 4...24, using: &random))
            var screen = Screen(rows: size.rows, columns: size.columns)
            var painter = LinePainter(size: size, isStyled: false)
            var scalars: [Unicode.Scalar] = []
            for _ in 0..<60 {
                change(&scalars, using: &random)
                let text = EditedText(
                    prompt: "> ", continuation: ". ", scalars: scalars, cursor: Int.random(in: 0...scalars.count, using: &random))
                screen.feed(painter.draw(text).utf8)
                let layout = LineLayout(text, columns: size.columns)
                let visible = layout.rows.dropFirst(painter.firstVisible).prefix(size.rows)
                let top = screen.row - (painter.drawnCursor ?? 0)
                #expect((screen.row - top + painter.firstVisible, screen.column) == layout.cursor, "seed \(seed)")
                #expect(Array(screen.lines[top...].prefix(visible.count)) == visible.map(shown), "seed \(seed)")
                #expect(screen.lines[(top + visible.count)...].allSatisfy { $0.isEmpty }, "seed \(seed)")
            }
        }
    }

    private func change(_ scalars: inout [Unicode.Scalar], using random: inout SeededNumbers) {
        let place = Int.random(in: 0...scalars.count, using: &random)
        if Int.random(in: 0..<4, using: &random) == 0 {
            scalars.removeSubrange(place..<min(scalars.count, place + Int.random(in: 0...6, using: &random)))
        } else {
            let choice: [Unicode.Scalar] = ["a", "b", "日", "語", " ", "\n", "é", "\t"]
            for _ in 0..<Int.random(in: 1...8, using: &random) { scalars.insert(choice.randomElement(using: &random) ?? "a", at: place) }
        }
    }

    private func shown(_ row: LineLayout.Row) -> String {
        var text = String(String.UnicodeScalarView(row.glyphs.map(\.scalar)))
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    @Test("what stands above the text stays")
    func above() {
        var screen = Screen(rows: 4, columns: 10)
        var painter = LinePainter(size: (4, 10), isStyled: false)
        screen.feed("above\r\n".utf8)
        screen.feed(painter.draw(edited("abcdefghijkl")).utf8)
        screen.feed(painter.draw(edited("a")).utf8)
        #expect(screen.text == "above\n> a\n")
        screen.feed((painter.erase() + "notice\r\n").utf8)
        screen.feed(painter.draw(edited("a")).utf8)
        #expect(screen.text == "above\nnotice\n> a\n")
    }

    @Test("a text with more rows than the screen is shown around its cursor, and whole once it is done")
    func tall() {
        var screen = Screen(rows: 3, columns: 10)
        var painter = LinePainter(size: (3, 10), isStyled: false)
        screen.feed(painter.draw(edited("1\n2\n3\n4\n5")).utf8)
        #expect(screen.lines == [". 3", ". 4", ". 5"])
        screen.feed(painter.draw(edited("1\n2\n3\n4\n5", cursor: 2)).utf8)
        #expect(screen.lines == [". 2", ". 3", ". 4"])
        #expect((screen.row, screen.column) == (0, 2))
        screen.feed(painter.finish(edited("1\n2\n3\n4\n5")).utf8)
        #expect(screen.scrolledOff + screen.lines == ["> 1", ". 2", ". 3", ". 4", ". 5", ""])
    }

    @Test("styles are shown only where they are wanted, and end with the line")
    func styles() {
        var text = edited("print 1")
        text.styles = Array(repeating: .command, count: 5) + [.plain, .number]
        for isStyled in [true, false] {
            var screen = Screen(rows: 3, columns: 20)
            var painter = LinePainter(size: (3, 20), isStyled: isStyled)
            screen.feed((painter.finish(text) + "after").utf8)
            #expect(screen.style(of: "print") == (isStyled ? TextStyle.command.parameters : ""))
            #expect(screen.style(of: "after") == "")
        }
    }
}
