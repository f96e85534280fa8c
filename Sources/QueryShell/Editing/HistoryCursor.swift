// A walk through the history from the line that is being typed. Pure.

/// Where a person is in the history; behind its last entry stands the line being typed, which comes back as it was left.
struct HistoryCursor {
    private let texts: [String]
    private var position: Int
    private var draft = ""

    init(_ texts: [String]) {
        self.texts = texts
        position = texts.count
    }

    /// The entry before; `current` is the text now on the line. Nil at the oldest one.
    mutating func older(than current: String) -> String? {
        guard position > 0 else { return nil }
        if position == texts.count { draft = current }
        position -= 1
        return texts[position]
    }

    /// The entry after, or the line being typed; nil if that is where we are.
    mutating func newer() -> String? {
        guard position < texts.count else { return nil }
        position += 1
        return position == texts.count ? draft : texts[position]
    }
}
