// Query text, cut at its `{{name}}` placeholders.
import QueryFrames
import QueryText

/// Query text with `{{name}}` where parameters stand: `select * from t where month = {{month}}`.
///
/// Placeholders in comments are left alone; one between quotes is an error, since no value can go there as a value.
public struct Template: Sendable {
    /// A placeholder in the text.
    public struct Placeholder: Hashable, Sendable {
        public var name: String
        /// The bytes of the text that it takes, with its braces.
        public var range: Range<Int>
        /// What stands before it, as far as that matters for a list.
        public var context: Context
    }

    /// Where a placeholder stands.
    public enum Context: Hashable, Sendable {
        case plain
        /// Right after `in`, so that a list needs parentheses of its own.
        case afterIn
        /// Alone in the parentheses of an `in`.
        case insideIn
    }

    /// The text as UTF-8.
    public let text: [UInt8]
    public let placeholders: [Placeholder]

    /// The names of the parameters in order of first appearance.
    public var parameters: [String] {
        var seen: Set<String> = []
        return placeholders.map(\.name).filter { seen.insert($0).inserted }
    }

    /// Finds the placeholders of SQL text.
    public init(_ text: String, dialect: SQLDialect = .sqlite) throws(ServiceError) {
        self.text = Array(text.utf8)
        var placeholders: [Placeholder] = []
        var tokens = SQLScanner(self.text, dialect: dialect)
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
                tokens = SQLScanner(self.text, from: range.upperBound, dialect: dialect)
                let isAlone = context != .insideIn || Template.isClosed(self.text, from: range.upperBound, dialect)
                placeholders.append(Placeholder(name: name, range: range, context: isAlone ? context : .plain))
                context = .plain
            case .symbol(UInt8(ascii: "?")) where dialect == .sqlite:
                throw .unboundPlaceholder(name: "?", text: text, offset: token.range.lowerBound)
            case .symbol(UInt8(ascii: "(")): context = context == .afterIn ? .insideIn : .plain
            case .symbol: context = .plain
            }
        }
        self.placeholders = placeholders
    }

    /// Finds the placeholders of text in a language of which nothing is known, such as a question: they are wherever `{{name}}` is.
    public init(plain text: String) {
        self.text = Array(text.utf8)
        var placeholders: [Placeholder] = []
        var at = 0
        while at + 1 < self.text.count {
            if let found = Template.opening(self.text, at) {
                placeholders.append(Placeholder(name: found.name, range: found.range, context: .plain))
                at = found.range.upperBound
            } else {
                at += 1
            }
        }
        self.placeholders = placeholders
    }

    /// A value for each parameter. `query` is the saved query's name, for errors.
    public func values(_ bindings: [QueryRequest.Binding], query: String?) throws(ServiceError) -> [String: Scalar] {
        let names = parameters
        var values: [String: Scalar] = [:]
        for binding in bindings {
            guard names.contains(binding.name) else { throw .unknownParameter(name: binding.name, known: names, query: query) }
            values[binding.name] = binding.value
        }
        let missing = names.filter { values[$0] == nil }
        guard missing.isEmpty else { throw .missingParameters(names: missing, query: query) }
        return values
    }

    /// The placeholder whose `{{` is at byte `start`.
    private static func read(_ text: [UInt8], at start: Int) throws(ServiceError) -> (name: String, range: Range<Int>) {
        var end = start + 2
        while end + 1 < text.count, !(text[end] == UInt8(ascii: "}") && text[end + 1] == UInt8(ascii: "}")), text[end] != UInt8(ascii: "\n") {
            end += 1
        }
        let isClosed = end + 1 < text.count && text[end] == UInt8(ascii: "}")
        let inside = text[min(start + 2, end)..<end].split(separator: UInt8(ascii: " "))
        guard isClosed, inside.count == 1, let name = inside.first, isName(name) else {
            throw .badPlaceholder(text: String(decoding: text, as: UTF8.self), offset: start)
        }
        return (String(decoding: name, as: UTF8.self), start..<end + 2)
    }

    /// The placeholder at byte `at`, if one is there.
    private static func opening(_ text: [UInt8], _ at: Int) -> (name: String, range: Range<Int>)? {
        guard text[at] == UInt8(ascii: "{"), text[at + 1] == UInt8(ascii: "{") else { return nil }
        return try? read(text, at: at)
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, !(first >= 0x30 && first <= 0x39) else { return false }
        return bytes.allSatisfy { ($0 != UInt8(ascii: "$") && SQLScanner.isWord($0)) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    /// The name of a placeholder between quotes.
    private static func placeholder(_ text: [UInt8], in range: Range<Int>) -> String? {
        var at = range.lowerBound
        while at + 1 < range.upperBound {
            if let found = opening(text, at), found.range.upperBound <= range.upperBound { return found.name }
            at += 1
        }
        return nil
    }

    /// Whether the next thing from byte `start` on is `)`.
    private static func isClosed(_ text: [UInt8], from start: Int, _ dialect: SQLDialect) -> Bool {
        for token in SQLScanner(text, from: start, dialect: dialect) where token.kind != .blank {
            return token.kind == .symbol(UInt8(ascii: ")"))
        }
        return false
    }
}
