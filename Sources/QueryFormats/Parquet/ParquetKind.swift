// What the values of a leaf mean, and the type of the column that they become.
import QueryFrames

enum ParquetUnit: Int {
    case milliseconds = 1, microseconds, nanoseconds

    /// `value` as microseconds; nil where it is none, or out of range.
    @inline(__always)
    func microseconds(_ value: Int64) -> Int64? {
        switch self {
        case .milliseconds:
            let (product, overflow) = value.multipliedReportingOverflow(by: 1_000)
            return overflow ? nil : product
        case .microseconds: return value
        case .nanoseconds: return value % 1_000 == 0 ? value / 1_000 : nil
        }
    }
}

enum ParquetKind: Hashable {
    case null, bool
    case int(signed: Bool)
    case float16, float32, float64
    case decimal(scale: Int)
    case text, json, binary, uuid
    case date
    case timestamp(ParquetUnit, utc: Bool)
    /// Days and nanoseconds of the day, 96 bits.
    case legacyTimestamp
    /// Times of a day, and durations.
    case duration(ParquetUnit)

    /// The type of the column; unsigned numbers of 64 bits may be too great for an int.
    func type(_ physical: ParquetPhysical) -> DataType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int(let signed): physical == .int64 && !signed ? .decimal(scale: 0) : .int64
        case .float16, .float32, .float64: .float64
        case .decimal(let scale): .decimal(scale: scale)
        case .text, .uuid: .string
        case .json: .json
        case .binary: .binary
        case .date: .date
        case .timestamp(_, let utc): .timestamp(utc: utc)
        case .legacyTimestamp: .timestamp(utc: false)
        case .duration: .duration
        }
    }

    /// What people call it.
    var words: String {
        switch self {
        case .timestamp(.nanoseconds, _), .legacyTimestamp: "timestamp of nanoseconds"
        case .duration(.nanoseconds): "time of nanoseconds"
        case .timestamp: "timestamp"
        case .duration: "time"
        case .decimal: "decimal"
        case .date: "date"
        default: "value"
        }
    }
}

extension ParquetLeaf {
    /// A leaf of the schema's element.
    init(_ element: ThriftRecord, _ name: String, _ input: CheckedBytes) throws(FormatError) {
        guard let physical = Int32(exactly: try element.required(1)).flatMap(ParquetPhysical.init(rawValue:)) else { throw input.damaged }
        let length = physical == .fixedBytes ? try element.required(2) : physical.width ?? 0
        guard length >= 0, length <= 1 << 24, physical != .fixedBytes || length > 0 else { throw input.damaged }
        self.physical = physical
        self.length = length
        if element.record(10)?.has(9) ?? false || element.number(6) == 21 {
            throw .unsupported(path: input.path, column: name, feature: "an interval of months")
        }
        var kind = Self.plain(physical)
        if let logical = element.record(10), let said = try Self.kind(logical, physical, input) {
            kind = said
        } else if let said = try Self.kind(converted: element, physical, input) {
            kind = said
        }
        guard kind.fits(physical, length) else { throw input.damaged }
        self.kind = kind
    }

    private static func unit(_ record: ThriftRecord?, _ input: CheckedBytes) throws(FormatError) -> ParquetUnit {
        guard let unit = (1...3).first(where: { record?.has($0) ?? false }).flatMap(ParquetUnit.init(rawValue:)) else { throw input.damaged }
        return unit
    }

    private static func decimal(_ scale: Int?, _ input: CheckedBytes) throws(FormatError) -> ParquetKind {
        let scale = scale ?? 0
        guard (0...Decimal128.maximumDigits).contains(scale) else { throw input.damaged }
        return .decimal(scale: scale)
    }

    /// What the union `LogicalType` says; nil where it says nothing that is known.
    private static func kind(_ logical: ThriftRecord, _ physical: ParquetPhysical, _ input: CheckedBytes) throws(FormatError) -> ParquetKind? {
        guard let member = logical.fields.keys.min() else { return nil }
        let record = logical.record(member)
        switch member {
        case 1, 4: return .text
        case 5: return try decimal(record?.number(1), input)
        case 6: return .date
        case 7: return .duration(try unit(record?.record(2), input))
        case 8: return .timestamp(try unit(record?.record(2), input), utc: record?.bool(1, default: false) ?? false)
        case 10: return .int(signed: record?.bool(2, default: true) ?? true)
        case 11: return .null
        case 12: return .json
        case 13: return .binary
        case 14: return .uuid
        case 15: return .float16
        default: return nil
        }
    }

    /// What the older `ConvertedType` says.
    private static func kind(
        converted element: ThriftRecord, _ physical: ParquetPhysical, _ input: CheckedBytes
    ) throws(FormatError) -> ParquetKind? {
        switch element.number(6) {
        case 0, 4: .text
        case 5: try decimal(element.number(7), input)
        case 6: .date
        case 7: .duration(.milliseconds)
        case 8: .duration(.microseconds)
        case 9: .timestamp(.milliseconds, utc: true)
        case 10: .timestamp(.microseconds, utc: true)
        case 11, 12, 13, 14: .int(signed: false)
        case 15, 16, 17, 18: .int(signed: true)
        case 19: .json
        case 20: .binary
        default: nil
        }
    }

    private static func plain(_ physical: ParquetPhysical) -> ParquetKind {
        switch physical {
        case .boolean: .bool
        case .int32, .int64: .int(signed: true)
        case .int96: .legacyTimestamp
        case .float: .float32
        case .double: .float64
        case .byteArray, .fixedBytes: .binary
        }
    }
}

extension ParquetKind {
    /// Whether values of the kind can lie as `physical` says.
    fileprivate func fits(_ physical: ParquetPhysical, _ length: Int) -> Bool {
        switch self {
        case .null: true
        case .bool: physical == .boolean
        case .int: physical == .int32 || physical == .int64
        case .float16: physical == .fixedBytes && length == 2
        case .float32: physical == .float
        case .float64: physical == .double
        case .decimal: [.int32, .int64, .byteArray, .fixedBytes].contains(physical)
        case .text, .json: physical == .byteArray
        case .binary: physical == .byteArray || physical == .fixedBytes
        case .uuid: physical == .fixedBytes && length == 16
        case .date: physical == .int32
        case .timestamp: physical == .int64
        case .legacyTimestamp: physical == .int96
        case .duration(.milliseconds): physical == .int32
        case .duration: physical == .int64
        }
    }
}
