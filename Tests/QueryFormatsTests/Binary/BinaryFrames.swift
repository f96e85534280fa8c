// Frames of every type that columns have, for the tests of binary formats.
import QueryFormats
import QueryFrames
import Testing

/// What `format` makes of a frame, as bytes.
func writeBytes(_ format: String, _ frame: Frame, _ options: [String: Scalar] = [:]) throws -> [UInt8] {
    let row = try #require(Formats.row(named: format))
    let make = try #require(row.write)
    let sink = MemorySink()
    try make(sink, FormatOptions(values: options)).write(frame)
    return sink.bytes
}

/// Every type of column that files keep.
let allTypes: [DataType] = [
    .null, .bool, .int64, .float64, .decimal(scale: 0), .decimal(scale: 3), .decimal(scale: 38), .string, .date, .timestamp(utc: true),
    .timestamp(utc: false), .duration, .binary, .json, .list(.int64), .list(.string), .list(.list(.float64)), .list(.bool), .list(.null),
    .list(.decimal(scale: 2)), .list(.binary), .list(.list(.list(.string))),
]

/// A random value of `type`, often null.
func randomValue(_ type: DataType, _ random: inout SeededNumbers, nulls: Bool = true) -> Scalar {
    if nulls, random.next() % 5 == 0 { return .null }
    switch type {
    case .null: return .null
    case .bool: return .bool(random.next() % 2 == 0)
    case .int64: return .int(Int64(bitPattern: random.next()) >> Int64(random.next() % 64))
    case .float64:
        let specials = [0.0, -0.0, .infinity, -.infinity, 5e-324, 1.5]
        return .float(random.next() % 4 == 0 ? specials[Int(random.next() % 6)] : Double(Int64(bitPattern: random.next())) / 1_024)
    case .decimal(let scale):
        let most: Int128 = 99_999_999_999_999_999_999_999_999_999_999_999_999
        let number = Int128(truncatingIfNeeded: UInt128(random.next()) << 64 | UInt128(random.next())) >> Int128(random.next() % 127)
        return .decimal(Decimal128(unscaled: max(-most, min(most, number)), scale: scale))
    case .string: return .string(["", "a", "é", "日本語", "EU", "US", "a longer text than that", "\0"][Int(random.next() % 8)])
    case .date: return .date(Int32.random(in: CivilDate.range, using: &random))
    case .timestamp(let utc): return .timestamp(Int64.random(in: TextParsing.timestampRange, using: &random), utc: utc)
    case .duration: return .duration(Int64(bitPattern: random.next()))
    case .binary: return .binary((0..<random.next() % 9).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    case .json: return .json(["{}", "[1,2]", "\"x\"", "{\"a\":null}", "1.50"][Int(random.next() % 5)])
    case .list(let element): return .list((0..<random.next() % 4).map { _ in randomValue(element, &random, nulls: nulls) })
    }
}

/// A frame with a column of each of `types`, in batches of so many rows.
func randomFrame(_ types: [DataType], rows: [Int], _ random: inout SeededNumbers, nulls: Bool = true) -> Frame {
    let schema = Schema(types.enumerated().map { Field("c\($0) \($1.name)", $1) })
    let batches = rows.map { count in
        RecordBatch(count: count, columns: types.map { type in Column(type, (0..<count).map { _ in randomValue(type, &random, nulls: nulls) }) })
    }
    return Frame(schema: schema, batches: batches)
}

/// A string column of `values` as a dictionary of the distinct ones.
func dictionaryColumn(_ values: [String?]) -> Column {
    let distinct = Array(Set(values.compactMap { $0 })).sorted()
    let indices = MutableBuffer(capacity: values.count * 4, zeroed: true)
    for (row, value) in values.enumerated() {
        // What stands in a null row means nothing.
        indices.values(as: Int32.self)[row] = value.flatMap { distinct.firstIndex(of: $0) }.map { Int32($0) } ?? 1_000_000
    }
    let valid = Column(.bool, values.map { .bool($0 != nil) })
    guard case .bits(let bits) = valid.storage else { return valid }
    return Column(
        type: .string, count: values.count, validity: bits,
        storage: .dictionary(indices: indices.freeze(byteCount: values.count * 4), values: Column(.string, distinct.map { .string($0) })))
}
