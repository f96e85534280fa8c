// How many columns a character takes, and how one is shown that a terminal must not get.
import CEditLine

enum CharacterWidth {
    /// Columns of a character; nil for one that is not shown as itself: controls, and those that turn the direction of text.
    static func columns(of scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0x20..<0x7f: return 1
        case 0..<0xa0, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: return nil
        default:
            let width = wcwidth(wchar_t(truncatingIfNeeded: scalar.value))
            return width < 0 ? nil : UInt8(width)
        }
    }

    /// Columns of a text as `visible` shows it.
    static func columns(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + Int(columns(of: $1) ?? UInt8(clamping: visibleForm(of: $1).count)) }
    }

    /// A text in which nothing steers the terminal.
    static func visible(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if columns(of: scalar) == nil { result += visibleForm(of: scalar) } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }

    /// `^C` for a control character of ASCII, `\u{9b}` for any other.
    static func visibleForm(of scalar: Unicode.Scalar) -> String {
        if scalar.value < 0x20 || scalar.value == 0x7f {
            return "^" + String(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value ^ 0x40)))
        }
        return "\\u{" + String(scalar.value, radix: 16) + "}"
    }
}
