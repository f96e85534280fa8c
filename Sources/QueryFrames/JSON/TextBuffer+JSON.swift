// Values as JSON text: what list columns are outside of frames, and what the writer of JSON puts between its keys.

extension TextBuffer {
    /// Appends UTF-8 as a JSON string: in quotes, with quotes, backslashes and control characters escaped.
    public func appendJSON(_ text: UnsafeRawBufferPointer) {
        append(UInt8(ascii: "\""))
        var plain = 0
        for (index, byte) in text.enumerated() where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
            append(UnsafeRawBufferPointer(rebasing: text[plain..<index]))
            plain = index + 1
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\r"): append("\\r")
            case UInt8(ascii: "\t"): append("\\t")
            default:
                append("\\u00")
                append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
                append(byte & 0xf < 10 ? 0x30 + byte & 0xf : 0x57 + byte & 0xf)
            }
        }
        append(UnsafeRawBufferPointer(rebasing: text[plain...]))
        append(UInt8(ascii: "\""))
    }

    /// Appends a single value as JSON; gives how many numbers became null because they are not finite. Lists are nested no deeper
    /// than scripts and columns let them be, so this may recurse.
    @discardableResult
    public func appendJSON(_ value: Scalar) -> Int {
        switch value {
        case .null: append("null")
        case .float(let value) where !value.isFinite:
            append("null")
            return 1
        case .bool, .int, .float, .decimal, .json: append(value, quoted: false)
        case .string(var text): text.withUTF8 { appendJSON(UnsafeRawBufferPointer($0)) }
        case .date, .timestamp, .duration:
            append(UInt8(ascii: "\""))
            append(value, quoted: false)
            append(UInt8(ascii: "\""))
        case .binary:
            var text = value.text
            text.withUTF8 { appendJSON(UnsafeRawBufferPointer($0)) }
        case .list(let values):
            var notFinite = 0
            for (index, value) in values.enumerated() {
                append(index == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
                notFinite += appendJSON(value)
            }
            append(values.isEmpty ? "[]" : "]")
            return notFinite
        }
        return 0
    }
}
