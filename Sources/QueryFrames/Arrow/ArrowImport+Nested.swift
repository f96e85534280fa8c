// Imported lists and dictionaries: arrays that speak of the rows of another array.
import CArrow

extension ArrowImport {
    /// Lists with offsets into their elements.
    func lists(large: Bool) throws(ArrowError) -> Column.Storage {
        // Elements before the first row's are not looked at, however many there are.
        let offsets = try offsets(large: large, rebased: true)
        return try lists(offsets.buffer, elements: offsets.range)
    }

    /// Lists of `size` elements each.
    func lists(size: Int) throws(ArrowError) -> Column.Storage {
        guard count * size <= Int(Int32.max) else { throw .tooLarge(field: type.path) }
        return try lists(evenOffsets(size), elements: start * size..<(start + count) * size)
    }

    private func lists(_ offsets: Buffer, elements rows: Range<Int>) throws(ArrowError) -> Column.Storage {
        guard let elementType = type.elements.first, let child = array.children?[0] else { throw malformed(.missingChild(0)) }
        guard try ArrowImport.length(of: child.pointee, path: elementType.path) >= rows.upperBound else { throw malformed(.shortChild(0)) }
        let elements = try ArrowImport(child, elementType, rows: rows, owner: owner).column()
        return withoutNullLists(offsets, elements)
    }

    /// The lists, of which those of null rows are empty: elsewhere they may hold anything.
    private func withoutNullLists(_ offsets: Buffer, _ elements: Column) -> Column.Storage {
        let at = offsets.values(as: Int32.self)
        guard validity != nil, (0..<count).contains(where: { !isValid($0) && at[$0] != at[$0 + 1] }) else {
            return .list(offsets: offsets, elements: elements)
        }
        let ends = MutableBuffer(capacity: (count + 1) * 4), chosen = MutableBuffer(capacity: Int(at[count] - at[0]) * 4)
        let end = ends.values(as: Int32.self), rows = chosen.values(as: UInt32.self)
        var total = 0
        end[0] = 0
        for row in 0..<count {
            if isValid(row) {
                for element in at[row]..<at[row + 1] {
                    rows[total] = UInt32(bitPattern: element)
                    total += 1
                }
            }
            end[row + 1] = Int32(truncatingIfNeeded: total)
        }
        let kept = elements.gather(Selection(buffer: chosen.freeze(byteCount: total * 4), count: total))
        return .list(offsets: ends.freeze(byteCount: (count + 1) * 4), elements: kept)
    }

    /// Indexes into a dictionary. Text stays one; of other values a column is made.
    func dictionary() throws(ArrowError) -> Column {
        guard let valueType = type.values.first, let child = array.dictionary else { throw malformed(.missingDictionary) }
        let length = try ArrowImport.length(of: child.pointee, path: valueType.path)
        let imported = try ArrowImport(child, valueType, rows: 0..<length, owner: owner).column()
        // JSON may be told of by the field of the indexes or by that of the values.
        let values = imported.type == type.type
            ? imported
            : Column(type: type.type, count: length, validity: imported.validity, nullCount: imported.nullCount, storage: imported.storage)
        let indices = try indices(below: length)
        return values.expanded(by: indices, validity: validity, count: count)
    }

    /// The indexes as Int32; those of null rows may be anything.
    private func indices(below length: Int) throws(ArrowError) -> Buffer {
        switch type.format {
        case .integer(4, _):
            let lying = try values(1, start, count, as: UInt32.self)
            let at = lying.values(as: UInt32.self)
            for row in 0..<count where Int(at[row]) >= length && isValid(row) { throw malformed(.index(row: row + 1)) }
            return lying
        case .integer(1, true): return try indices(Int8.self, below: length)
        case .integer(1, false): return try indices(UInt8.self, below: length)
        case .integer(2, true): return try indices(Int16.self, below: length)
        case .integer(2, false): return try indices(UInt16.self, below: length)
        case .integer(_, true): return try indices(Int64.self, below: length)
        default: return try indices(UInt64.self, below: length)
        }
    }

    private func indices<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, below length: Int) throws(ArrowError) -> Buffer {
        let size = MemoryLayout<T>.stride
        let source = try buffer(1, (start + count) * size).pointer + start * size
        let out = MutableBuffer(capacity: count * 4)
        let to = out.values(as: UInt32.self)
        for row in 0..<count {
            let index = source.loadUnaligned(fromByteOffset: row * size, as: T.self)
            if let index = UInt32(exactly: index), Int(index) < length {
                to[row] = index
            } else if isValid(row) {
                throw malformed(.index(row: row + 1))
            } else {
                to[row] = 0
            }
        }
        return out.freeze(byteCount: count * 4)
    }
}
