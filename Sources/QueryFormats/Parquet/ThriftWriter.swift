// Thrift's compact protocol, written: the form of parquet's page headers and of the footer.
import QueryFrames

/// A value of a field.
indirect enum ThriftValue {
    case bool(Bool)
    case byte(Int8)
    case int(Int32)
    case long(Int64)
    case bytes([UInt8])
    case text(String)
    case ints([Int32])
    case texts([String])
    /// Fields by their ids, in ascending order.
    case record([(id: Int, value: ThriftValue)])
    case records([ThriftValue])

    fileprivate var code: UInt8 {
        switch self {
        case .bool(let value): value ? 1 : 2
        case .byte: 3
        case .int: 5
        case .long: 6
        case .bytes, .text: 8
        case .ints, .texts, .records: 9
        case .record: 12
        }
    }

    /// Appends the value to `out`. It recurses as deep as the structures of the format nest.
    func append(to out: TextBuffer) {
        switch self {
        case .bool: break  // the header has said it
        case .byte(let value): out.append(UInt8(bitPattern: value))
        case .int(let value): out.appendZigzag(Int64(value))
        case .long(let value): out.appendZigzag(value)
        case .bytes(let bytes):
            out.appendVarint(UInt64(bytes.count))
            bytes.withUnsafeBytes { out.append($0) }
        case .text(let text):
            out.appendVarint(UInt64(text.utf8.count))
            out.append(text)
        case .ints(let values):
            ThriftValue.appendHeader(values.count, code: 5, to: out)
            for value in values { out.appendZigzag(Int64(value)) }
        case .texts(let values):
            ThriftValue.appendHeader(values.count, code: 8, to: out)
            for value in values { ThriftValue.text(value).append(to: out) }
        case .records(let values):
            ThriftValue.appendHeader(values.count, code: 12, to: out)
            for value in values { value.append(to: out) }
        case .record(let fields):
            var last = 0
            for (id, value) in fields {
                out.append(UInt8(truncatingIfNeeded: (id - last) << 4) | value.code)
                last = id
                value.append(to: out)
            }
            out.append(UInt8(0))
        }
    }

    private static func appendHeader(_ count: Int, code: UInt8, to out: TextBuffer) {
        if count < 15 { return out.append(UInt8(truncatingIfNeeded: count << 4) | code) }
        out.append(0xf0 | code)
        out.appendVarint(UInt64(count))
    }
}

extension TextBuffer {
    /// Appends a number seven bits at a time, the lowest first.
    func appendVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends a number with its sign in the lowest bit.
    func appendZigzag(_ value: Int64) { appendVarint(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    /// Appends a number, its lowest byte first.
    func appendNumber<T: FixedWidthInteger>(_ value: T) { withUnsafeBytes(of: value.littleEndian) { append($0) } }
}
