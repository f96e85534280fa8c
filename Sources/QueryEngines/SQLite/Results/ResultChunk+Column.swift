// The values of a chunk as a column of the type that was chosen for all.
import CSQLite
import QueryFrames

extension ResultChunk {
    /// Whether every integer is 0 or 1.
    var isBoolean: Bool { (0..<count).allSatisfy { tag($0) != SQLITE_INTEGER || int($0) >> 1 == 0 } }

    /// Whether every integer is exactly a float.
    var isExactlyFloat: Bool { (0..<count).allSatisfy { tag($0) != SQLITE_INTEGER || Double(exactly: int($0)) != nil } }

    /// The column; `type` is one that has a place for every value of the chunk.
    func column(as type: DataType, hexadecimalBlobs: Bool = false) -> Column {
        switch type {
        case .null: return .nulls(count)
        case .bool:
            let builder = BoolBuilder(capacity: count)
            for row in 0..<count { tag(row) == SQLITE_INTEGER ? builder.append(int(row) != 0) : builder.appendNull() }
            return builder.finish()
        case .int64, .duration, .timestamp: return fixed(type)
        case .float64:
            if seen & ResultChunk.bit(SQLITE_INTEGER) != 0 {
                // Integers among floats: the memory is this chunk's own, so they are changed in place.
                let floats = payload.values(as: Double.self)
                for row in 0..<count where tag(row) == SQLITE_INTEGER { floats[row] = Double(int(row)) }
            }
            return fixed(type)
        case .date:
            let builder = FixedBuilder<Int32>(.date, capacity: count)
            for _ in 0..<count { builder.appendNull() }
            return builder.finish()
        case .binary: return texts(.binary)
        case .string, .decimal, .json, .list: return seen & ~ResultChunk.bit(SQLITE_NULL) == ResultChunk.bit(SQLITE_TEXT) ? texts() : written(hexadecimalBlobs)
        }
    }

    /// The column of decimals; nil where some value is none of the type.
    func decimalColumn(_ type: DataType) -> Column? {
        guard case .decimal(let scale) = type else { return nil }
        let builder = FixedBuilder<Int128>(type, capacity: count)
        for row in 0..<count {
            switch tag(row) {
            case SQLITE_NULL: builder.appendNull()
            case SQLITE_TEXT:
                guard let value = Decimal128(text(row))?.rescaled(to: scale) else { return nil }
                builder.append(value.unscaled)
            default: return nil
            }
        }
        return builder.finish()
    }

    /// The column of dates or timestamps; nil where some text is none.
    func timeColumn(_ type: DataType) -> Column? {
        if type == .date {
            let builder = FixedBuilder<Int32>(.date, capacity: count)
            for row in 0..<count {
                if tag(row) == SQLITE_NULL { builder.appendNull(); continue }
                guard let day = TextParsing.date(text(row)) else { return nil }
                builder.append(day)
            }
            return builder.finish()
        }
        let builder = FixedBuilder<Int64>(type, capacity: count)
        for row in 0..<count {
            if tag(row) == SQLITE_NULL { builder.appendNull(); continue }
            guard let time = TextParsing.timestamp(text(row)), type == .timestamp(utc: time.utc) else { return nil }
            builder.append(time.micros)
        }
        return builder.finish()
    }

    /// The bitmap of the rows that have a value, nil where all have.
    private var validity: Buffer? {
        guard seen & ResultChunk.bit(SQLITE_NULL) != 0 else { return nil }
        let bitmap = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true)
        let bits = bitmap.values(as: UInt8.self)
        for row in 0..<count where tag(row) != SQLITE_NULL { Bitmap.set(bits, row) }
        return bitmap.freeze(byteCount: Bitmap.byteCount(count))
    }

    /// The payload as it is.
    private func fixed(_ type: DataType) -> Column {
        Column(type: type, count: count, validity: validity, storage: .fixed(payload.freeze(byteCount: count * 8)))
    }

    /// The texts, or the bytes, as they are.
    private func texts(_ type: DataType = .string) -> Column {
        let offsets = MutableBuffer(capacity: (count + 1) * 4)
        let to = offsets.values(as: Int32.self), from = payload.values(as: Int64.self)
        to[0] = 0
        for row in 0..<count { to[row + 1] = Int32(truncatingIfNeeded: from[row]) }
        let storage = Column.Storage.variable(
            offsets: offsets.freeze(byteCount: (count + 1) * 4), bytes: bytes.freeze(byteCount: byteCount))
        return Column(type: type, count: count, validity: validity, storage: storage)
    }

    /// Every value as text: numbers in their shortest form.
    private func written(_ hexadecimalBlobs: Bool) -> Column {
        let builder = StringBuilder(capacity: count)
        let number = TextBuffer()
        for row in 0..<count {
            number.removeAll()
            switch tag(row) {
            case SQLITE_INTEGER: number.appendInt(int(row))
            case SQLITE_FLOAT: number.appendFloat(float(row))
            case SQLITE_BLOB where hexadecimalBlobs:
                for byte in text(row) { number.appendHexadecimal(byte) }
            case SQLITE_NULL:
                builder.appendNull()
                continue
            default:
                builder.append(text(row))
                continue
            }
            number.withBytes { builder.append($0) }
        }
        return builder.finish()
    }
}

extension TextBuffer {
    fileprivate func appendHexadecimal(_ byte: UInt8) {
        func write(_ digit: UInt8) { append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
        write(byte >> 4)
        write(byte & 15)
    }
}
