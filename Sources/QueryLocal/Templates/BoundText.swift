// A template with its values: the text that the engine gets, and the way back from its bytes to those that the user wrote.
import QueryClient
import QueryEngines
import QueryFrames
import QueryText

/// `month = {{month}}` with `month="2024-05"` as `month = ?1` and its value.
struct BoundText {
    let statement: EngineStatement
    /// Where pieces begin in the engine's text and in the user's; within a piece of the user's text bytes are the same.
    private let pieces: [(bound: Int, written: Int, isPlaceholder: Bool)]

    /// Binds `bindings` to the placeholders of `template`; `query` is the saved query's name, for errors.
    ///
    /// A list is spread where it is what `in` asks: `region in {{regions}}` becomes `region in (?1,?2)`.
    init(_ template: Template, _ bindings: [QueryRequest.Binding], query: String?) throws(ServiceError) {
        let values = try template.values(bindings, query: query)
        var writer = Writer(text: template.text)
        for placeholder in template.placeholders {
            guard let value = values[placeholder.name] else { continue }
            try writer.append(placeholder, value)
        }
        writer.finish()
        statement = EngineStatement(text: String(decoding: writer.bound, as: UTF8.self), parameters: writer.parameters)
        pieces = writer.pieces
    }

    /// The byte of the user's text that byte `offset` of the engine's stands for; in a placeholder, where that begins.
    func writtenOffset(_ offset: Int) -> Int {
        guard let piece = pieces.last(where: { $0.bound <= offset }) else { return offset }
        return piece.isPlaceholder ? piece.written : piece.written + (offset - piece.bound)
    }

    private struct Writer {
        let text: [UInt8]
        var bound: [UInt8] = []
        var parameters: [Scalar] = []
        var pieces: [(bound: Int, written: Int, isPlaceholder: Bool)] = []
        /// The number that each single value has already.
        var numbers: [String: Int] = [:]
        var copied = 0

        mutating func append(_ placeholder: Template.Placeholder, _ value: Scalar) throws(ServiceError) {
            copy(upTo: placeholder.range.lowerBound)
            pieces.append((bound.count, placeholder.range.lowerBound, true))
            if case .list(let values) = value {
                try appendList(placeholder, values)
            } else {
                let number = number(of: value, name: placeholder.name)
                // `in ?1` would be a table; and a digit right behind must not become one of the number.
                bound += Array((placeholder.context == .afterIn ? "(?\(number))" : "?\(number)").utf8)
                if let next = self.byte(placeholder.range.upperBound), SQLScanner.isWord(next) { bound.append(UInt8(ascii: " ")) }
            }
            copied = placeholder.range.upperBound
        }

        mutating func finish() { copy(upTo: text.count) }

        private func byte(_ index: Int) -> UInt8? { index < text.count ? text[index] : nil }

        private mutating func copy(upTo end: Int) {
            pieces.append((bound.count, copied, false))
            bound += text[copied..<end]
            copied = end
        }

        private mutating func number(of value: Scalar, name: String) -> Int {
            if let number = numbers[name] { return number }
            parameters.append(value)
            numbers[name] = parameters.count
            return parameters.count
        }

        private mutating func appendList(_ placeholder: Template.Placeholder, _ values: [Scalar]) throws(ServiceError) {
            let isNested = values.contains { if case .list = $0 { true } else { false } }
            guard placeholder.context != .plain, !isNested else { throw .parameterType(name: placeholder.name, found: "list") }
            let marks = values.map { value in
                parameters.append(value)
                return "?\(parameters.count)"
            }
            // An `in` of nothing is never true, a `not in` of nothing always; SQL has no empty list to say so.
            let list = values.isEmpty ? "select null where 0" : marks.joined(separator: ",")
            bound += Array((placeholder.context == .afterIn ? "(\(list))" : list).utf8)
        }
    }
}
