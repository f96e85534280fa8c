// A row that is an object: its values go by their keys, which are mostly those of the row before.
import QueryFrames

extension RowDecoder {
    /// Reads `{"a": 1}` at `start` into row `row`; gives the place after it.
    @inline(__always)
    func object(_ start: Int, _ row: Int) throws(RowFault) -> Int {
        guard syntax.bytes[start] == UInt8(ascii: "{") else { throw expected("an object", start) }
        var at = syntax.skipBlanks(start &+ 1)
        if syntax.bytes[at] == UInt8(ascii: "}") { return at &+ 1 }
        var next = 0, isMore = true
        while isMore {
            let (column, place) = try key(at, next)
            next = column &+ 1
            let slot = slots + column
            if slot.pointee.rows != row {
                if slot.pointee.rows > row { return try objectWithDuplicates(start, row) }
                slot.pointee.fillNulls(to: row)
            }
            at = try value(slot, place, row)
            slot.pointee.rows = row &+ 1
            (at, isMore) = try afterValue(at, closing: UInt8(ascii: "}"))
        }
        return at
    }

    /// Reads an object in which a key stands twice: of its values the last one counts, and the others do not even tell the type.
    @inline(never)
    private func objectWithDuplicates(_ start: Int, _ row: Int) throws(RowFault) -> Int {
        for index in 0..<slotCount { takeBack(index, row) }
        var last: [Int: Int] = [:]
        var again: (column: Int, offset: Int, count: Int)?
        var at = syntax.skipBlanks(start + 1), isMore = true
        while isMore {
            let (column, place) = try key(at, slotCount)
            if last[column] != nil { again = (again?.column ?? column, again?.offset ?? at, (again?.count ?? 0) + 1) }
            last[column] = place
            (at, isMore) = try afterValue(try step(place), closing: UInt8(ascii: "}"))
        }
        for (column, place) in last {
            slots[column].fillNulls(to: row)
            _ = try value(slots + column, place, row)
            slots[column].rows = row + 1
        }
        if let again {
            duplicates = DuplicateKeys(
                key: duplicates?.key ?? keys.names[again.column], offset: duplicates?.offset ?? again.offset,
                count: (duplicates?.count ?? 0) + again.count)
        }
        return at
    }

    /// The column of the key at `start`, probably column `next` or one of the few after it, and the place of its value.
    @inline(__always)
    private func key(_ start: Int, _ next: Int) throws(RowFault) -> (column: Int, value: Int) {
        guard syntax.bytes[start] == UInt8(ascii: "\"") else { throw expected("a key in quotes", start) }
        let end = min(keys.count, next &+ 8)
        var candidate = next
        while candidate < end {
            let length = keyLength(candidate)
            if isKey(candidate, length, at: start) { return (candidate, try afterKey(start &+ length)) }
            candidate &+= 1
        }
        let (column, after) = try otherKey(start)
        return (column, try afterKey(after))
    }

    /// Steps over the colon, and to the value.
    @inline(__always)
    private func afterKey(_ start: Int) throws(RowFault) -> Int {
        var at = start
        if syntax.bytes[at] != UInt8(ascii: ":") {
            at = syntax.skipBlanks(at)
            guard syntax.bytes[at] == UInt8(ascii: ":") else { throw expected("`:`", at) }
        }
        at &+= 1
        return syntax.bytes[at] <= UInt8(ascii: " ") ? syntax.skipBlanks(at) : at
    }

    @inline(__always)
    private func keyLength(_ index: Int) -> Int { keyText.starts[index &+ 1] &- keyText.starts[index] }

    /// Whether the key stands there as it was first written.
    @inline(__always)
    private func isKey(_ index: Int, _ length: Int, at start: Int) -> Bool {
        let key = keyText.bytes + keyText.starts[index], text = UnsafeRawPointer(syntax.bytes) + start
        var done = 0
        while done &+ 8 <= length {
            if key.loadUnaligned(fromByteOffset: done, as: UInt64.self) != text.loadUnaligned(fromByteOffset: done, as: UInt64.self) {
                return false
            }
            done &+= 8
        }
        if done == length { return true }
        let difference =
            UInt64(littleEndian: key.loadUnaligned(fromByteOffset: done, as: UInt64.self))
            ^ UInt64(littleEndian: text.loadUnaligned(fromByteOffset: done, as: UInt64.self))
        return difference &<< UInt64(truncatingIfNeeded: (8 &- length &+ done) &* 8) == 0
    }

    /// A key that is new, or far from where it was expected, or written otherwise.
    @inline(never)
    private func otherKey(_ start: Int) throws(RowFault) -> (column: Int, end: Int) {
        let end: Int, escaped: Bool
        do throws(JSONFault) {
            (end, escaped) = try syntax.string(start)
            try checkUTF8(start, end)
        } catch { throw .json(error) }
        let inner = UnsafeBufferPointer(start: syntax.bytes + start + 1, count: end - start - 2)
        let key = escaped ? JSONText.string(inner) : Array(inner)
        let before = keys.count
        let column = keys.column(key, written: UnsafeRawBufferPointer(start: syntax.bytes + start, count: end - start))
        if keys.count > before {
            guard keys.count <= RowDecoder.columnLimit else { throw .tooManyColumns }
            try addSlot()
            keyText.append(keys, from: before)
        }
        return (column, end)
    }
}
