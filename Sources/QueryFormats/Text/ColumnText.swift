// The values of one column of a batch, ready to be written as text row by row.
import QueryFrames

/// A column's memory at hand. It holds pointers alone, so that writing a value counts no references; the batch has to
/// outlive it.
struct ColumnText {
    private let values: Values
    private let validity: UnsafePointer<UInt8>?
    private let isNothing: Bool

    private enum Values {
        case none
        case bits(UnsafePointer<UInt8>)
        case ints(UnsafePointer<Int64>)
        case floats(UnsafePointer<Double>)
        case text(offsets: UnsafePointer<Int32>, bytes: UnsafeRawPointer)
        case words(indices: UnsafePointer<Int32>, offsets: UnsafePointer<Int32>, bytes: UnsafeRawPointer)
        case dates(UnsafePointer<Int32>)
        case timestamps(UnsafePointer<Int64>, utc: Bool)
        case durations(UnsafePointer<Int64>)
        case decimals(UnsafePointer<Int128>, scale: Int)
        case blobs(Unmanaged<Column>)
        case lists(Unmanaged<Column>)
    }

    init(_ column: Column) {
        validity = column.validBits
        isNothing = column.type == .null
        values =
            switch column.type {
            case .null: .none
            case .bool: .bits(column.bits)
            case .int64: .ints(column.fixed(as: Int64.self))
            case .float64: .floats(column.fixed(as: Double.self))
            case .string, .json: ColumnText.text(column)
            case .decimal(let scale): .decimals(column.fixed(as: Int128.self), scale: scale)
            case .binary: .blobs(Unmanaged.passUnretained(column))
            case .list: .lists(Unmanaged.passUnretained(column))
            case .date: .dates(column.fixed(as: Int32.self))
            case .timestamp(let utc): .timestamps(column.fixed(as: Int64.self), utc: utc)
            case .duration: .durations(column.fixed(as: Int64.self))
            }
    }

    private static func text(_ column: Column) -> Values {
        switch column.storage {
        case .variable(let offsets, let bytes): return .text(offsets: offsets.values(as: Int32.self), bytes: bytes.pointer)
        case .dictionary(let indices, let words):
            guard case .text(let offsets, let bytes) = text(words) else { return .none }
            return .words(indices: indices.values(as: Int32.self), offsets: offsets, bytes: bytes)
        default: return .none
        }
    }

    /// Whether `row` has no value.
    @inline(__always)
    func isNull(_ row: Int) -> Bool {
        if let validity { return !Bitmap.get(validity, row) }
        return isNothing
    }

    /// The UTF-8 of `row`, which is not null, in a column of text; nil in any other.
    @inline(__always)
    func utf8(_ row: Int) -> UnsafeRawBufferPointer? {
        switch values {
        case .text(let offsets, let bytes): return ColumnText.slice(row, offsets, bytes)
        case .words(let indices, let offsets, let bytes): return ColumnText.slice(Int(indices[row]), offsets, bytes)
        default: return nil
        }
    }

    @inline(__always)
    private static func slice(_ index: Int, _ offsets: UnsafePointer<Int32>, _ bytes: UnsafeRawPointer) -> UnsafeRawBufferPointer {
        let start = Int(offsets[index])
        return UnsafeRawBufferPointer(start: bytes + start, count: Int(offsets[index &+ 1]) &- start)
    }

    /// The float of `row`, in a column of floats.
    @inline(__always)
    func float(_ row: Int) -> Double? { if case .floats(let floats) = values { floats[row] } else { nil } }

    /// Appends the list of `row` as JSON, in a column of lists; gives how many numbers in it became null as they are not finite, and nil
    /// in any other column.
    func appendList(_ row: Int, to buffer: TextBuffer) -> Int? {
        guard case .lists(let column) = values else { return nil }
        return buffer.appendJSON(column.takeUnretainedValue().scalar(row))
    }

    /// Whether `write` knows the values: those that take a few bytes, whatever they are.
    var isShort: Bool {
        switch values {
        case .ints, .floats, .dates, .timestamps: true
        default: false
        }
    }

    /// Writes the value of `row`, which is not null, of a column whose values are short; there is room for `ValueBytes.widest` bytes.
    @inline(__always)
    func write(_ row: Int, _ place: ValueBytes.Place) -> ValueBytes.Place {
        switch values {
        case .ints(let ints): ValueBytes.int(ints[row], place)
        case .floats(let floats): ValueBytes.float(floats[row], place)
        case .dates(let dates): ValueBytes.date(dates[row], place)
        case .timestamps(let times, let utc): ValueBytes.timestamp(times[row], utc: utc, place)
        default: place
        }
    }

    /// Appends the value of `row`, which is not null, as text without quotes; lists as JSON.
    func append(_ row: Int, to buffer: TextBuffer) {
        switch values {
        case .none: break
        case .bits(let bits): Bitmap.get(bits, row) ? buffer.append("true") : buffer.append("false")
        case .ints(let ints): buffer.appendInt(ints[row])
        case .floats(let floats): buffer.appendFloat(floats[row])
        case .text(let offsets, let bytes): buffer.append(ColumnText.slice(row, offsets, bytes))
        case .words(let indices, let offsets, let bytes): buffer.append(ColumnText.slice(Int(indices[row]), offsets, bytes))
        case .dates(let dates): buffer.appendDate(dates[row])
        case .timestamps(let times, let utc): buffer.appendTimestamp(times[row], utc: utc)
        case .durations(let durations): buffer.appendDuration(durations[row])
        case .decimals(let decimals, let scale): buffer.appendDecimal(decimals[row], scale: scale)
        case .blobs(let column): buffer.appendHexadecimal(column.takeUnretainedValue().utf8(row))
        case .lists(let column): buffer.appendJSON(column.takeUnretainedValue().scalar(row))
        }
    }
}

extension RecordBatch {
    /// Calls `body` with the columns' memory, which lives as long as the call; lists are text there, that of JSON, unless told otherwise.
    func withText<E: Error>(listsAsText: Bool = true, _ body: (UnsafeBufferPointer<ColumnText>) throws(E) -> Void) throws(E) {
        let shown = listsAsText ? self.columns.map { $0.listsAsText() } : self.columns
        let columns = shown.map(ColumnText.init)
        let text = UnsafeMutableBufferPointer<ColumnText>.allocate(capacity: columns.count)
        _ = text.initialize(from: columns)
        defer {
            text.deallocate()
            withExtendedLifetime(shown) {}
        }
        try body(UnsafeBufferPointer(text))
    }
}

extension Column {
    /// A column of lists as one of their JSON text; any other as it is.
    fileprivate func listsAsText() -> Column {
        guard case .list = storage else { return self }
        let builder = StringBuilder(capacity: count), text = TextBuffer()
        for row in 0..<count {
            if isNull(row) {
                builder.appendNull()
                continue
            }
            text.removeAll()
            text.appendJSON(scalar(row))
            text.withBytes { builder.append($0) }
        }
        return builder.finish()
    }
}
