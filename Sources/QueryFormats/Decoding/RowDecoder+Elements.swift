// The elements of lists that are JSON already, as the rows of a column.
import QueryFrames

extension RowDecoder {
    /// Reads the elements of all lists of a JSON column, which are written without blanks; gives them as rows of one column, and where
    /// those of each list begin. Nil where a value is no list.
    func elements(of lists: Column) throws(RowFault) -> (elements: Segment, starts: Buffer)? {
        guard case .variable(_, let bytes) = lists.storage else { return nil }
        syntax = JSONSyntax(bytes.pointer, count: bytes.byteCount, depth: 1)
        capacity = expectedRows
        clear()
        try addSlot()
        let memory = MutableBuffer(capacity: (lists.count + 1) * 4), starts = memory.values(as: Int32.self)
        starts[0] = 0
        var element = 0
        for row in 0..<lists.count {
            let text = lists.utf8(row)
            if !lists.isNull(row), let start = text.baseAddress {
                guard text[0] == UInt8(ascii: "[") else { break }
                var at = start - bytes.pointer + 1
                while syntax.bytes[at] != UInt8(ascii: "]") {
                    if element == capacity { try grow(element, asFarAs: bytes.byteCount, from: 0, at: at) }
                    at = try value(slots, at, element)
                    element += 1
                    if syntax.bytes[at] == UInt8(ascii: ",") { at += 1 }
                }
            }
            starts[row + 1] = Int32(truncatingIfNeeded: element)
            if row + 1 == lists.count {
                let segment = finish(Reading(at: bytes.byteCount, state: .ended, row: element))
                return (segment, memory.freeze(byteCount: (lists.count + 1) * 4))
            }
        }
        return nil
    }
}
