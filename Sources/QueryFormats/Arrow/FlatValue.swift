// Flatbuffers, written: a tree of values becomes bytes, each table behind its vtable and before what it points to.

/// A value of a table's field.
indirect enum FlatValue {
    case byte(UInt8)
    case short(Int16)
    case int(Int32)
    case long(Int64)
    case string(String)
    /// Fields by their slot.
    case table([Int: FlatValue])
    case tables([FlatValue])
    /// Structs side by side, made of 64-bit words, so many words each.
    case structs([Int64], words: Int)

    /// Bytes that the value takes in its table.
    fileprivate var width: Int {
        switch self {
        case .byte: 1
        case .short: 2
        case .long: 8
        case .int, .string, .table, .tables, .structs: 4
        }
    }

    /// The bytes of a buffer whose root this table is.
    var serialized: [UInt8] {
        var buffer = FlatBytes()
        buffer.reference(at: 0, self)
        return buffer.bytes
    }
}

/// Bytes under construction. It recurses as deep as schemas nest, which columns limit.
private struct FlatBytes {
    var bytes: [UInt8] = [0, 0, 0, 0]

    /// Writes `value` at the end, and its distance from the offset at `place` there.
    mutating func reference(at place: Int, _ value: FlatValue) {
        let target = write(value)
        store(UInt32(truncatingIfNeeded: target - place), at: place)
    }

    private mutating func store<T: FixedWidthInteger>(_ number: T, at place: Int) {
        withUnsafeBytes(of: number.littleEndian) { for (index, byte) in $0.enumerated() { bytes[place + index] = byte } }
    }

    private mutating func append<T: FixedWidthInteger>(_ number: T) { withUnsafeBytes(of: number.littleEndian) { bytes += $0 } }

    /// Pads so that the next byte's place is `rest` past a multiple of 8.
    private mutating func align(_ rest: Int) { while bytes.count & 7 != rest { bytes.append(0) } }

    /// Writes what a field points to, and gives its place.
    private mutating func write(_ value: FlatValue) -> Int {
        align(4)
        var place = bytes.count
        switch value {
        case .string(let text):
            append(UInt32(truncatingIfNeeded: text.utf8.count))
            bytes += text.utf8
            bytes.append(0)
        case .table(let fields): place = write(fields)
        case .tables(let tables):
            append(UInt32(truncatingIfNeeded: tables.count))
            for _ in tables { append(UInt32(0)) }
            for (index, table) in tables.enumerated() { reference(at: place + 4 + index * 4, table) }
        case .structs(let numbers, let words):
            append(UInt32(truncatingIfNeeded: numbers.count / words))
            for number in numbers { append(number) }
        case .byte, .short, .int, .long: break  // these stand in the table itself
        }
        return place
    }

    private mutating func write(_ fields: [Int: FlatValue]) -> Int {
        // The widest come first, so that each is aligned: the table begins 4 before a multiple of 8.
        let ordered = fields.sorted { ($1.value.width, $0.key) < ($0.value.width, $1.key) }
        let slots = (fields.keys.max() ?? -1) + 1
        var places: [Int: Int] = [:]
        var size = 4
        for (slot, value) in ordered {
            places[slot] = size
            size += value.width
        }
        let vtableSize = 4 + slots * 2
        while (bytes.count + vtableSize) & 7 != 4 { bytes.append(0) }
        append(UInt16(truncatingIfNeeded: vtableSize))
        append(UInt16(truncatingIfNeeded: size))
        for slot in 0..<slots { append(UInt16(truncatingIfNeeded: places[slot] ?? 0)) }
        let place = bytes.count
        append(Int32(truncatingIfNeeded: vtableSize))
        for (_, value) in ordered {
            switch value {
            case .byte(let number): append(number)
            case .short(let number): append(number)
            case .int(let number): append(number)
            case .long(let number): append(number)
            default: append(UInt32(0))
            }
        }
        for (slot, value) in ordered.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .byte, .short, .int, .long: break
            default: reference(at: place + (places[slot] ?? 0), value)
            }
        }
        return place
    }
}
