// The values of one column of a batch, ready to be written as text row by row.
import QueryFrames

/// A column with its memory at hand; the batch has to outlive it.
struct ColumnText {
    let column: Column
    private let values: Values

    private enum Values {
        case none
        case bits(UnsafePointer<UInt8>)
        case ints(UnsafePointer<Int64>)
        case floats(UnsafePointer<Double>)
        case text
        case dates(UnsafePointer<Int32>)
        case timestamps(UnsafePointer<Int64>, utc: Bool)
        case durations(UnsafePointer<Int64>)
    }

    init(_ column: Column) {
        self.column = column
        values =
            switch column.type {
            case .null: .none
            case .bool: .bits(column.bits)
            case .int64: .ints(column.fixed(as: Int64.self))
            case .float64: .floats(column.fixed(as: Double.self))
            case .string: .text
            case .date: .dates(column.fixed(as: Int32.self))
            case .timestamp(let utc): .timestamps(column.fixed(as: Int64.self), utc: utc)
            case .duration: .durations(column.fixed(as: Int64.self))
            }
    }

    /// Whether the values are text, which may need quotes.
    var isText: Bool { if case .text = values { true } else { false } }

    /// The float of `row`, in a column of floats.
    @inline(__always)
    func float(_ row: Int) -> Double? { if case .floats(let floats) = values { floats[row] } else { nil } }

    /// Appends the value of `row`, which is not null, as text without quotes.
    func append(_ row: Int, to buffer: TextBuffer) {
        switch values {
        case .none: break
        case .bits(let bits): Bitmap.get(bits, row) ? buffer.append("true") : buffer.append("false")
        case .ints(let ints): buffer.appendInt(ints[row])
        case .floats(let floats): buffer.appendFloat(floats[row])
        case .text: buffer.append(column.utf8(row))
        case .dates(let dates): buffer.appendDate(dates[row])
        case .timestamps(let times, let utc): buffer.appendTimestamp(times[row], utc: utc)
        case .durations(let durations): buffer.appendDuration(durations[row])
        }
    }
}
