// A part of a statement as one line, where it may stand in one.
import QueryFormats

/// Items side by side.
struct FormatLine {
    /// What stands before it, unless it begins a line.
    let gap: String
    let text: String
    /// The comment behind it.
    let trailing: String?
    /// The columns of its first line and of its last one; they differ where a string has several lines.
    let firstWidth: Int
    let lastWidth: Int
    /// Whether it goes over several lines because a string does.
    let isLong: Bool

    /// Nil where a comment stands inside of it, or a block that is too long.
    init?(_ items: ArraySlice<FormatItem>) {
        guard let first = items.first?.first else { return nil }
        var join = Join()
        guard join.append(items) else { return nil }
        gap = first.gap
        text = join.text
        trailing = join.comment
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        firstWidth = DisplayText.width(String(lines.first ?? ""))
        lastWidth = DisplayText.width(String(lines.last ?? ""))
        isLong = lines.count > 1
    }

    /// Puts items together until one does not fit in a line.
    private struct Join {
        var text = ""
        var comment: String?
        private var isFirst = true

        mutating func append(_ items: ArraySlice<FormatItem>) -> Bool {
            for item in items {
                switch item {
                case .atom(let atom):
                    guard append(atom, gap: atom.gap) else { return false }
                case .group(let open, let inner, let close):
                    guard append(open, gap: open.gap), append(inner[...]), append(close, gap: close.gap) else { return false }
                case .block(let open, let inner, let close):
                    guard inner.count < 2, append(open, gap: open.gap) else { return false }
                    if let statement = inner.first {
                        guard !statement.items.contains(where: \.isBlock), let line = FormatLine(statement.items[...]), line.trailing == nil,
                            line.firstWidth <= ScriptFormat.shortBlock, !line.isLong
                        else { return false }
                        text += " " + line.text
                    }
                    guard append(close, gap: " ") else { return false }
                }
            }
            return true
        }

        private mutating func append(_ atom: FormatAtom, gap: String) -> Bool {
            // A comment ends the line, so only the last one may have one behind it.
            guard atom.leading.isEmpty, comment == nil else { return false }
            if !isFirst { text += gap }
            text += atom.text
            isFirst = false
            comment = atom.trailing
            return true
        }
    }
}
