// A saved query's text, cut at its `{{name}}` placeholders.
import QueryClient
import QueryEngines

/// Query text with `{{name}}` where parameters stand: `select * from t where month = {{month}}`.
///
/// Placeholders in comments are left alone; one between quotes is an error, since a bound value cannot go there.
struct Template {
    /// A placeholder in the text.
    struct Placeholder: Hashable {
        var name: String
        /// The bytes of the text that it takes, with its braces.
        var range: Range<Int>
        /// What stands before it, as far as that matters for a list.
        var context: Context
    }

    /// Where a placeholder stands.
    enum Context: Hashable {
        case plain
        /// Right after `in`, so that a list needs parentheses of its own.
        case afterIn
        /// Alone in the parentheses of an `in`.
        case insideIn
    }

    /// The text as UTF-8.
    let text: [UInt8]
    let placeholders: [Placeholder]

    /// The names of the parameters in order of first appearance.
    var parameters: [String] {
        var seen: Set<String> = []
        return placeholders.map(\.name).filter { seen.insert($0).inserted }
    }

    /// Finds the placeholders of `text`.
    init(_ text: String) throws(ServiceError) {
        self.text = Array(text.utf8)
        var placeholders: [Placeholder] = []
        var tokens = SQLScanner(self.text)
        // The words before: `in`, or `(` after `in`.
        var context = Context.plain
        while let token = tokens.next() {
            switch token.kind {
            case .blank: continue
            case .quoted:
                if let name = Template.placeholder(self.text, in: token.range) { throw .quotedPlaceholder(name: name) }
                context = .plain
            case .word:
                let word = self.text[token.range]
                context = word.count == 2 && word.map({ $0 | 0x20 }) == Array("in".utf8) ? .afterIn : .plain
            case .symbol(UInt8(ascii: "{")) where token.range.upperBound < self.text.count && self.text[token.range.upperBound] == UInt8(ascii: "{"):
                let (name, range) = try Template.read(self.text, at: token.range.lowerBound)
                tokens = SQLScanner(self.text, from: range.upperBound)
                let isAlone = context != .insideIn || Template.isClosed(self.text, from: range.upperBound)
                placeholders.append(Placeholder(name: name, range: range, context: isAlone ? context : .plain))
                context = .plain
            case .symbol(UInt8(ascii: "?")):
                throw .unboundPlaceholder(name: "?", text: text, offset: token.range.lowerBound)
            case .symbol(UInt8(ascii: "(")): context = context == .afterIn ? .insideIn : .plain
            case .symbol: context = .plain
            }
        }
        self.placeholders = placeholders
    }

    /// The placeholder whose `{{` is at byte `start`.
    private static func read(_ text: [UInt8], at start: Int) throws(ServiceError) -> (name: String, range: Range<Int>) {
        var end = start + 2
        while end + 1 < text.count, !(text[end] == UInt8(ascii: "}") && text[end + 1] == UInt8(ascii: "}")), text[end] != UInt8(ascii: "\n") {
            end += 1
        }
        let isClosed = end + 1 < text.count && text[end] == UInt8(ascii: "}")
        let inside = text[(start + 2)..<end].split(separator: UInt8(ascii: " "))
        guard isClosed, inside.count == 1, let name = inside.first, isName(name) else {
            throw .badPlaceholder(text: String(decoding: text, as: UTF8.self), offset: start)
        }
        return (String(decoding: name, as: UTF8.self), start..<end + 2)
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, !(first >= 0x30 && first <= 0x39) else { return false }
        return bytes.allSatisfy { ($0 != UInt8(ascii: "$") && SQLScanner.isWord($0)) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    /// The name of a placeholder between quotes.
    private static func placeholder(_ text: [UInt8], in range: Range<Int>) -> String? {
        var at = range.lowerBound
        while at + 1 < range.upperBound {
            if text[at] == UInt8(ascii: "{"), text[at + 1] == UInt8(ascii: "{"), let found = try? read(text, at: at), found.range.upperBound <= range.upperBound {
                return found.name
            }
            at += 1
        }
        return nil
    }

    /// Whether the next thing from byte `start` on is `)`.
    private static func isClosed(_ text: [UInt8], from start: Int) -> Bool {
        for token in SQLScanner(text, from: start) where token.kind != .blank { return token.kind == .symbol(UInt8(ascii: ")")) }
        return false
    }
}
