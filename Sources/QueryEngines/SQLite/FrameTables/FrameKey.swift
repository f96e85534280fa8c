// The value that an equality in a statement asks a column for, and the hash under which an index finds it.
import CSQLite
import QueryFrames

/// The value that an equality asks a column for.
enum FrameKey {
    /// No row can have it.
    case none
    /// It has to be compared row by row.
    case any
    case hash(UInt64)

    /// What `value` means for a column of `type` under SQLite's rules of comparison: what is not surely understood is `any`.
    init(_ value: OpaquePointer, for type: DataType) {
        let kind = sqlite3_value_type(value)
        if kind == SQLITE_NULL {
            self = .none
            return
        }
        switch type {
        case .int64, .duration:
            if kind == SQLITE_INTEGER {
                self = .hash(FrameKey.hash(sqlite3_value_int64(value)))
            } else if kind == SQLITE_FLOAT {
                self = Int64(exactly: sqlite3_value_double(value)).map { .hash(FrameKey.hash($0)) } ?? .none
            } else {
                self = .any
            }
        case .float64:
            if kind == SQLITE_FLOAT {
                self = .hash(FrameKey.hash(sqlite3_value_double(value)))
            } else if kind == SQLITE_INTEGER {
                self = Double(exactly: sqlite3_value_int64(value)).map { .hash(FrameKey.hash($0)) } ?? .none
            } else {
                self = .any
            }
        case .string, .date, .timestamp:
            guard kind == SQLITE_TEXT, let start = sqlite3_value_text(value) else {
                self = .any
                return
            }
            let text = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
            switch type {
            case .string: self = .hash(FrameKey.hash(text))
            case .date: self = TextParsing.date(text).map { .hash(FrameKey.hash(Int64($0))) } ?? .any
            default: self = TextParsing.timestamp(text).map { .hash(FrameKey.hash($0.micros)) } ?? .any
            }
        case .null, .bool, .decimal, .binary, .json, .list: self = .any
        }
    }

    /// Whether columns of `type` are looked up at all; of two values or none, they are not worth it, and others are seldom asked for.
    static func isIndexed(_ type: DataType) -> Bool {
        switch type {
        case .null, .bool, .decimal, .binary, .json, .list: false
        case .int64, .float64, .string, .date, .timestamp, .duration: true
        }
    }

    @inline(__always)
    static func hash(_ cells: FrameCells, _ row: Int) -> UInt64 {
        switch cells.kind {
        case .null, .bool, .blob, .blobDictionary, .decimal, .list: return 0
        case .int, .timestamp, .timestampUTC: return hash(cells.int(row))
        case .float: return hash(cells.float(row))
        case .date, .writtenDate: return hash(Int64(cells.day(row)))
        case .string, .dictionary:
            let text = cells.utf8(row)
            return hash(UnsafeRawBufferPointer(start: text.start, count: text.count))
        }
    }

    @inline(__always)
    static func hash(_ value: Int64) -> UInt64 {
        let wide = (UInt64(bitPattern: value) ^ 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
        return wide.high ^ wide.low
    }

    /// Zero and minus zero are equal.
    @inline(__always)
    static func hash(_ value: Double) -> UInt64 { hash(Int64(bitPattern: (value == 0 ? 0 : value).bitPattern)) }

    static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
        var state: UInt64 = UInt64(text.count)
        var at = 0
        while at + 8 <= text.count {
            state = hash(Int64(bitPattern: state ^ text.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
            at += 8
        }
        var rest: UInt64 = 0
        while at < text.count {
            rest = rest << 8 | UInt64(text[at])
            at += 1
        }
        return hash(Int64(bitPattern: state ^ rest))
    }
}
