// Tells, while query text is put together piece by piece, whether the next piece would stand between quotes or in a comment.

/// Where in SQL-like text a scan has come to.
struct QuoteScanner {
    private enum State: Equatable {
        case text
        case quoted(UInt8)
        case lineComment
        case blockComment
    }

    private var state = State.text
    private var previous: UInt8 = 0

    /// Whether what comes next would stand between quotes or in a comment.
    var isInside: Bool { state != .text }

    mutating func scan(_ text: String) {
        for byte in text.utf8 {
            switch state {
            case .text:
                switch byte {
                case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): state = .quoted(byte)
                case UInt8(ascii: "-") where previous == byte: state = .lineComment
                case UInt8(ascii: "*") where previous == UInt8(ascii: "/"): state = .blockComment
                default: break
                }
            case .quoted(let quote):
                // A doubled quote closes and opens again, which comes to the same.
                if byte == quote { state = .text }
            case .lineComment:
                if byte == UInt8(ascii: "\n") { state = .text }
            case .blockComment:
                if byte == UInt8(ascii: "/") && previous == UInt8(ascii: "*") { state = .text }
            }
            previous = byte
        }
        // A dash before an interpolation is no beginning of a comment after it.
        previous = 0
    }
}
