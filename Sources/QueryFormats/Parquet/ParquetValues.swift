// The values of a column as parquet's plain encoding has them: those that are not null, one after another.
import QueryFrames

enum ParquetValues {
    /// Appends the values of `column`, leaving out its nulls; `rows`, where it is given, tells which.
    static func append(_ column: Column, rows: [Int32]? = nil, to out: TextBuffer) {
        switch column.storage {
        case .none: break
        case .bits(let bits): appendBits(column, bits.values(as: UInt8.self), rows, to: out)
        case .fixed(let values):
            switch column.type {
            case .date: append(column, values.values(as: Int32.self), rows, to: out)
            case .decimal: append(column, values.values(as: Int128.self), rows, to: out) { $0.bigEndian }
            default: append(column, values.values(as: Int64.self), rows, to: out)
            }
        case .variable, .dictionary: appendTexts(column, rows, to: out)
        case .list: break  // its elements are what is written
        }
    }

    /// Calls `body` with the rows that are written.
    @inline(__always)
    static func forEach(_ column: Column, _ rows: [Int32]?, _ body: (Int) -> Void) {
        if let rows {
            for row in rows { body(Int(row)) }
        } else if let valid = column.validBits {
            for row in 0..<column.count where Bitmap.get(valid, row) { body(row) }
        } else {
            for row in 0..<column.count { body(row) }
        }
    }

    @inline(__always)
    private static func append<T: BitwiseCopyable>(
        _ column: Column, _ values: UnsafePointer<T>, _ rows: [Int32]?, to out: TextBuffer, _ change: ((T) -> T)? = nil
    ) {
        let width = MemoryLayout<T>.size
        if change == nil, rows == nil, column.validity == nil {
            return out.append(UnsafeRawBufferPointer(start: values, count: column.count * width))
        }
        let place = UnsafeMutableRawPointer(out.reserve((rows?.count ?? column.count) * width))
        var at = 0
        forEach(column, rows) { row in
            place.storeBytes(of: change.map { $0(values[row]) } ?? values[row], toByteOffset: at, as: T.self)
            at &+= width
        }
        out.advance(by: at)
    }

    private static func appendBits(_ column: Column, _ bits: UnsafePointer<UInt8>, _ rows: [Int32]?, to out: TextBuffer) {
        if rows == nil, column.validity == nil {
            return out.append(UnsafeRawBufferPointer(start: bits, count: Bitmap.byteCount(column.count)))
        }
        var byte: UInt8 = 0, count: UInt8 = 0
        forEach(column, rows) { row in
            if Bitmap.get(bits, row) { byte |= 1 << count }
            count += 1
            if count == 8 {
                out.append(byte)
                (byte, count) = (0, 0)
            }
        }
        if count > 0 { out.append(byte) }
    }

    private static func appendTexts(_ column: Column, _ rows: [Int32]?, to out: TextBuffer) {
        guard let texts = TextPlaces(column) else { return }
        var total = 0
        forEach(column, rows) { total += 4 + texts[$0].count }
        var place = UnsafeMutableRawPointer(out.reserve(total))
        forEach(column, rows) { row in
            let text = texts[row]
            place.storeBytes(of: UInt32(truncatingIfNeeded: text.count).littleEndian, as: UInt32.self)
            if let start = text.baseAddress { (place + 4).copyMemory(from: start, byteCount: text.count) }
            place += 4 + text.count
        }
        out.advance(by: total)
    }
}
