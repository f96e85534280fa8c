// A small terminal emulator: what xterm would show after the bytes a program wrote. It knows the sequences that the
// `xterm` entry of terminfo lists for an editor, and leaves out the rest.

/// The cells of a terminal, its cursor and its modes. Rows and columns count from 0.
public struct Screen: Sendable {
    /// One place of the grid.
    public struct Cell: Equatable, Sendable {
        /// The character; empty for the second half of a wide one.
        public var text = " "
        /// The parameters of the last `ESC [ ... m`, as `"1;32"`; empty for none.
        public var style = ""
    }

    public private(set) var rows: Int
    public private(set) var columns: Int
    public private(set) var row = 0
    public private(set) var column = 0
    /// The private modes that are on: 2004 is bracketed paste, 25 the cursor.
    public private(set) var privateModes: Set<Int> = [25]
    /// The rows that have left the screen at the top, as text.
    public private(set) var scrolledOff: [String] = []
    private var cells: [[Cell]]
    private var wrapPending = false
    private var inserting = false
    private var style = ""
    private var saved = (row: 0, column: 0, style: "")
    private var pending: [UInt8] = []

    public init(rows: Int, columns: Int) {
        (self.rows, self.columns) = (rows, columns)
        cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
    }

    /// The rows as text, without the spaces at their ends.
    public var lines: [String] { cells.map(Screen.text) }

    /// All rows, each ending in a newline, without empty rows at the bottom.
    public var text: String {
        var lines = lines
        while lines.last == "" { lines.removeLast() }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The style of the cell where `text` begins on the first row that holds it; nil if none does.
    public func style(of text: String) -> String? {
        for row in cells {
            for start in row.indices where row[start...].lazy.map(\.text).joined().hasPrefix(text) { return row[start].style }
        }
        return nil
    }

    /// Changes the size; rows keep their text at the top left and are not wrapped again.
    public mutating func resize(rows: Int, columns: Int) {
        while cells.count > rows, row > 0, row >= rows {
            scrolledOff.append(Screen.text(cells.removeFirst()))
            row -= 1
        }
        cells = (0..<rows).map { index in
            let old = index < cells.count ? cells[index] : []
            return (0..<columns).map { $0 < old.count ? old[$0] : Cell() }
        }
        (self.rows, self.columns) = (rows, columns)
        (row, column, wrapPending) = (min(row, rows - 1), min(column, columns - 1), false)
    }

    /// Shows the next bytes of a program; a sequence may be cut anywhere between two calls.
    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        var input = pending + bytes
        pending = []
        var position = 0
        while position < input.count {
            guard let end = Screen.unitEnd(input, position) else {
                pending = Array(input[position...])
                return
            }
            show(input[position..<end])
            position = end
        }
        input = []
    }

    /// What a program wrote, with all escape sequences taken out.
    public static func plainText(_ bytes: some Sequence<UInt8>) -> String {
        let input = Array(bytes)
        var plain: [UInt8] = []
        var position = 0
        while position < input.count, let end = unitEnd(input, position) {
            if input[position] != 0x1b { plain.append(contentsOf: input[position..<end]) }
            position = end
        }
        return String(decoding: plain, as: UTF8.self)
    }

    /// The end of the character or escape sequence that begins at `start`; nil if it is not all there yet.
    private static func unitEnd(_ input: [UInt8], _ start: Int) -> Int? {
        let first = input[start]
        if first >= 0xc0 {
            let end = start + (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2)
            return end <= input.count ? end : nil
        }
        guard first == 0x1b else { return start + 1 }
        guard start + 1 < input.count else { return nil }
        switch input[start + 1] {
        case UInt8(ascii: "["):
            return input[(start + 2)...].firstIndex { (0x40...0x7e).contains($0) }.map { $0 + 1 }
        case UInt8(ascii: "]"):
            return input[(start + 2)...].firstIndex { $0 == 7 }.map { $0 + 1 }
        case UInt8(ascii: "("), UInt8(ascii: ")"):
            return start + 3 <= input.count ? start + 3 : nil
        default:
            return start + 2
        }
    }

    private mutating func show(_ unit: ArraySlice<UInt8>) {
        guard let first = unit.first else { return }
        switch first {
        case 0x1b: unit.count > 2 ? control(unit) : escape(unit.last ?? 0)
        case 13: (column, wrapPending) = (0, false)
        case 10: lineFeed()
        case 8: (column, wrapPending) = (max(0, column - 1), false)
        case 9: column = min(columns - 1, (column / 8 + 1) * 8)
        case 0..<32, 127: break
        default: put(String(decoding: unit, as: UTF8.self))
        }
    }

    private mutating func put(_ text: String) {
        guard let scalar = text.unicodeScalars.first else { return }
        let width = Screen.width(scalar)
        if width == 0 {
            let place = max(0, wrapPending ? column : column - 1)
            cells[row][place].text += text
            return
        }
        if wrapPending || column + width > columns {
            column = 0
            lineFeed()
        }
        if inserting {
            cells[row].insert(contentsOf: Array(repeating: Cell(), count: width), at: column)
            cells[row].removeLast(width)
        }
        cells[row][column] = Cell(text: text, style: style)
        if width == 2 { cells[row][column + 1] = Cell(text: "", style: style) }
        wrapPending = column + width >= columns
        column = min(columns - 1, column + width)
    }

    private mutating func lineFeed() {
        wrapPending = false
        if row < rows - 1 {
            row += 1
        } else {
            scrolledOff.append(Screen.text(cells.removeFirst()))
            cells.append(blankRow)
        }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "7"): saved = (row, column, style)
        case UInt8(ascii: "8"): (row, column, style, wrapPending) = (saved.row, saved.column, saved.style, false)
        case UInt8(ascii: "M"): row == 0 ? cells = [blankRow] + cells.dropLast() : (row -= 1)
        default: break
        }
    }

    private mutating func control(_ unit: ArraySlice<UInt8>) {
        let body = String(decoding: unit.dropFirst(2).dropLast(), as: UTF8.self)
        if body.hasPrefix("?") { return setPrivateMode(body.dropFirst(), on: unit.last == UInt8(ascii: "h")) }
        let numbers = body.split(separator: ";").map { Int($0) ?? 0 }
        let count = max(1, numbers.first ?? 1)
        if unit.last != UInt8(ascii: "m") { wrapPending = false }
        switch Character(UnicodeScalar(unit.last ?? 0)) {
        case "A": row = max(0, row - count)
        case "B": row = min(rows - 1, row + count)
        case "C": column = min(columns - 1, column + count)
        case "D": column = max(0, column - count)
        case "G": column = min(columns - 1, count - 1)
        case "d": row = min(rows - 1, count - 1)
        case "H": (row, column) = (min(rows, count) - 1, min(columns, numbers.count > 1 ? max(1, numbers[1]) : 1) - 1)
        case "J": eraseScreen(numbers.first ?? 0)
        case "K": erase(row, numbers.first == 1 || numbers.first == 2 ? 0 : column, numbers.first == 1 ? column + 1 : columns)
        case "P": shift(removing: count)
        case "@": shift(inserting: count)
        case "X": erase(row, column, min(columns, column + count))
        case "L": for _ in 0..<min(count, rows) { cells.insert(blankRow, at: row); cells.removeLast() }
        case "M": for _ in 0..<min(count, rows) { cells.remove(at: row); cells.append(blankRow) }
        case "h": if count == 4 { inserting = true }
        case "l": if count == 4 { inserting = false }
        case "m": style = body == "0" ? "" : body
        default: break
        }
    }

    private mutating func setPrivateMode(_ body: Substring, on: Bool) {
        for number in body.split(separator: ";").compactMap({ Int($0) }) {
            if on { privateModes.insert(number) } else { privateModes.remove(number) }
        }
    }

    private mutating func eraseScreen(_ kind: Int) {
        if kind == 0 { erase(row, column, columns) }
        if kind == 1 { erase(row, 0, column + 1) }
        for index in cells.indices where kind >= 2 || (kind == 0 && index > row) || (kind == 1 && index < row) {
            cells[index] = blankRow
        }
    }

    private mutating func erase(_ row: Int, _ from: Int, _ to: Int) {
        for index in from..<max(from, min(to, columns)) { cells[row][index] = Cell() }
    }

    private mutating func shift(removing count: Int) {
        let count = min(count, columns - column)
        cells[row].removeSubrange(column..<(column + count))
        cells[row].append(contentsOf: Array(repeating: Cell(), count: count))
    }

    private mutating func shift(inserting count: Int) {
        let count = min(count, columns - column)
        cells[row].insert(contentsOf: Array(repeating: Cell(), count: count), at: column)
        cells[row].removeLast(count)
    }

    private var blankRow: [Cell] { Array(repeating: Cell(), count: columns) }

    private static func text(_ row: [Cell]) -> String {
        var text = row.map(\.text).joined()
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    /// Columns a character takes: the ranges that tests write, not all of Unicode.
    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x300...0x36f, 0x200b...0x200f, 0xfe00...0xfe0f: 0
        case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
            0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
            2
        default: 1
        }
    }
}
