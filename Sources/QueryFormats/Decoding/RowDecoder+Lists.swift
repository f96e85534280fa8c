// A row that is a list: its values go by their places.
import QueryFrames

extension RowDecoder {
    /// Reads `["a", 1]` at `start` into row `row`; gives the place after it. The first list tells how many values each has, unless
    /// `width` does.
    @inline(__always)
    func list(_ start: Int, _ row: Int, _ width: inout Int?) throws(RowFault) -> Int {
        guard syntax.bytes[start] == UInt8(ascii: "[") else { throw expected("a list", start) }
        var at = syntax.skipBlanks(start &+ 1)
        var column = 0
        if syntax.bytes[at] == UInt8(ascii: "]") {
            at &+= 1
        } else {
            var isMore = true
            while isMore {
                if column < slotCount || width == nil {
                    if column == slotCount {
                        guard slotCount < RowDecoder.columnLimit else { throw .tooManyColumns }
                        try addSlot()
                    }
                    at = try value(slots + column, at, row)
                } else {
                    at = try step(at)
                }
                column &+= 1
                (at, isMore) = try afterValue(at, closing: UInt8(ascii: "]"))
            }
        }
        if column != width {
            guard width == nil else { throw .ragged(row: row, found: column, expected: slotCount, offset: start) }
            width = column
        }
        return at
    }

    /// Steps over the comma after a value, and to the next one; or over what closes the row.
    @inline(__always)
    func afterValue(_ start: Int, closing: UInt8) throws(RowFault) -> (at: Int, isMore: Bool) {
        var at = start
        if syntax.bytes[at] <= UInt8(ascii: " ") { at = syntax.skipBlanks(at) }
        let byte = syntax.bytes[at]
        at &+= 1
        if byte == UInt8(ascii: ",") {
            if syntax.bytes[at] <= UInt8(ascii: " ") { at = syntax.skipBlanks(at) }
            return (at, true)
        }
        guard byte == closing else { throw expected(closing == UInt8(ascii: "]") ? "`,` or `]`" : "`,` or `}`", at &- 1) }
        return (at, false)
    }
}
