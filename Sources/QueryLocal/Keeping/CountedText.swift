// Texts one after the other, each with its length before it: how a list stands in one column of a database that is kept.

enum CountedText {
    /// `5:month`, the length being that of its UTF-8.
    static func part(_ text: String) -> String { "\(text.utf8.count):\(text)" }

    /// The text that `rest` begins with, which is taken from it; nil where there is none, or a damaged one.
    static func next(_ rest: inout Substring.UTF8View) -> String? {
        guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), let count = Int(String(rest[..<colon]) ?? ""), count >= 0,
            let end = rest.index(rest.index(after: colon), offsetBy: count, limitedBy: rest.endIndex),
            let text = String(rest[rest.index(after: colon)..<end])
        else { return nil }
        rest = rest[end...]
        return text
    }
}
