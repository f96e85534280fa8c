// Where each character of an edited text stands: text and cursor in, rows of glyphs out. Pure; LinePainter draws it.
import CEditLine

/// What is to be seen of an edited text.
struct EditedText {
    var prompt: String
    var continuation: String
    var scalars: [Unicode.Scalar]
    /// An index into `scalars`, or their count.
    var cursor: Int
    /// One for each of `scalars`; empty if all are plain.
    var styles: [TextStyle] = []
    /// Shown behind the last character as far as its row has room.
    var hint = ""
}

/// One character cell, or two for a wide character.
struct Glyph: Equatable {
    var scalar: Unicode.Scalar
    var width: UInt8
    var style: TextStyle
}

/// A text broken into the rows of a terminal.
///
/// `abcdef` behind the prompt `> ` on a terminal of 6 columns is the rows `> abcd` and `ef`, the first one marked as wrapped.
struct LineLayout {
    struct Row: Equatable {
        var glyphs: [Glyph] = []
        var width = 0
        /// Whether the next row goes on with the same line, so that the terminal itself wraps.
        var isWrapped = false
    }

    private(set) var rows = [Row()]
    /// Where the cursor stands; the column is always below `columns`.
    private(set) var cursor = (row: 0, column: 0)
    let columns: Int

    init(_ text: EditedText, columns: Int) {
        self.columns = columns
        place(text.prompt, .prompt)
        for (index, scalar) in text.scalars.enumerated() {
            if index == text.cursor { setCursor(before: scalar) }
            if scalar == "\n" {
                rows.append(Row())
                place(text.continuation, .prompt)
            } else {
                place(scalar, text.styles.isEmpty ? .plain : text.styles[index])
            }
        }
        if text.cursor >= text.scalars.count { setCursor(before: "\n") }
        placeHint(text.hint)
    }

    private var column: Int { rows[rows.count - 1].width }

    private mutating func place(_ text: String, _ style: TextStyle) {
        for scalar in text.unicodeScalars { place(scalar, style) }
    }

    private mutating func place(_ scalar: Unicode.Scalar, _ style: TextStyle) {
        if scalar == "\t" {
            for _ in 0..<min(8 - column % 8, max(1, columns - column)) { add(Glyph(scalar: " ", width: 1, style: style)) }
        } else if let width = CharacterWidth.columns(of: scalar) {
            add(Glyph(scalar: scalar, width: width, style: style))
        } else {
            for visible in CharacterWidth.visibleForm(of: scalar).unicodeScalars { add(Glyph(scalar: visible, width: 1, style: style)) }
        }
    }

    private mutating func add(_ glyph: Glyph) {
        makeRoom(for: Int(glyph.width))
        rows[rows.count - 1].glyphs.append(glyph)
        rows[rows.count - 1].width += Int(glyph.width)
    }

    /// Begins a new row if the character does not fit; the column that a wide one leaves free is filled, so that nothing
    /// older shines through.
    private mutating func makeRoom(for width: Int) {
        guard column + width > columns else { return }
        while column < columns {
            rows[rows.count - 1].glyphs.append(Glyph(scalar: " ", width: 1, style: .plain))
            rows[rows.count - 1].width += 1
        }
        rows[rows.count - 1].isWrapped = true
        rows.append(Row())
    }

    private mutating func setCursor(before scalar: Unicode.Scalar) {
        makeRoom(for: max(1, Int(CharacterWidth.columns(of: scalar) ?? 1)))
        cursor = (rows.count - 1, column)
    }

    private mutating func placeHint(_ hint: String) {
        for scalar in hint.unicodeScalars {
            guard let width = CharacterWidth.columns(of: scalar), column + Int(width) < columns else { return }
            add(Glyph(scalar: scalar, width: width, style: .hint))
        }
    }
}
