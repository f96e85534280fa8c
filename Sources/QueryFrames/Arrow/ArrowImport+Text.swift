// Imported strings and bytes: used as they lie where they are UTF-8, copied where each row has its own place (views).

extension ArrowImport {
    /// Strings or bytes with offsets.
    func bytes(isText: Bool, large: Bool) throws(ArrowError) -> Column.Storage {
        let offsets = try offsets(large: large)
        if offsets.range.isEmpty {
            // Where there are no bytes, there may be no buffer.
            return .variable(offsets: try self.offsets(large: large, rebased: true).buffer, bytes: MutableBuffer(capacity: 0).freeze(byteCount: 0))
        }
        let bytes = try buffer(2, offsets.range.upperBound).dropFirst(bytes: offsets.base)
        if !isText || ArrowImport.isText(offsets, bytes, count) { return .variable(offsets: offsets.buffer, bytes: bytes) }
        // What stands in null rows may be no text; then the others are copied.
        return try copied(byteCount: offsets.range.count, isText: true) { row in
            let start = Int(offsets.at[row])
            return UnsafeRawBufferPointer(start: bytes.pointer + start, count: Int(offsets.at[row + 1]) - start)
        }
    }

    /// Whether all bytes are UTF-8, and each row begins with a character.
    private static func isText(_ offsets: Offsets, _ bytes: Buffer, _ count: Int) -> Bool {
        let at = offsets.at, first = Int(at[0]), last = Int(at[count])
        if !UTF8Validation.isValid(UnsafeRawBufferPointer(start: bytes.pointer + first, count: last - first)) { return false }
        let from = bytes.values(as: UInt8.self)
        for row in 0..<count where Int(at[row]) < last && !Text.isBoundary(from[Int(at[row])]) { return false }
        return true
    }

    /// Bytes, `width` a row.
    func bytes(width: Int) throws(ArrowError) -> Column.Storage {
        guard count * width <= StringBuilder.byteLimit else { throw .tooLarge(field: type.path) }
        let offsets = evenOffsets(width)
        if width == 0 { return .variable(offsets: offsets, bytes: MutableBuffer(capacity: 0).freeze(byteCount: 0)) }
        return .variable(offsets: offsets, bytes: try buffer(1, (start + count) * width).dropFirst(bytes: start * width))
    }

    /// Offsets of rows that all have `width` values.
    func evenOffsets(_ width: Int) -> Buffer {
        let out = MutableBuffer(capacity: (count + 1) * 4)
        let to = out.values(as: Int32.self)
        for row in 0...count { to[row] = Int32(truncatingIfNeeded: row * width) }
        return out.freeze(byteCount: (count + 1) * 4)
    }

    /// Strings or bytes of which each row holds up to 12 itself, and else says in which buffer they are: 16 bytes a row, a
    /// length, then those 12, or 4 of them, the number of a buffer and the offset in it. The last buffer tells how long the others are.
    func views(isText: Bool) throws(ArrowError) -> Column.Storage {
        let views = try buffer(1, (start + count) * 16).pointer + start * 16
        let parts = Int(array.n_buffers) - 3
        let sizes = parts > 0 ? try buffer(Int(array.n_buffers) - 1, parts * 8).pointer : views
        func number(_ row: Int, _ place: Int) -> Int {
            Int(views.loadUnaligned(fromByteOffset: row &* 16 &+ place &* 4, as: Int32.self))
        }
        var total = 0
        for row in 0..<count where isValid(row) {
            let length = number(row, 0)
            if length < 0 { throw malformed(.offsets(row: row + 1)) }
            total += length
            if length <= 12 { continue }
            let part = number(row, 2), offset = number(row, 3)
            guard part >= 0, part < parts, offset >= 0, array.buffers[2 + part] != nil,
                Int64(offset) + Int64(length) <= sizes.loadUnaligned(fromByteOffset: part * 8, as: Int64.self)
            else { throw malformed(.offsets(row: row + 1)) }
        }
        guard total <= StringBuilder.byteLimit else { throw .tooLarge(field: type.path) }
        return try copied(byteCount: total, isText: isText) { row in
            let length = number(row, 0)
            let start = length <= 12 ? views + row * 16 + 4 : array.buffers[2 + number(row, 2)].map { $0 + number(row, 3) }
            return UnsafeRawBufferPointer(start: start, count: length)
        }
    }

    /// A copy of the rows that have values.
    private func copied(
        byteCount: Int, isText: Bool, _ bytes: (Int) -> UnsafeRawBufferPointer
    ) throws(ArrowError) -> Column.Storage {
        let builder = StringBuilder(type.type, capacity: count, averageBytes: byteCount / count + 1)
        for row in 0..<count {
            guard isValid(row) else {
                builder.appendNull()
                continue
            }
            let text = bytes(row)
            if isText, !UTF8Validation.isValid(text) { throw malformed(.invalidUTF8(row: row + 1)) }
            builder.append(text)
        }
        return builder.finish().storage
    }
}
