// Text as a terminal may be shown it: nothing in data can move the cursor, change colours or turn the direction of writing.
import QueryFrames

/// Makes text safe to show, and knows how many columns of a terminal it takes.
public enum DisplayText {
    /// The text with control characters, C1 controls and what turns the direction of writing as visible escapes: `\n`, `\e`, `\u{202e}`.
    public static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        let buffer = TextBuffer()
        for scalar in text.unicodeScalars { append(scalar, to: buffer) }
        return buffer.text
    }

    /// The same for a text of several lines: their ends and tabs stay as they are.
    public static func escapedLines(_ text: String) -> String {
        let buffer = TextBuffer()
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if index & 0xffff == 0xffff, Cancellation.stopsHere { break }
            if scalar == "\n" || scalar == "\t" { buffer.append(UInt8(scalar.value)) } else { append(scalar, to: buffer) }
        }
        return buffer.text
    }

    /// The columns of a terminal that the text takes, once escaped.
    public static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// Appends a character, or its escape, and gives the columns it takes.
    @discardableResult
    static func append(_ scalar: Unicode.Scalar, to buffer: TextBuffer) -> Int {
        guard isUnsafe(scalar) else {
            if scalar.value < 0x80 { buffer.append(UInt8(scalar.value)) } else { buffer.append(String(scalar)) }
            return DisplayWidth.of(scalar)
        }
        let before = buffer.count
        switch scalar {
        case "\n": buffer.append("\\n")
        case "\r": buffer.append("\\r")
        case "\t": buffer.append("\\t")
        case "\0": buffer.append("\\0")
        case "\u{1b}": buffer.append("\\e")
        default: buffer.append("\\u{" + String(scalar.value, radix: 16) + "}")
        }
        return buffer.count - before
    }

    /// The columns of one character or its escape.
    static func width(_ scalar: Unicode.Scalar) -> Int {
        guard isUnsafe(scalar) else { return DisplayWidth.of(scalar) }
        switch scalar {
        case "\n", "\r", "\t", "\0", "\u{1b}": return 2
        default: return 4 + String(scalar.value, radix: 16).utf8.count
        }
    }

    /// Whether a terminal would do something else with the character than show it in its place.
    static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f...0x9f: true  // C0, DEL, C1
        case 0x061c, 0x200b, 0x200e, 0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff: true  // marks of direction, unseen separators
        case 0xfff9...0xfffb, 0xe0000...0xe007f: true  // annotations, tags
        default: false
        }
    }
}
