// Where characters stand: rows, wraps and the cursor.
import Testing
@testable import QueryShell

@Suite struct LineLayoutTests {
    init() { TerminalLocale.useUnicode() }

    private func layout(_ text: String, cursor: Int? = nil, columns: Int = 10, hint: String = "") -> LineLayout {
        let scalars = Array(text.unicodeScalars)
        return LineLayout(
            EditedText(prompt: "> ", continuation: ". ", scalars: scalars, cursor: cursor ?? scalars.count, hint: hint), columns: columns)
    }

    private func rows(_ layout: LineLayout) -> [String] {
        layout.rows.map { String(String.UnicodeScalarView($0.glyphs.map(\.scalar))) }
    }

    @Test("each line has its prompt, and a long one goes on in the next row")
    func rows() {
        let layout = layout("abcdefghij\nk")
        #expect(rows(layout) == ["> abcdefgh", "ij", ". k"])
        #expect(layout.rows.map(\.isWrapped) == [true, false, false])
        #expect(layout.cursor == (2, 3))
    }

    @Test("behind a full row the cursor stands at the start of the next one")
    func fullRow() {
        let layout = layout("abcdefgh")
        #expect(rows(layout) == ["> abcdefgh", ""])
        #expect(layout.cursor == (1, 0))
        #expect(rows(self.layout("abcdefgh\nx")) == ["> abcdefgh", ". x"])
    }

    @Test("a wide character that does not fit goes to the next row, and the cursor with it")
    func wide() {
        let layout = layout("abcdefg日", cursor: 7)
        #expect(rows(layout) == ["> abcdefg ", "日"])
        #expect(layout.cursor == (1, 0))
    }

    @Test("tabs, controls and marks of direction are shown by what does not steer the terminal")
    func controls() {
        #expect(rows(layout("a\tb", columns: 40)) == ["> a     b"])
        #expect(rows(layout("\u{1b}\u{9b}\u{202e}", columns: 40)) == ["> ^[\\u{9b}\\u{202e}"])
    }

    @Test("a combining mark takes no column")
    func combining() {
        #expect(layout("e\u{301}").cursor == (0, 3))
    }

    @Test("a hint ends where its row does")
    func hint() {
        #expect(rows(layout("abc", hint: "defghij")) == ["> abcdefg"])
        #expect(layout("abc", hint: "defghij").cursor == (0, 5))
    }
}
