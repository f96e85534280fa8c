// One value into the slot of its column: the ways that nearly all values go, by the shape of the column.
import QueryFrames

extension RowDecoder {
    /// Reads the value at `at` into row `row` of the slot; gives the place after it.
    @inline(__always)
    func value(_ slot: UnsafeMutablePointer<ColumnSlot>, _ at: Int, _ row: Int) throws(RowFault) -> Int {
        let bytes = UnsafeRawPointer(syntax.bytes) + at
        switch slot.pointee.shape {
        case .int:
            let (value, length) = JSONNumber.int(bytes)
            if length > 0 {
                slot.pointee.values.storeBytes(of: value, toByteOffset: row &* 8, as: Int64.self)
                return at &+ length
            }
        case .float:
            let (value, length) = JSONNumber.float(bytes, powersOfTen)
            if length > 0 {
                slot.pointee.values.storeBytes(of: value, toByteOffset: row &* 8, as: Double.self)
                if slot.pointee.mark != 0 || slot.pointee.marks != nil { slot.pointee.setMark(0, row: row, capacity: capacity) }
                return at &+ length
            }
        case .text:
            if bytes.load(as: UInt8.self) == UInt8(ascii: "\"") { return try text(slot, at, row) }
        case .date:
            // The place of the second quote is within the padding, if not within the bytes.
            if bytes.load(as: UInt8.self) == UInt8(ascii: "\""), bytes.load(fromByteOffset: 11, as: UInt8.self) == UInt8(ascii: "\""),
                let days = TextParsing.date(UnsafeRawBufferPointer(start: bytes + 1, count: 10))
            {
                slot.pointee.values.storeBytes(of: days, toByteOffset: row &* 4, as: Int32.self)
                return at &+ 12
            }
        case .instant, .wallClock:
            if bytes.load(as: UInt8.self) == UInt8(ascii: "\""), let length = RowDecoder.plainLength(bytes + 1),
                let (micros, form) = TextParsing.writtenTimestamp(UnsafeRawBufferPointer(start: bytes + 1, count: length)),
                form.utc == (slot.pointee.shape == .instant)
            {
                slot.pointee.values.storeBytes(of: micros, toByteOffset: row &* 8, as: Int64.self)
                if form.rawValue != slot.pointee.mark || slot.pointee.marks != nil {
                    slot.pointee.setMark(form.rawValue, row: row, capacity: capacity)
                }
                return at &+ length &+ 2
            }
        case .bool:
            // `true` and `false` as words of four letters.
            let word = UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
            if word == 0x6575_7274 {
                slot.pointee.values.storeBytes(of: 1, toByteOffset: row, as: UInt8.self)
                return at &+ 4
            }
            if word == 0x736c_6166, bytes.load(fromByteOffset: 4, as: UInt8.self) == UInt8(ascii: "e") {
                slot.pointee.values.storeBytes(of: 0, toByteOffset: row, as: UInt8.self)
                return at &+ 5
            }
        case .empty, .decimal, .json: break
        }
        // `null`
        if UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)) == 0x6c6c_756e {
            slot.pointee.setNull(row)
            return at &+ 4
        }
        return try anyValue(slot, at, row)
    }

    /// Reads the string at `at` into a slot of texts, copying eight bytes at a time while it looks for the end.
    @inline(__always)
    func text(_ slot: UnsafeMutablePointer<ColumnSlot>, _ at: Int, _ row: Int) throws(RowFault) -> Int {
        let bytes = UnsafeRawPointer(syntax.bytes)
        let ones: UInt64 = 0x0101_0101_0101_0101, tops: UInt64 = 0x8080_8080_8080_8080
        var from = at &+ 1, used = slot.pointee.byteCount
        var high: UInt64 = 0
        while true {
            if used &+ 16 > slot.pointee.byteCapacity { try slot.pointee.reserveBytes(used + 16, used: used) }
            let raw = bytes.loadUnaligned(fromByteOffset: from, as: UInt64.self)
            slot.pointee.bytes.storeBytes(of: raw, toByteOffset: used, as: UInt64.self)
            let word = UInt64(littleEndian: raw)
            let quotes = word ^ 0x2222_2222_2222_2222, slashes = word ^ 0x5c5c_5c5c_5c5c_5c5c
            let found =
                (((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes) | ((word &- 0x2020_2020_2020_2020) & ~word)) & tops
            if found == 0 {
                high |= word
                from &+= 8
                used &+= 8
                continue
            }
            // The lowest bit that is set is exact.
            let place = found.trailingZeroBitCount &>> 3
            high |= word & ~(~0 &<< UInt64(truncatingIfNeeded: place &* 8))
            from &+= place
            used &+= place
            if syntax.bytes[from] == UInt8(ascii: "\"") { break }
            (from, used) = try escape(slot, from, used)
        }
        if high & tops != 0 {
            do throws(JSONFault) { try checkUTF8(at, from) } catch { throw .json(error) }
        }
        slot.pointee.byteCount = used
        slot.pointee.values.storeBytes(of: Int32(truncatingIfNeeded: used), toByteOffset: (row &+ 1) &* 4, as: Int32.self)
        return from &+ 1
    }

    /// Writes what the escape at `from` means behind the first `used` bytes of text, for which there is room; refuses a control character.
    @inline(never)
    private func escape(_ slot: UnsafeMutablePointer<ColumnSlot>, _ from: Int, _ used: Int) throws(RowFault) -> (from: Int, used: Int) {
        let end: Int
        do throws(JSONFault) {
            end = try syntax.bytes[from] == UInt8(ascii: "\\") ? syntax.escape(from) : syntax.string(from - 1).end
        } catch { throw .json(error) }
        let target = (slot.pointee.bytes + used).assumingMemoryBound(to: UInt8.self)
        return (end, used + JSONText.unescape(syntax.bytes + from, end - from, target))
    }

    /// How many bytes stand before the quote that ends a short string without backslashes.
    @inline(__always)
    private static func plainLength(_ start: UnsafeRawPointer) -> Int? {
        var length = 0
        while length < 48 {
            let word = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: length, as: UInt64.self)) ^ 0x2222_2222_2222_2222
            let found = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if found != 0 { return length &+ found.trailingZeroBitCount &>> 3 }
            length &+= 8
        }
        return nil
    }
}
