// Ctrl-R's search through the history, as a value that keys change.

/// A search backwards for entries that hold a text. Pure.
struct HistorySearch {
    let texts: [String]
    private(set) var sought = ""
    /// Index of the entry found; nil before the first search and where none is left.
    private(set) var found: Int?
    /// Whether the last step found nothing.
    private(set) var isFailing = false

    init(_ texts: [String]) { self.texts = texts }

    /// The entry found.
    var match: String? { found.map { texts[$0] } }

    mutating func type(_ scalar: Unicode.Scalar) {
        sought.unicodeScalars.append(scalar)
        look(before: (found ?? texts.count - 1) + 1)
    }

    mutating func eraseLast() {
        guard !sought.isEmpty else { return }
        sought.unicodeScalars.removeLast()
        look(before: texts.count)
    }

    /// The next older entry that differs from the present one.
    mutating func older() { look(before: found ?? texts.count, except: match) }

    private mutating func look(before end: Int, except text: String? = nil) {
        guard !sought.isEmpty else {
            (found, isFailing) = (nil, false)
            return
        }
        let next = texts[..<end].lastIndex { $0 != text && HistorySearch.holds($0, sought) }
        isFailing = next == nil
        if let next { found = next }
    }

    private static func holds(_ text: String, _ part: String) -> Bool {
        let (text, part) = (Array(text.utf8), Array(part.utf8))
        guard text.count >= part.count, let first = part.first else { return part.isEmpty }
        return (0...(text.count - part.count)).contains { text[$0] == first && text[$0...].starts(with: part) }
    }
}
