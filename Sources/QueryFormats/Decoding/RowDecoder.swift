// From the bytes of rows to columns, in one pass, strictly by RFC 8259: the loop that all JSON goes through.
import QueryFrames

/// Reads rows into slots, a segment at a time; each worker has one of its own.
///
/// The bytes are followed by zeros, which no value holds, so a row that is cut short is a fault at the end of the bytes. It is taken back
/// then, and read again once there are more.
final class RowDecoder {
    let grammar: RowGrammar
    private let rowLimit: Int
    /// The bytes at hand.
    var syntax: JSONSyntax
    private(set) var slots: UnsafeMutablePointer<ColumnSlot>
    private(set) var slotCount = 0
    private var slotRoom = 16
    /// The columns of objects.
    var keys = KeyTable()
    /// The text of the keys as pointers, for every object asks for it.
    var keyText = KeyText()
    /// Rows that fit into the slots.
    var capacity = 0
    /// Rows that the next segment probably has, and how many bytes of text are in each of its columns.
    var expectedRows = 256
    private var expectedBytes: [Int] = []
    var duplicates: DuplicateKeys?
    /// Where the JSON of one value is put together.
    let scratch = TextBuffer()
    /// What floats of few digits are divided by.
    let powersOfTen: UnsafePointer<Double>

    static let columnLimit = 100_000
    /// Cells in one segment, nulls included.
    static let cellLimit = 1 << 26

    init(_ grammar: RowGrammar, _ sizes: ReadingSizes = ReadingSizes()) {
        self.grammar = grammar
        rowLimit = sizes.rowLimit
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
            if count - reading.at > rowLimit { throw .rowTooLarge(offset: reading.at) }
            for index in 0..<slotCount { takeBack(index, reading.row) }
        }
        return finish(reading)
    }

    /// How far the reading has come.
    struct Reading {
        var at: Int
        var state: RowState
        var row: Int
    }

    private func rows(_ reading: inout Reading, limit: Int, isLast: Bool, width: Int?) throws(RowFault) {
        var width = width
        let first = reading.at
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
                if reading.row == capacity { try grow(reading.row, asFarAs: limit, from: first, at: reading.at) }
                let start = syntax.skipBlanks(reading.at)
                reading.at = start
                if start >= limit {
                    if isLast, start >= syntax.count { throw expected("a row", start) }
                    return
                }
                let end = grammar.rowsAreLists ? try list(start, reading.row, &width) : try object(start, reading.row)
                if end &- start > rowLimit { throw .rowTooLarge(offset: start) }
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

    // MARK: Slots

    /// Forgets what a segment left that could not be read.
    func clear() {
        slots.deinitialize(count: slotCount)
        slotCount = 0
    }

    func addSlot() throws(RowFault) {
        try checkRoom(capacity, slotCount + 1)
        if slotCount == slotRoom {
            let more = UnsafeMutablePointer<ColumnSlot>.allocate(capacity: slotRoom * 2)
            more.moveInitialize(from: slots, count: slotCount)
            slots.deallocate()
            slots = more
            slotRoom *= 2
        }
        let bytes = slotCount < expectedBytes.count ? expectedBytes[slotCount] : 0
        (slots + slotCount).initialize(to: ColumnSlot(capacity: capacity, bytes: bytes))
        slotCount += 1
    }

    /// Makes room for more rows than the `used` that were read from `first` up to `at`: for as many as there probably are before `limit`.
    @inline(never)
    func grow(_ used: Int, asFarAs limit: Int, from first: Int, at: Int) throws(RowFault) {
        let least = capacity + capacity / 4 + 64
        let probable = used * max(limit - first, 0) / max(at - first, 1)
        var room = max(least, min(probable + probable / 16, capacity * 32))
        // A guess alone refuses nothing.
        if room > RowDecoder.cellLimit / max(slotCount, 1) { room = least }
        try checkRoom(room, slotCount)
        capacity = room
        for index in 0..<slotCount { slots[index].reserve(capacity, used: used) }
    }

    /// Refuses rows that have few values in many columns: in memory they would be far larger than the bytes that they come from.
    private func checkRoom(_ rows: Int, _ columns: Int) throws(RowFault) {
        let (cells, overflow) = rows.multipliedReportingOverflow(by: columns)
        if overflow || (cells > RowDecoder.cellLimit && rows > 256) { throw .tooManyCells(limit: RowDecoder.cellLimit) }
    }

    func takeBack(_ index: Int, _ row: Int) {
        if grammar.rowsAreLists || slots[index].rows > row { slots[index].takeBack(row) }
    }

    /// Hands over what was read; the next segment has slots of its own.
    func finish(_ reading: Reading) -> Segment {
        var columns: [ColumnSlot] = []
        columns.reserveCapacity(slotCount)
        for index in 0..<slotCount {
            if grammar.rowsAreLists { slots[index].rows = reading.row } else { slots[index].fillNulls(to: reading.row) }
            slots[index].end()
            if index == expectedBytes.count { expectedBytes.append(0) }
            expectedBytes[index] = slots[index].byteCount + slots[index].byteCount / 16
            columns.append((slots + index).move())
        }
        slotCount = 0
        expectedRows = reading.row + reading.row / 16 + 16
        return Segment(
            rows: reading.row, columns: columns, keys: keys, end: reading.at, state: reading.state, duplicates: duplicates)
    }

    @inline(never)
    func expected(_ what: String, _ offset: Int) -> RowFault { .json(syntax.fault(offset, what)) }

    /// Steps over a value that is not wanted.
    func step(_ at: Int) throws(RowFault) -> Int {
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
