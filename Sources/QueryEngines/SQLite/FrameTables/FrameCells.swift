// A frame as the virtual table reads it: plain pointers to the memory of every column of every batch, found without
// reference counting.
import QueryFrames

/// Where the values of one column of one batch are.
struct FrameCells {
    enum Kind: UInt8 {
        case null, bool, int, float, date, timestamp, timestampUTC, decimal, string, dictionary, blob, blobDictionary
        /// Lists, whose column is at `values`; they are handed over as JSON text.
        case list
        /// Dates whose texts are written already, ten bytes a day.
        case writtenDate
    }

    var kind: Kind
    /// Digits after the point of decimals.
    var scale: UInt8 = 0
    var validity: UnsafePointer<UInt8>?
    /// Values, bits, or the offsets of strings.
    var values: UnsafeRawPointer
    /// The bytes of strings, or where the text of day 0 is or would be.
    var bytes: UnsafeRawPointer
    /// Of a dictionary: which of the strings each row has.
    var indices: UnsafePointer<Int32>

    /// An address for what a kind does not have; never read.
    private static var nothing: UnsafeRawPointer { UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped }
}

extension FrameCells {
    /// The cells of `column`, which has to live as long as they are used.
    init(_ column: Column) {
        kind = .null
        validity = column.validBits
        values = FrameCells.nothing
        bytes = FrameCells.nothing
        indices = FrameCells.nothing.assumingMemoryBound(to: Int32.self)
        switch column.storage {
        case .none: break
        case .bits(let buffer):
            kind = .bool
            values = buffer.pointer
        case .fixed(let buffer):
            values = buffer.pointer
            switch column.type {
            case .float64: kind = .float
            case .date: kind = .date
            case .timestamp(let utc): kind = utc ? .timestampUTC : .timestamp
            case .decimal(let digits):
                kind = .decimal
                scale = UInt8(truncatingIfNeeded: digits)
            default: kind = .int
            }
        case .variable(let offsets, let text):
            kind = column.type == .binary ? .blob : .string
            values = offsets.pointer
            bytes = text.pointer
        case .dictionary(let indices, let strings):
            guard case .variable(let offsets, let text) = strings.storage else { break }
            kind = column.type == .binary ? .blobDictionary : .dictionary
            values = offsets.pointer
            bytes = text.pointer
            self.indices = indices.values(as: Int32.self)
        case .list:
            kind = .list
            values = UnsafeRawPointer(Unmanaged.passUnretained(column).toOpaque())
        }
    }

    @inline(__always)
    func isNull(_ row: Int) -> Bool {
        guard let validity else { return kind == .null }
        return !Bitmap.get(validity, row)
    }

    @inline(__always)
    func int(_ row: Int) -> Int64 { values.assumingMemoryBound(to: Int64.self)[row] }

    @inline(__always)
    func float(_ row: Int) -> Double { values.assumingMemoryBound(to: Double.self)[row] }

    @inline(__always)
    func decimal(_ row: Int) -> Int128 { values.assumingMemoryBound(to: Int128.self)[row] }

    @inline(__always)
    func day(_ row: Int) -> Int32 { values.assumingMemoryBound(to: Int32.self)[row] }

    /// The text of the date in `row`, where texts are written already.
    @inline(__always)
    func writtenDay(_ row: Int) -> UnsafeRawPointer { bytes + Int(day(row)) &* DayTexts.width }

    /// Appends the list of `row` as JSON.
    func appendList(_ row: Int, to text: TextBuffer) {
        Unmanaged<Column>.fromOpaque(values)._withUnsafeGuaranteedRef { _ = text.appendJSON($0.scalar(row)) }
    }

    @inline(__always)
    func utf8(_ row: Int) -> (start: UnsafeRawPointer, count: Int) {
        let index = kind == .dictionary || kind == .blobDictionary ? Int(indices[row]) : row
        let offsets = values.assumingMemoryBound(to: Int32.self)
        let start = Int(offsets[index])
        return (bytes + start, Int(offsets[index &+ 1]) &- start)
    }
}
