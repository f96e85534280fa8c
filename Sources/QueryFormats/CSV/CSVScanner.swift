// Finds the fields of separated values: 64 bytes at a time are compared with the four bytes that have a meaning.
import QueryFrames

/// The fields of rows, as cells.
struct CSVScanner: CellScanner {
    let source: ByteSource
    let dialect: CSVDialect
    var columnCount = 0
    var position: Int
    var atEnd: Bool { position >= source.count }

    /// Text in one chunk; offsets of 32 bits reach well past it.
    private static let chunkBytes = 1 << 28

    init(_ source: ByteSource, _ dialect: CSVDialect) {
        self.source = source
        self.dialect = dialect
        position = source.hasByteOrderMark ? 3 : 0
    }

    /// How many fields the first row that is not blank has; moves to that row. 0 where there is none.
    mutating func countFields() throws(FormatError) -> Int {
        let bytes = source.bytes, start = position
        while position < bytes.count, bytes[position] == UInt8(ascii: "\n") || bytes[position] == UInt8(ascii: "\r") { position += 1 }
        guard position < bytes.count else { return 0 }
        var fields = 1, quoted = false
        for index in position..<bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\""), dialect.quotes { quoted.toggle() }
            if quoted { continue }
            if byte == dialect.delimiter { fields += 1 }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
        }
        // Before the only column's first value, blank lines are rows.
        if fields == 1, !dialect.header { position = start }
        return fields
    }

    mutating func scan(_ maximum: Int, into grid: CellGrid) throws(FormatError) -> Int {
        let bytes = source.pointer.assumingMemoryBound(to: UInt8.self)
        let end = source.count, origin = position
        let cells = grid.cells, stride = grid.stride, width = columnCount
        let delimiter = dialect.delimiter, quote = dialect.quotes ? UInt8(ascii: "\"") : delimiter
        var row = 0, column = 0
        var fieldStart = position
        var block = position
        var line = cells

        while row < maximum, block < end {
            var hits = CSVScanner.hits(source.pointer + block, delimiter, quote)
            var next = block &+ 64
            while hits != 0 {
                let at = block &+ hits.trailingZeroBitCount
                hits &= hits &- 1
                let byte = bytes[at]
                if byte == delimiter {
                    if column < width { line[column] = try bare(fieldStart, at, origin) }
                    column &+= 1
                    fieldStart = at &+ 1
                    continue
                }
                var rowEnd = at
                if byte == quote {
                    guard at == fieldStart else { throw .strayQuote(path: source.path, line: source.line(at: at)) }
                    let (cell, after) = try quoted(at, origin)
                    if column < width { line[column] = cell }
                    column &+= 1
                    rowEnd = after
                    // What was found between the quotes has no meaning.
                    let passed = after &- block
                    if passed < 64 { hits &= ~0 &<< UInt64(passed) } else { hits = 0 }
                    next = max(next, after)
                    if after < end {
                        if passed < 64 { hits &= hits &- 1 }
                        if bytes[after] == delimiter {
                            fieldStart = after &+ 1
                            next = max(next, fieldStart)
                            continue
                        }
                    }
                } else {
                    if column < width { line[column] = try bare(fieldStart, at, origin) }
                    column &+= 1
                }
                // A row ends here, by LF, CR, CRLF or the end of the input.
                let crlf = rowEnd &+ 1 < end && bytes[rowEnd] == UInt8(ascii: "\r") && bytes[rowEnd &+ 1] == UInt8(ascii: "\n")
                let after = min(rowEnd &+ (crlf ? 2 : 1), end)
                if crlf, rowEnd &+ 1 &- block < 64 { hits &= hits &- 1 }
                next = max(next, after)
                if column == width {
                    row &+= 1
                    line += stride
                } else if column != 1 || rowEnd != fieldStart {
                    throw ragged(origin: position, row: row, found: column)
                }
                column = 0
                fieldStart = after
                position = after
                if row == maximum || after &- origin > CSVScanner.chunkBytes { return row }
            }
            block = next
        }
        // The last row may have no line end.
        guard row < maximum, fieldStart < end || column > 0 else { return row }
        if column < width { line[column] = try bare(fieldStart, end, origin) }
        guard column + 1 == width else { throw ragged(origin: position, row: row, found: column + 1) }
        position = end
        return row + 1
    }

    /// A bit for each of 64 bytes that is a delimiter, a quote or part of a line end.
    @inline(__always)
    private static func hits(_ start: UnsafeRawPointer, _ delimiter: UInt8, _ quote: UInt8) -> UInt64 {
        let delimiters = SIMD16<UInt8>(repeating: delimiter), quotes = SIMD16<UInt8>(repeating: quote)
        let feeds = SIMD16<UInt8>(repeating: UInt8(ascii: "\n")), returns = SIMD16<UInt8>(repeating: UInt8(ascii: "\r"))
        var bits: UInt64 = 0
        for part in 0..<4 {
            let bytes = start.loadUnaligned(fromByteOffset: part &* 16, as: SIMD16<UInt8>.self)
            let found = (bytes .== delimiters) .| (bytes .== quotes) .| (bytes .== feeds) .| (bytes .== returns)
            let words = unsafeBitCast(found, to: SIMD2<UInt64>.self)
            let low = ((words[0] & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) &>> 56
            let high = ((words[1] & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) &>> 56
            bits |= (low | high &<< 8) &<< UInt64(truncatingIfNeeded: part &* 16)
        }
        return bits
    }

    /// The unquoted field from `start` to `end`.
    @inline(__always)
    private func bare(_ start: Int, _ end: Int, _ origin: Int) throws(FormatError) -> Cell {
        let length = end &- start
        if length == 0 { return Cell(start: start &- origin, length: 0, .null) }
        if length > Cell.longest { throw .tooLarge(path: source.path, what: "field", limit: Cell.longest) }
        if start &- origin > Int(UInt32.max) { throw .tooLarge(path: source.path, what: "row", limit: Int(UInt32.max)) }
        if length == dialect.null.count, isNull(start, length) { return Cell(start: start &- origin, length: length, .null) }
        return Cell(start: start &- origin, length: length, .bare)
    }

    @inline(never)
    private func isNull(_ start: Int, _ length: Int) -> Bool {
        UnsafeRawBufferPointer(start: source.pointer + start, count: length).elementsEqual(dialect.null)
    }

    /// The quoted field whose opening quote is at `open`, and where its delimiter or line end stands.
    @inline(__always)
    private func quoted(_ open: Int, _ origin: Int) throws(FormatError) -> (cell: Cell, after: Int) {
        let bytes = source.pointer.assumingMemoryBound(to: UInt8.self)
        let end = source.count
        var at = open &+ 1
        var doubled = false
        while true {
            at = nextQuote(at)
            if at >= end { throw .unterminatedQuote(path: source.path, line: source.line(at: open)) }
            guard at &+ 1 < end, bytes[at &+ 1] == UInt8(ascii: "\"") else { break }
            doubled = true
            at &+= 2
        }
        let after = at &+ 1
        if after < end, bytes[after] != dialect.delimiter, bytes[after] != UInt8(ascii: "\n"), bytes[after] != UInt8(ascii: "\r") {
            throw .strayQuote(path: source.path, line: source.line(at: after))
        }
        let length = at &- open &- 1
        if length > Cell.longest { throw .tooLarge(path: source.path, what: "field", limit: Cell.longest) }
        if open &- origin >= Int(UInt32.max) { throw .tooLarge(path: source.path, what: "row", limit: Int(UInt32.max)) }
        return (Cell(start: open &+ 1 &- origin, length: length, doubled ? .doubledQuotes : length == 0 ? .string : .bare), after)
    }

    /// The place of the first quote from `start` on; at or past the end where there is none.
    @inline(__always)
    private func nextQuote(_ start: Int) -> Int {
        var at = start
        let end = source.count
        let quotes: UInt64 = 0x2222_2222_2222_2222
        while at < end {
            let word = UInt64(littleEndian: source.pointer.loadUnaligned(fromByteOffset: at, as: UInt64.self)) ^ quotes
            let found = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            // The lowest bit that is set is exact; the padding holds no quote.
            if found != 0 { return at &+ found.trailingZeroBitCount &>> 3 }
            at &+= 8
        }
        return end
    }

    /// The error of the row that begins at `origin`, whose fields may span lines.
    @inline(never)
    private func ragged(origin: Int, row: Int, found: Int) -> FormatError {
        .raggedRow(path: source.path, line: source.line(at: origin), found: found, expected: columnCount)
    }
}
