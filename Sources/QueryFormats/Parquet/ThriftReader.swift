// Thrift's compact protocol, read into trees; what a footer claims to hold is held against the bytes that are there.
import QueryFrames

/// A value that was read.
indirect enum ThriftNode {
    case bool(Bool)
    case int(Int64)
    /// Where the bytes stand in the input.
    case bytes(Range<Int>)
    case list([ThriftNode])
    case record([Int: ThriftNode])
}

/// Reads values from a place on.
struct ThriftReader {
    let input: CheckedBytes
    private(set) var position: Int

    /// Structures nest no deeper in any sane file.
    private static let depthLimit = 32

    init(_ input: CheckedBytes, at position: Int = 0) {
        self.input = input
        self.position = position
    }

    private mutating func byte() throws(FormatError) -> UInt8 {
        let byte = try input.load(position, as: UInt8.self)
        position += 1
        return byte
    }

    private mutating func varint() throws(FormatError) -> UInt64 {
        var value: UInt64 = 0, shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 64 else { throw input.damaged }
            value |= UInt64(next & 0x7f) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    private mutating func zigzag() throws(FormatError) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// Reads a struct.
    mutating func record() throws(FormatError) -> ThriftRecord {
        guard case .record(let fields) = try value(12, depth: 0) else { throw input.damaged }
        return ThriftRecord(input: input, fields: fields)
    }

    private mutating func value(_ code: UInt8, depth: Int) throws(FormatError) -> ThriftNode {
        guard depth < Self.depthLimit else { throw input.damaged }
        switch code {
        case 1: return .bool(true)
        case 2: return .bool(false)
        case 3: return .int(Int64(Int8(bitPattern: try byte())))
        case 4, 5, 6: return .int(try zigzag())
        case 7:
            _ = try input.slice(position, 8)
            defer { position += 8 }
            return .bytes(position..<position + 8)
        case 8:
            guard let count = Int(exactly: try varint()) else { throw input.damaged }
            _ = try input.slice(position, count)
            defer { position += count }
            return .bytes(position..<position + count)
        case 9, 10: return .list(try list(depth))
        case 11: return .list(try map(depth))
        case 12: return .record(try fields(depth))
        default: throw input.damaged
        }
    }

    private mutating func list(_ depth: Int) throws(FormatError) -> [ThriftNode] {
        let header = try byte()
        let count = header >> 4 == 15 ? try varint() : UInt64(header >> 4)
        // Each element takes a byte at least.
        guard count <= UInt64(max(0, input.count - position)) else { throw input.damaged }
        var elements: [ThriftNode] = []
        for _ in 0..<Int(count) {
            // In a list, bools are bytes.
            let code = header & 0xf
            elements.append(code <= 2 ? .bool(try byte() == 1) : try value(code, depth: depth + 1))
        }
        return elements
    }

    private mutating func map(_ depth: Int) throws(FormatError) -> [ThriftNode] {
        let count = try varint()
        if count == 0 { return [] }
        guard count <= UInt64(max(0, input.count - position)) else { throw input.damaged }
        let codes = try byte()
        var elements: [ThriftNode] = []
        for _ in 0..<Int(count) {
            elements.append(try value(codes >> 4, depth: depth + 1))
            elements.append(try value(codes & 0xf, depth: depth + 1))
        }
        return elements
    }

    private mutating func fields(_ depth: Int) throws(FormatError) -> [Int: ThriftNode] {
        var fields: [Int: ThriftNode] = [:]
        var id = 0
        while true {
            let header = try byte()
            if header == 0 { return fields }
            id = header >> 4 == 0 ? Int(Int16(truncatingIfNeeded: try zigzag())) : id + Int(header >> 4)
            fields[id] = try value(header & 0xf, depth: depth + 1)
        }
    }
}

/// A struct that was read; a field that is missing, or of another type, is an error where it is required.
struct ThriftRecord {
    let input: CheckedBytes
    let fields: [Int: ThriftNode]

    func has(_ id: Int) -> Bool { fields[id] != nil }

    func bool(_ id: Int, default fallback: Bool) -> Bool {
        if case .bool(let value)? = fields[id] { value } else { fallback }
    }

    /// A number; nil where it is missing or out of an Int's range.
    func number(_ id: Int) -> Int? {
        if case .int(let value)? = fields[id] { Int(exactly: value) } else { nil }
    }

    func required(_ id: Int) throws(FormatError) -> Int {
        guard let value = number(id) else { throw input.damaged }
        return value
    }

    func text(_ id: Int) throws(FormatError) -> String? {
        guard case .bytes(let range)? = fields[id] else { return nil }
        return try input.text(range.lowerBound, range.count)
    }

    func record(_ id: Int) -> ThriftRecord? {
        if case .record(let fields)? = fields[id] { ThriftRecord(input: input, fields: fields) } else { nil }
    }

    func records(_ id: Int) throws(FormatError) -> [ThriftRecord] {
        guard case .list(let elements)? = fields[id] else { return [] }
        var records: [ThriftRecord] = []
        for element in elements {
            guard case .record(let fields) = element else { throw input.damaged }
            records.append(ThriftRecord(input: input, fields: fields))
        }
        return records
    }
}
