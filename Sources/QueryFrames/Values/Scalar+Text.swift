// A value as `print` and interpolation write it.

extension Scalar {
    /// The value as text: a string as it is, `null`, `5.0`, `2024-05-01`, `1h30m`, `[2, "a"]` with strings inside quoted.
    public var text: String {
        if case .string(let value) = self { return value }
        let buffer = TextBuffer()
        buffer.append(self, quoted: false)
        return buffer.text
    }
}

extension TextBuffer {
    /// Appends a value as `Scalar.text` gives it; a string in quotes where it is `quoted`, or inside a list.
    public func append(_ value: Scalar, quoted: Bool) {
        switch value {
        case .null: append("null")
        case .bool(let value): value ? append("true") : append("false")
        case .int(let value): appendInt(value)
        case .float(let value): appendFloat(value)
        case .string(let value): quoted ? appendQuoted(value) : append(value)
        case .date(let days): appendDate(days)
        case .timestamp(let microseconds, let utc): appendTimestamp(microseconds, utc: utc)
        case .duration(let microseconds): appendDuration(microseconds)
        case .decimal(let value): appendDecimal(value.unscaled, scale: value.scale)
        case .binary(let bytes): bytes.withUnsafeBytes { appendHexadecimal($0) }
        case .json(let text): append(text)
        case .list(let values): append(list: values)
        }
    }

    /// Lists may be nested as deep as memory allows, so what is still to be written is kept on a stack of our own.
    private func append(list: [Scalar]) {
        var open: [(values: [Scalar], next: Int)] = [(list, 0)]
        append(UInt8(ascii: "["))
        while let (values, next) = open.last {
            guard next < values.count else {
                append(UInt8(ascii: "]"))
                open.removeLast()
                continue
            }
            open[open.count - 1].next = next + 1
            if next % 1024 == 1023, Cancellation.stopsHere { return }
            if next > 0 { append(", ") }
            if case .list(let inner) = values[next] {
                append(UInt8(ascii: "["))
                open.append((inner, 0))
            } else {
                append(values[next], quoted: true)
            }
        }
    }

    /// Appends bytes as `\x` and two hexadecimal digits each.
    public func appendHexadecimal(_ bytes: UnsafeRawBufferPointer) {
        append("\\x")
        for byte in bytes {
            for digit in [byte >> 4, byte & 15] { append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
        }
    }

    /// Appends a string as a literal of the language: in double quotes, with its escapes.
    public func appendQuoted(_ text: String) {
        append(UInt8(ascii: "\""))
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next(), count = 0
        while let scalar = next {
            next = scalars.next()
            count &+= 1
            if count & 0xffff == 0, Cancellation.stopsHere { return }
            switch scalar {
            case "\n": append("\\n")
            case "\r": append("\\r")
            case "\t": append("\\t")
            case "\0": append("\\0")
            case "\\": append("\\\\")
            case "\"": append("\\\"")
            case "$" where next == "{": append("\\$")
            case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
                append("\\u{" + String(scalar.value, radix: 16) + "}")
            default: append(String(scalar))
            }
        }
        append(UInt8(ascii: "\""))
    }
}
