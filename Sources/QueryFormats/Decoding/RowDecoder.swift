// From the bytes of rows to columns, in one pass, strictly by RFC 8259: the loop that all JSON goes through.
import QueryFrames

/// Reads rows into slots, a segment at a time; each worker has one of its own.
///
/// The bytes are followed by zeros, which no value holds, so a row that is cut short is a fault at the end of the bytes. It is taken back
/// then, and read again once there are more.
final class RowDecoder {
    let grammar: RowGrammar
    /// The bytes at hand.
    private(set) var syntax: JSONSyntax
    private(set) var slots: UnsafeMutablePointer<ColumnSlot>
    private(set) var slotCount = 0
    private var slotRoom = 16
    private var keys = KeyTable()
    /// The text of the keys as pointers, for every object asks for it.
    private var keyText = KeyText()
    /// Rows that fit into the slots.
    private(set) var capacity = 0
    /// Rows that the next segment probably has.
    private var expectedRows = 256
    private var duplicates: DuplicateKeys?
    /// Where the JSON of one value is put together.
    let scratch = TextBuffer()
    /// What floats of few digits are divided by.
    let powersOfTen: UnsafePointer<Double>

    static let columnLimit = 100_000
    /// Cells in one segment, nulls included.
    static let cellLimit = 1 << 26
    /// Bytes of one row.
    static let rowLimit = 1 << 28

    init(_ grammar: RowGrammar) {
        self.grammar = grammar
        syntax = JSONSyntax(UnsafeRawPointer(JSONNumber.powersOfTen), count: 0)
        slots = .allocate(capacity: slotRoom)
        powersOfTen = JSONNumber.powersOfTen
    }

    deinit {
        slots.deinitialize(count: slotCount)
        slots.deallocate()
        keyText.deallocate()
    }

    /// Reads rows from `start` on, until one begins at or past `limit`, or the bytes end. `keys` are the columns that are known.
    func read(
        _ bytes: UnsafeRawPointer, count: Int, from start: Int, _ state: RowState, limit: Int, isLast: Bool, keys known: KeyTable, width: Int
    ) throws(RowFault) -> Segment {
        syntax = JSONSyntax(bytes, count: count, newlineIsBlank: grammar.holder != .lines, depth: grammar.depth + 1)
        clear()
        if keys.written != known.written { keyText.load(known) }
        keys = known
        duplicates = nil
        capacity = expectedRows
        for _ in 0..<(grammar.rowsAreLists ? width : keys.count) { try addSlot() }
        var reading = Reading(at: start, state: state, row: 0)
        do throws(RowFault) {
            try rows(&reading, limit: limit, isLast: isLast, width: grammar.rowsAreLists && width > 0 ? width : nil)
        } catch {
            guard !isLast, let offset = error.offset, offset >= count else { throw error.in(row: reading.row) }
            for index in 0..<slotCount { takeBack(index, reading.row) }
        }
        return finish(reading)
    }

    /// How far the reading has come.
    private struct Reading {
        var at: Int
        var state: RowState
        var row: Int
    }

    private func rows(_ reading: inout Reading, limit: Int, isLast: Bool, width: Int?) throws(RowFault) {
        var width = width
        while true {
            switch reading.state {
            case .ended: return
            case .first:
                let at = syntax.skipBlanks(reading.at)
                if at >= syntax.count { throw expected("a row", at) }
                guard grammar.holder == .list, syntax.bytes[at] == UInt8(ascii: "]") else {
                    reading.state = .row
                    continue
                }
                reading = Reading(at: at + 1, state: .ended, row: reading.row)
            case .row:
                if reading.row == capacity { try grow(reading.row) }
                let start = syntax.skipBlanks(reading.at)
                reading.at = start
                if start >= limit {
                    if isLast, start >= syntax.count { throw expected("a row", start) }
                    return
                }
                let end = grammar.rowsAreLists ? try list(start, reading.row, &width) : try object(start, reading.row)
                if end &- start > RowDecoder.rowLimit { throw .rowTooLarge(offset: start) }
                reading = Reading(at: end, state: .separator, row: reading.row &+ 1)
            case .separator:
                try separator(&reading, isLast: isLast)
            }
        }
    }

    /// Steps over what stands after a row.
    @inline(__always)
    private func separator(_ reading: inout Reading, isLast: Bool) throws(RowFault) {
        let at = syntax.skipBlanks(reading.at), byte = syntax.bytes[at]
        switch grammar.holder {
        case .list:
            if byte == UInt8(ascii: ",") {
                reading.at = syntax.skipBlanks(at &+ 1)
                reading.state = .row
            } else if byte == UInt8(ascii: "]") {
                reading.at = at &+ 1
                reading.state = .ended
            } else {
                throw expected("`,` or `]`", at)
            }
        case .lines:
            var line = at
            while line < syntax.count, syntax.bytes[line] == UInt8(ascii: "\n") { line = syntax.skipBlanks(line + 1) }
            reading.at = line
            if line >= syntax.count, isLast {
                reading.state = .ended
            } else {
                guard line > at else { throw expected("the end of the line", at) }
                reading.state = .row
            }
        case .single: reading.state = .ended
        }
    }

    // MARK: Rows

    @inline(__always)
    private func list(_ start: Int, _ row: Int, _ width: inout Int?) throws(RowFault) -> Int {
        guard syntax.bytes[start] == UInt8(ascii: "[") else { throw expected("a list", start) }
        var at = syntax.skipBlanks(start &+ 1)
        var column = 0
        if syntax.bytes[at] == UInt8(ascii: "]") {
            at &+= 1
        } else {
            while true {
                if column < slotCount {
                    at = try value(slots + column, at, row)
                } else if width == nil {
                    guard slotCount < RowDecoder.columnLimit else { throw .tooManyColumns }
                    try addSlot()
                    at = try value(slots + column, at, row)
                } else {
                    at = try step(at)
                }
                column &+= 1
                if syntax.bytes[at] <= UInt8(ascii: " ") { at = syntax.skipBlanks(at) }
                let byte = syntax.bytes[at]
                at &+= 1
                if byte == UInt8(ascii: ",") {
                    if syntax.bytes[at] <= UInt8(ascii: " ") { at = syntax.skipBlanks(at) }
                    continue
                }
                if byte == UInt8(ascii: "]") { break }
                throw expected("`,` or `]`", at &- 1)
            }
        }
        if column != width {
            guard width == nil else { throw .ragged(row: row, found: column, expected: slotCount, offset: start) }
            width = column
        }
        return at
    }

    @inline(__always)
    private func object(_ start: Int, _ row: Int) throws(RowFault) -> Int {
        guard syntax.bytes[start] == UInt8(ascii: "{") else { throw expected("an object", start) }
        var at = syntax.skipBlanks(start &+ 1)
        if syntax.bytes[at] == UInt8(ascii: "}") { return at &+ 1 }
        var next = 0
        while true {
            guard syntax.bytes[at] == UInt8(ascii: "\"") else { throw expected("a key in quotes", at) }
            var column: Int
            (column, at) = try key(at, next)
            next = column &+ 1
            if syntax.bytes[at] == UInt8(ascii: ":") {
                at &+= 1
            } else {
                at = syntax.skipBlanks(at)
                guard syntax.bytes[at] == UInt8(ascii: ":") else { throw expected("`:`", at) }
                at &+= 1
            }
            if syntax.bytes[at] <= UInt8(ascii: " ") { at = syntax.skipBlanks(at) }
            let slot = slots + column
            if slot.pointee.rows != row {
                if slot.pointee.rows > row { return try objectWithDuplicates(start, row) }
                slot.pointee.fillNulls(to: row)
            }
            at = try value(slot, at, row)
            slot.pointee.rows = row &+ 1
            if syntax.bytes[at] <= UInt8(ascii: " ") { at = syntax.skipBlanks(at) }
            let byte = syntax.bytes[at]
            at &+= 1
            if byte == UInt8(ascii: ",") {
                if syntax.bytes[at] <= UInt8(ascii: " ") { at = syntax.skipBlanks(at) }
                continue
            }
            if byte == UInt8(ascii: "}") { return at }
            throw expected("`,` or `}`", at &- 1)
        }
    }

    /// Reads an object in which a key stands twice: of its values the last one counts, and the others do not even tell the type.
    @inline(never)
    private func objectWithDuplicates(_ start: Int, _ row: Int) throws(RowFault) -> Int {
        for index in 0..<slotCount { takeBack(index, row) }
        var last: [Int: Int] = [:]
        var again: (column: Int, offset: Int, count: Int)?
        var at = syntax.skipBlanks(start + 1)
        while true {
            guard syntax.bytes[at] == UInt8(ascii: "\"") else { throw expected("a key in quotes", at) }
            let (column, afterKey) = try key(at, slotCount)
            if last[column] != nil { again = (again?.column ?? column, again?.offset ?? at, (again?.count ?? 0) + 1) }
            at = syntax.skipBlanks(afterKey)
            guard syntax.bytes[at] == UInt8(ascii: ":") else { throw expected("`:`", at) }
            at = syntax.skipBlanks(at + 1)
            last[column] = at
            at = syntax.skipBlanks(try step(at))
            if syntax.bytes[at] == UInt8(ascii: "}") { break }
            guard syntax.bytes[at] == UInt8(ascii: ",") else { throw expected("`,` or `}`", at) }
            at = syntax.skipBlanks(at + 1)
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
        return at + 1
    }

    /// The column of the key at `start`, probably column `next` or one of the few after it, and the place after the key.
    @inline(__always)
    private func key(_ start: Int, _ next: Int) throws(RowFault) -> (column: Int, end: Int) {
        let end = min(keys.count, next &+ 8)
        var candidate = next
        while candidate < end {
            let length = keyLength(candidate)
            if isKey(candidate, length, at: start) { return (candidate, start &+ length) }
            candidate &+= 1
        }
        return try otherKey(start)
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

    // MARK: Slots

    /// Forgets what a segment left that could not be read.
    private func clear() {
        slots.deinitialize(count: slotCount)
        slotCount = 0
    }

    private func addSlot() throws(RowFault) {
        try checkRoom(capacity, slotCount + 1)
        if slotCount == slotRoom {
            let more = UnsafeMutablePointer<ColumnSlot>.allocate(capacity: slotRoom * 2)
            more.moveInitialize(from: slots, count: slotCount)
            slots.deallocate()
            slots = more
            slotRoom *= 2
        }
        (slots + slotCount).initialize(to: ColumnSlot(capacity: capacity))
        slotCount += 1
    }

    /// Makes room for more rows.
    @inline(never)
    private func grow(_ used: Int) throws(RowFault) {
        try checkRoom(capacity * 2, slotCount)
        capacity = max(64, capacity * 2)
        for index in 0..<slotCount { slots[index].reserve(capacity, used: used) }
    }

    /// Refuses rows that have few values in many columns: in memory they would be far larger than the bytes that they come from.
    private func checkRoom(_ rows: Int, _ columns: Int) throws(RowFault) {
        let (cells, overflow) = rows.multipliedReportingOverflow(by: columns)
        if overflow || (cells > RowDecoder.cellLimit && rows > 256) { throw .tooManyCells(limit: RowDecoder.cellLimit) }
    }

    private func takeBack(_ index: Int, _ row: Int) {
        if grammar.rowsAreLists || slots[index].rows > row { slots[index].takeBack(row) }
    }

    /// Hands over what was read; the next segment has slots of its own.
    private func finish(_ reading: Reading) -> Segment {
        var columns: [ColumnSlot] = []
        columns.reserveCapacity(slotCount)
        for index in 0..<slotCount {
            if grammar.rowsAreLists { slots[index].rows = reading.row } else { slots[index].fillNulls(to: reading.row) }
            slots[index].end()
            columns.append((slots + index).move())
        }
        slotCount = 0
        expectedRows = reading.row + reading.row / 8 + 16
        return Segment(
            rows: reading.row, columns: columns, keys: keys, end: reading.at, state: reading.state, duplicates: duplicates)
    }

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
                    if element == capacity { try grow(element) }
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

    @inline(never)
    func expected(_ what: String, _ offset: Int) -> RowFault { .json(syntax.fault(offset, what)) }

    /// Steps over a value that is not wanted.
    private func step(_ at: Int) throws(RowFault) -> Int {
        do throws(JSONFault) {
            let end = try syntax.value(at).end
            try checkUTF8(at, end)
            return end
        } catch { throw .json(error) }
    }

    /// Refuses bytes that are not UTF-8.
    func checkUTF8(_ start: Int, _ end: Int) throws(JSONFault) {
        let text = UnsafeRawBufferPointer(start: syntax.bytes + start, count: end - start)
        if let offset = UTF8Validation.firstInvalid(text) { throw .invalidUTF8(offset: start + offset) }
    }
}

/// What there is to say about keys that stood twice in one object: the first of them, and how many there were.
struct DuplicateKeys {
    let key: String
    let offset: Int
    let count: Int
}

/// Rows that one worker has read.
struct Segment {
    let rows: Int
    let columns: [ColumnSlot]
    /// The keys of the columns where rows are objects: those that were known, and new ones behind them.
    let keys: KeyTable
    /// Where the reading ended, and what has to be there.
    let end: Int
    let state: RowState
    let duplicates: DuplicateKeys?
}
