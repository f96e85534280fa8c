// Values that become part of an address: ids in paths, query text in the query, forms.

extension WebAddress {
    /// Where in an address, or in a body like one, a value goes.
    public enum Part: Sendable {
        /// Between two slashes of the path: `a/b` becomes `a%2Fb`.
        case segment
        /// Several segments of the path, their slashes kept.
        case path
        /// A name or a value of the query: `a&b c` becomes `a%26b%20c`.
        case query
        /// As `query`, with `+` for a space, as forms have it.
        case form
    }

    /// `text` percent-encoded so that it is nothing but a value there. All but letters, digits, `-`, `.`, `_` and `~` is escaped; a
    /// segment that is `.` or `..` is too, though servers may take it for what it was: whoever makes paths of ids refuses those.
    public static func encoded(_ text: String, in part: Part) -> String {
        if part == .segment, text == "." || text == ".." { return text == "." ? "%2E" : "%2E%2E" }
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case _ where isLetter(byte) || isDigit(byte) || "-._~".utf8.contains(byte): encoded.append(byte)
            case UInt8(ascii: "/") where part == .path: encoded.append(byte)
            case UInt8(ascii: " ") where part == .form: encoded.append(UInt8(ascii: "+"))
            default: encoded += PercentEncoding.escape(byte)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

/// `%2F` for a slash.
enum PercentEncoding {
    static func escape(_ byte: UInt8) -> [UInt8] { [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)] }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 55 + value }
}
