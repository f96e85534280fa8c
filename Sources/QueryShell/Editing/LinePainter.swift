// Draws a laid-out text and remembers where it stands on the screen, so that the next drawing replaces it.

/// The block of rows that the edited text takes on the screen. It never moves above its own first row, so what stands above
/// it is safe; of a text with more rows than the screen it shows those around the cursor.
struct LinePainter {
    private(set) var rows: Int
    private(set) var columns: Int
    let isStyled: Bool
    /// Row of the cursor in the block as it is drawn; nil if nothing is drawn.
    private(set) var drawnCursor: Int?
    /// First row of the text that is on the screen.
    private(set) var firstVisible = 0

    init(size: (rows: Int, columns: Int), isStyled: Bool) {
        (rows, columns) = size
        self.isStyled = isStyled
    }

    /// What to write to show the text in place of what was drawn before.
    mutating func draw(_ text: EditedText) -> String {
        let layout = LineLayout(text, columns: columns)
        scroll(to: layout)
        let end = min(layout.rows.count, firstVisible + rows)
        var bytes = "\u{1b}[?25l" + backToTop()
        write(layout.rows[firstVisible..<end], to: &bytes)
        drawnCursor = layout.cursor.row - firstVisible
        bytes += LinePainter.up(end - 1 - layout.cursor.row) + "\r"
        if layout.cursor.column > 0 { bytes += "\u{1b}[\(layout.cursor.column)C" }
        return bytes + "\u{1b}[?25h"
    }

    /// What to write to leave all of the text on the screen and go to the row below it.
    mutating func finish(_ text: EditedText, mark: String = "") -> String {
        let layout = LineLayout(text, columns: columns)
        var bytes = backToTop()
        write(layout.rows[...], to: &bytes)
        forget()
        return bytes + mark + "\r\n"
    }

    /// What to write to take the text off the screen, with the cursor where it began.
    mutating func erase() -> String {
        defer { forget() }
        return backToTop()
    }

    /// What to write to clear the whole screen.
    mutating func clearScreen() -> String {
        forget()
        return "\u{1b}[H\u{1b}[2J"
    }

    /// Takes note that nothing of the block is on the screen: the cursor stands where the next drawing begins.
    mutating func forget() {
        drawnCursor = nil
        firstVisible = 0
    }

    /// Takes note of a new size. The terminal has wrapped the rows anew, so the cursor's row is found again.
    mutating func resize(_ size: (rows: Int, columns: Int), _ text: EditedText) {
        (rows, columns) = size
        guard drawnCursor != nil else { return }
        let layout = LineLayout(text, columns: columns)
        drawnCursor = min(layout.cursor.row, rows - 1)
        firstVisible = 0
    }

    private mutating func scroll(to layout: LineLayout) {
        let last = max(0, layout.rows.count - rows)
        firstVisible = min(firstVisible, layout.cursor.row, last)
        firstVisible = max(firstVisible, layout.cursor.row - rows + 1)
    }

    private func backToTop() -> String { LinePainter.up(drawnCursor ?? 0) + "\r\u{1b}[J" }

    private static func up(_ rows: Int) -> String { rows > 0 ? "\u{1b}[\(rows)A" : "" }

    private func write(_ visible: ArraySlice<LineLayout.Row>, to bytes: inout String) {
        var style = TextStyle.plain
        for (index, row) in visible.enumerated() {
            if row.glyphs.isEmpty && index > 0 && visible[visible.startIndex + index - 1].isWrapped {
                // A full row wraps when the next character comes.
                bytes += " \r"
            }
            for glyph in row.glyphs {
                if isStyled && glyph.style != style {
                    if !style.parameters.isEmpty { bytes += "\u{1b}[0m" }
                    if !glyph.style.parameters.isEmpty { bytes += "\u{1b}[\(glyph.style.parameters)m" }
                    style = glyph.style
                }
                bytes.unicodeScalars.append(glyph.scalar)
            }
            if !row.isWrapped && index < visible.count - 1 {
                if !style.parameters.isEmpty { bytes += "\u{1b}[0m" }
                style = .plain
                bytes += "\r\n"
            }
        }
        if !style.parameters.isEmpty { bytes += "\u{1b}[0m" }
    }
}
