// One line of the history's file: JSON out, and JSON in as far as such a line needs it.

/// A JSON object with a time and a text. Reading takes the members in any order and passes over those it does not know.
enum HistoryLine {
    /// The bytes of a line, with the newline at its end.
    static func line(time: Int64, text: String) -> [UInt8] {
        var bytes = Array("{\"time\":\(time),\"text\":\"".utf8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
            case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
            case 0..<0x20: bytes += Array("\\u00".utf8) + [hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        return bytes + Array("\"}\n".utf8)
    }

    /// The text of a line; nil if the line is not one of ours, or damaged.
    static func text(of line: ArraySlice<UInt8>) -> String? {
        var reader = Reader(rest: line)
        guard reader.take("{") else { return nil }
        var text: String?
        repeat {
            guard let name = reader.string(), reader.take(":") else { return nil }
            if let value = reader.string() {
                if name == "text" { text = value }
            } else if !reader.skipNumber() {
                return nil
            }
        } while reader.take(",")
        return reader.take("}") && reader.isAtEnd ? text : nil
    }

    private static let hexadecimal = Array("0123456789abcdef".utf8)

    private struct Reader {
        var rest: ArraySlice<UInt8>

        var isAtEnd: Bool { rest.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") } }

        mutating func take(_ mark: Unicode.Scalar) -> Bool {
            rest = rest.drop { $0 == UInt8(ascii: " ") }
            guard rest.first == UInt8(ascii: mark) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func skipNumber() -> Bool {
            let before = rest.count
            rest = rest.drop { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
            return rest.count < before
        }

        mutating func string() -> String? {
            guard take("\"") else { return nil }
            var bytes: [UInt8] = []
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "\"") { return String(validating: bytes, as: UTF8.self) }
                guard byte == UInt8(ascii: "\\") else {
                    bytes.append(byte)
                    continue
                }
                guard let escaped = escape() else { return nil }
                bytes += Array(String(escaped).utf8)
            }
            return nil
        }

        private mutating func escape() -> Unicode.Scalar? {
            switch rest.popFirst() {
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "b"): return "\u{8}"
            case UInt8(ascii: "f"): return "\u{c}"
            case UInt8(ascii: "u"): return unicodeEscape()
            case let byte? where [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte): return Unicode.Scalar(byte)
            default: return nil
            }
        }

        private mutating func unicodeEscape() -> Unicode.Scalar? {
            guard let first = fourDigits() else { return nil }
            guard 0xd800...0xdbff ~= first else { return Unicode.Scalar(first) }
            guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"), let second = fourDigits(),
                0xdc00...0xdfff ~= second
            else { return nil }
            return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
        }

        private mutating func fourDigits() -> UInt32? {
            let digits = rest.prefix(4)
            rest = rest.dropFirst(4)
            return digits.count == 4 ? UInt32(String(decoding: digits, as: UTF8.self), radix: 16) : nil
        }
    }
}
