// What servers write about themselves, made fit to be shown: their messages reach terminals, logs and scripts.

/// Text of a server on its way to a person.
public enum ServerText {
    /// How many bytes of a message are shown.
    public static let limit = 2048

    /// `text` in one line, without control characters and those that turn the direction of writing, and at most `limit` bytes of it.
    public static func clean(_ text: some StringProtocol, limit: Int = ServerText.limit) -> String {
        var cleaned = String.UnicodeScalarView()
        var size = 0, blank = true
        for scalar in text.unicodeScalars {
            let isBlank = scalar == " " || (9...13).contains(scalar.value)
            if isBlank {
                if blank { continue }
            } else if isHidden(scalar) {
                continue
            }
            size += isBlank ? 1 : UTF8.width(scalar)
            if size > limit {
                cleaned.append("…")
                break
            }
            cleaned.append(isBlank ? " " : scalar)
            blank = isBlank
        }
        if cleaned.last == " " { cleaned.removeLast() }
        return String(cleaned)
    }

    /// Control characters, marks of direction and what else is there without being seen.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f...0x9f, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff, 0xfff9...0xfffb, 0xe0000...0xe007f: true
        default: false
        }
    }
}
