// A template with its values as literals: the text for a service that cannot bind.
import QueryFrames
import QueryText

/// `month = {{month}}` with `month=@2024-05-01` as `month = DATE '2024-05-01'`.
public struct RenderedText: Sendable {
    public let text: String

    /// Puts a literal of `dialect` for each placeholder; `query` is the saved query's name, for errors.
    ///
    /// A list is spread where it is what `in` asks: `region in {{regions}}` becomes `region in ('EU', 'US')`.
    public init(_ template: Template, _ bindings: [QueryRequest.Binding], dialect: SQLDialect, query: String?) throws(ServiceError) {
        let values = try template.values(bindings, query: query)
        if !template.placeholders.isEmpty { try RenderedText.checkQuotes(template, dialect) }
        var rendered: [UInt8] = []
        var copied = 0
        for placeholder in template.placeholders {
            guard let value = values[placeholder.name] else { continue }
            rendered += template.text[copied..<placeholder.range.lowerBound]
            let literal: String
            do { literal = try RenderedText.literal(value, placeholder.context, dialect) } catch {
                throw .noLiteral(name: placeholder.name, dialect: dialect.rawValue, error)
            }
            // A quote or a word right beside would become part of it.
            if let last = rendered.last, RenderedText.joins(last) { rendered.append(UInt8(ascii: " ")) }
            rendered += Array(literal.utf8)
            copied = placeholder.range.upperBound
            if copied < template.text.count, RenderedText.joins(template.text[copied]) { rendered.append(UInt8(ascii: " ")) }
        }
        rendered += template.text[copied...]
        text = String(decoding: rendered, as: UTF8.self)
    }

    private static func joins(_ byte: UInt8) -> Bool {
        SQLScanner.isWord(byte) || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`")
    }

    private static func literal(_ value: Scalar, _ context: Template.Context, _ dialect: SQLDialect) throws(LiteralFault) -> String {
        var literals: [String] = []
        guard case .list(let values) = value else {
            let literal = try SQLLiteral(value, dialect).text
            return context == .afterIn ? "(\(literal))" : literal
        }
        guard context != .plain else { throw .type("list") }
        guard !values.isEmpty else { throw .emptyList }
        for value in values { literals.append(try SQLLiteral(value, dialect).text) }
        let list = literals.joined(separator: ", ")
        return context == .afterIn ? "(\(list))" : list
    }

    /// A text whose quotes another dialect would see elsewhere gets no literals: they could stand between quotes there.
    private static func checkQuotes(_ template: Template, _ dialect: SQLDialect) throws(ServiceError) {
        func fault(_ fault: LiteralFault) -> ServiceError {
            .noLiteral(name: template.placeholders.first?.name ?? "", dialect: dialect.rawValue, fault)
        }
        for token in SQLScanner(template.text, dialect: dialect) {
            guard case .quoted(let closed) = token.kind else { continue }
            if !closed { throw fault(.openQuote(offset: token.range.lowerBound)) }
            if dialect == .ansi, let slash = escapedQuote(template.text, token.range) { throw fault(.unclearQuotes(offset: slash)) }
        }
    }

    /// Where a backslash stands before the quote that also opened the quoted part.
    private static func escapedQuote(_ text: [UInt8], _ range: Range<Int>) -> Int? {
        range.dropLast().first { text[$0] == UInt8(ascii: "\\") && text[$0 + 1] == text[range.lowerBound] }
    }
}
