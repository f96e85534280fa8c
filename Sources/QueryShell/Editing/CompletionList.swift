// Candidates in columns, as they are listed below the line. Pure.

enum CompletionList {
    /// More than so many are counted, not listed.
    static let limit = 100

    /// What all candidates begin with.
    static func commonPrefix(_ candidates: [Completion.Candidate]) -> String {
        guard var prefix = candidates.first.map({ Array($0.text.unicodeScalars) }) else { return "" }
        for candidate in candidates.dropFirst() {
            let same = zip(prefix, candidate.text.unicodeScalars).prefix { $0 == $1 }.count
            prefix.removeSubrange(same...)
        }
        return String(String.UnicodeScalarView(prefix))
    }

    /// The rows to show, none wider than `columns`: with notes one candidate a row, without as many columns as fit, filled
    /// downwards.
    static func rows(_ candidates: [Completion.Candidate], columns: Int) -> [String] {
        let listed = candidates.prefix(limit)
        let width = listed.map { CharacterWidth.columns(of: $0.text) }.max() ?? 0
        let hasNotes = listed.contains { !$0.note.isEmpty }
        var rows: [String] = []
        if hasNotes {
            rows = listed.map { $0.note.isEmpty ? cut($0.text, columns) : cut(padded($0.text, width) + "  " + $0.note, columns) }
        } else {
            let across = max(1, (columns + 1) / (width + 2))
            let down = (listed.count + across - 1) / across
            rows = (0..<down).map { row in
                let cells = stride(from: row, to: listed.count, by: down).map { listed[$0].text }
                return cut(cells.dropLast().map { padded($0, width) + "  " }.joined() + (cells.last ?? ""), columns)
            }
        }
        if candidates.count > limit { rows.append("… and \(candidates.count - limit) more") }
        return rows
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - CharacterWidth.columns(of: text)))
    }

    private static func cut(_ text: String, _ columns: Int) -> String {
        let text = CharacterWidth.visible(text)
        var (width, result) = (0, "")
        for scalar in text.unicodeScalars {
            let next = width + Int(CharacterWidth.columns(of: scalar) ?? 0)
            if next >= columns { return result + (width < columns ? "…" : "") }
            result.unicodeScalars.append(scalar)
            width = next
        }
        return result
    }
}
