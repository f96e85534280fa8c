// Ctrl-R: a search in the history that goes on with each key typed.
import CEditLine

extension EditingThread {
    func search() -> UInt8 {
        var search = HistorySearch(editor.history.texts)
        let original = line.text
        while let key = nextKey(showing: { self.searchText(search) }) {
            switch key {
            case "\u{12}": search.older()
            case "\u{8}", "\u{7f}": search.eraseLast()
            case "\u{7}":
                line.replace(with: original)
                return UInt8(CC_REFRESH)
            case "\u{0}"..<" ":
                // Any other key ends the search and acts on what was found.
                if let match = search.match { line.replace(with: match) }
                keys.unread(key)
                return UInt8(CC_REFRESH)
            default: search.type(key)
            }
        }
        return UInt8(CC_NORM)
    }

    private func searchText(_ search: HistorySearch) -> EditedText {
        let scalars = Array((search.match ?? "").unicodeScalars)
        let sought = Array(search.sought.unicodeScalars)
        let start = scalars.indices.first { scalars[$0...].starts(with: sought) } ?? 0
        return EditedText(
            prompt: "(\(search.isFailing ? "not found" : "search"): \(search.sought)) ", continuation: continuation, scalars: scalars,
            cursor: min(start + sought.count, scalars.count))
    }
}
