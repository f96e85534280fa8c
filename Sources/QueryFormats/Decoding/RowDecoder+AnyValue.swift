// A value that is the first of its kind in its column, or long, or strange: what it is, and the shape that has room for it.
import QueryFrames

extension RowDecoder {
    /// What a value is, and what has to be stored of it.
    private struct Found {
        let kind: ValueKinds
        /// The shape in which a column of such values is.
        let shape: Shape
        /// Where its text is: what is between the quotes of a string.
        let start: Int
        let end: Int
        var int: Int64 = 0
        var decimal: Int128 = 0
        var float = 0.0
        var mark: UInt32 = 0
        var escaped = false
    }

    /// Reads any value but null into row `row` of the slot; gives the place after it.
    @inline(never)
    func anyValue(_ slot: UnsafeMutablePointer<ColumnSlot>, _ at: Int, _ row: Int) throws(RowFault) -> Int {
        let found: Found, after: Int
        do throws(JSONFault) { (found, after) = try look(at) } catch { throw .json(error) }
        slot.pointee.note(found.kind, row: row)
        var shape = slot.pointee.shape.joinedKeepingAll(found.shape)
        if shape == .float, !keepsInts(slot, found, row) {
            slot.pointee.note(.inexactInt, row: row)
            shape = .json
        }
        if shape != slot.pointee.shape { slot.pointee.widen(to: shape, count: row, capacity: capacity, mark: found.mark) }
        try store(found, slot, row)
        return after
    }

    /// Whether the ints of a slot that is to be one of floats are floats exactly.
    private func keepsInts(_ slot: UnsafeMutablePointer<ColumnSlot>, _ found: Found, _ row: Int) -> Bool {
        if found.kind == .int { return Int64(exactly: Double(found.int)) == found.int }
        return slot.pointee.shape != .int || slot.pointee.run(of: row).intsAreFloats
    }

    private func look(_ at: Int) throws(JSONFault) -> (Found, after: Int) {
        switch syntax.bytes[at] {
        case UInt8(ascii: "t"):
            let end = try syntax.word(at, "true")
            return (Found(kind: .bool, shape: .bool, start: at, end: end, int: 1), end)
        case UInt8(ascii: "f"):
            let end = try syntax.word(at, "false")
            return (Found(kind: .bool, shape: .bool, start: at, end: end, int: 0), end)
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            let end = try syntax.nested(at)
            try checkUTF8(at, end)
            return (Found(kind: .nested, shape: .json, start: at, end: end), end)
        case UInt8(ascii: "\""):
            let (end, escaped) = try syntax.string(at)
            try checkUTF8(at, end)
            return (string(at + 1, end - 1, escaped: escaped), end)
        case UInt8(ascii: "n"):
            // All of `null` was read before.
            throw syntax.fault(try syntax.word(at, "null"), "a value")
        default:
            let end = try syntax.number(at)
            return (number(at, end), end)
        }
    }

    private func string(_ start: Int, _ end: Int, escaped: Bool) -> Found {
        let text = UnsafeRawBufferPointer(start: syntax.bytes + start, count: end - start)
        if !escaped, let days = TextParsing.date(text) {
            return Found(kind: .date, shape: .date, start: start, end: end, int: Int64(days))
        }
        if !escaped, let (micros, form) = TextParsing.writtenTimestamp(text) {
            return Found(
                kind: form.utc ? .instant : .wallClock, shape: form.utc ? .instant : .wallClock, start: start, end: end, int: micros,
                mark: form.rawValue)
        }
        return Found(kind: .text, shape: .text, start: start, end: end, escaped: escaped)
    }

    private func number(_ start: Int, _ end: Int) -> Found {
        let text = UnsafeRawBufferPointer(start: syntax.bytes + start, count: end - start)
        switch NumberText(text) {
        case .int(let value):
            return Found(kind: .int, shape: .int, start: start, end: end, int: value, decimal: Int128(value), mark: ValueRun.writtenAsInt)
        case .decimal(let value): return Found(kind: .decimal, shape: .decimal, start: start, end: end, decimal: value)
        case .float(let value): return Found(kind: .float, shape: .float, start: start, end: end, float: value)
        case .tooLarge, .none:
            let isInteger = text.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- 0x30 <= 9 }
            return Found(kind: isInteger ? .tooLong : .overflow, shape: .json, start: start, end: end)
        }
    }

    /// Puts a value into a slot that has room for it.
    private func store(_ found: Found, _ slot: UnsafeMutablePointer<ColumnSlot>, _ row: Int) throws(RowFault) {
        let values = slot.pointee.values
        switch slot.pointee.shape {
        case .empty: break
        case .bool: values.storeBytes(of: UInt8(truncatingIfNeeded: found.int), toByteOffset: row, as: UInt8.self)
        case .date: values.storeBytes(of: Int32(truncatingIfNeeded: found.int), toByteOffset: row &* 4, as: Int32.self)
        case .int: values.storeBytes(of: found.int, toByteOffset: row &* 8, as: Int64.self)
        case .instant, .wallClock:
            values.storeBytes(of: found.int, toByteOffset: row &* 8, as: Int64.self)
            slot.pointee.setMark(found.mark, row: row, capacity: capacity)
        case .float:
            let value = found.kind == .int ? Double(found.int) : found.float
            values.storeBytes(of: value, toByteOffset: row &* 8, as: Double.self)
            slot.pointee.setMark(found.mark, row: row, capacity: capacity)
        case .decimal: values.storeBytes(of: found.decimal, toByteOffset: row &* 16, as: Int128.self)
        case .text: _ = try text(slot, found.start - 1, row)
        case .json: try storeJSON(found, slot, row)
        }
    }

    /// Writes a value as JSON in the one form that it has there, however it was written: numbers and strings in their shortest, nested
    /// values without blanks.
    private func storeJSON(_ found: Found, _ slot: UnsafeMutablePointer<ColumnSlot>, _ row: Int) throws(RowFault) {
        let source = syntax.bytes + found.start, length = found.end - found.start
        scratch.removeAll()
        switch found.kind {
        case .float: scratch.appendFloat(found.float)
        case .text, .date, .instant, .wallClock:
            guard found.escaped else {
                scratch.appendJSON(UnsafeRawBufferPointer(start: source, count: length))
                break
            }
            let text = JSONText.string(UnsafeBufferPointer(start: source, count: length))
            text.withUnsafeBytes { scratch.appendJSON($0) }
        case .nested: scratch.advance(by: JSONText.compact(source, length, scratch.reserve(length)))
        default: scratch.append(UnsafeRawBufferPointer(start: source, count: length))
        }
        try slot.pointee.append(scratch, row: row)
    }
}
