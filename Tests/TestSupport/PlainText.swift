// What a program wrote to a terminal, without its escape sequences: what a test searches for text.

/// The bytes of an output that are no part of an escape sequence.
public struct PlainText: Sendable {
    public private(set) var bytes: [UInt8] = []
    private var pending: [UInt8] = []

    public init() {}

    /// Takes the next bytes; a sequence may be cut anywhere between two calls.
    public mutating func feed(_ output: some Sequence<UInt8>) {
        let input = pending + output
        var position = 0
        while position < input.count, let end = Screen.unitEnd(input, position) {
            if input[position] != 0x1b { bytes.append(contentsOf: input[position..<end]) }
            position = end
        }
        pending = Array(input[position...])
    }

    /// The index behind the first occurrence of a text at or behind `start`; nil for none.
    public func end(of text: String, from start: Int = 0) -> Int? {
        let sought = Array(text.utf8)
        guard let first = sought.first else { return start }
        var position = max(0, start)
        while position + sought.count <= bytes.count {
            let end = position + sought.count
            if bytes[position] == first && bytes[position..<end].elementsEqual(sought) { return end }
            position += 1
        }
        return nil
    }
}
