// A row of separated values as bytes: what the writer does for every value.
import QueryFrames

/// Appends rows to text as a dialect has them.
struct CSVRows {
    private let dialect: CSVDialect
    private let delimiter: UInt8
    private let quotes: Bool
    private let hasNullText: Bool
    private let delimiters: UInt64

    init(_ dialect: CSVDialect) {
        self.dialect = dialect
        delimiter = dialect.delimiter
        quotes = dialect.quotes
        hasNullText = !dialect.null.isEmpty
        delimiters = UInt64(dialect.delimiter) &* CSVRows.ones
    }

    /// Appends a row and its line end.
    @inline(__always)
    func append(_ columns: UnsafeBufferPointer<ColumnText>, _ row: Int, to buffer: TextBuffer) {
        var at = buffer.reserve(CSVRows.room)
        for index in 0..<columns.count {
            if index > 0 {
                at.pointee = delimiter
                at += 1
            }
            if columns[index].isNull(row) {
                if hasNullText { at = elsewhere(buffer, at) { for byte in dialect.null { buffer.append(byte) } } }
            } else if let text = columns[index].utf8(row) {
                at = write(text, buffer, at)
            } else if columns[index].isShort {
                at = columns[index].write(row, at)
            } else {
                at = elsewhere(buffer, at) { columns[index].append(row, to: buffer) }
            }
            // What follows finds room again: it is asked for once a value, not once a byte.
            if buffer.capacity &- (at - buffer.pointer) < CSVRows.room { at = elsewhere(buffer, at) {} }
        }
        at.pointee = UInt8(ascii: "\n")
        buffer.advance(by: at + 1 - (buffer.pointer + buffer.count))
    }

    /// Appends text, in quotes where it has to be.
    func append(_ text: UnsafeRawBufferPointer, to buffer: TextBuffer) {
        let end = write(text, buffer, buffer.reserve(CSVRows.room))
        buffer.advance(by: end - (buffer.pointer + buffer.count))
    }

    /// Room that there is before each value: for a short one, or the copy of a short text, the delimiter and the line end.
    private static let room = 64

    /// Lets `body` append to the buffer, of which everything up to `at` is written; gives the place behind that, with room.
    @inline(__always)
    private func elsewhere(_ buffer: TextBuffer, _ at: ValueBytes.Place, _ body: () -> Void) -> ValueBytes.Place {
        buffer.advance(by: at - (buffer.pointer + buffer.count))
        body()
        return buffer.reserve(CSVRows.room)
    }

    @inline(__always)
    private func write(_ text: UnsafeRawBufferPointer, _ buffer: TextBuffer, _ at: ValueBytes.Place) -> ValueBytes.Place {
        if quotes && needsQuotes(text) { return elsewhere(buffer, at) { appendQuoted(text, to: buffer) } }
        guard text.count <= 32, let start = text.baseAddress else { return elsewhere(buffer, at) { buffer.append(text) } }
        let to = UnsafeMutableRawPointer(at)
        switch text.count {
        case 17...: copyEnds(start, to, text.count, as: SIMD16<UInt8>.self)
        case 8...: copyEnds(start, to, text.count, as: UInt64.self)
        case 4...: copyEnds(start, to, text.count, as: UInt32.self)
        default: for index in 0..<text.count { at[index] = text[index] }
        }
        return at + text.count
    }

    /// Copies the first and the last bytes, which may overlap.
    @inline(__always)
    private func copyEnds<Word: BitwiseCopyable>(_ from: UnsafeRawPointer, _ to: UnsafeMutableRawPointer, _ count: Int, as word: Word.Type) {
        let last = count &- MemoryLayout<Word>.size
        let head = from.loadUnaligned(as: Word.self), tail = from.loadUnaligned(fromByteOffset: last, as: Word.self)
        to.storeBytes(of: head, as: Word.self)
        to.storeBytes(of: tail, toByteOffset: last, as: Word.self)
    }

    private func appendQuoted(_ text: UnsafeRawBufferPointer, to buffer: TextBuffer) {
        buffer.append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "\""))
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101

    @inline(__always)
    private func needsQuotes(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let start = text.baseAddress, text.count > 0 else { return true }
        // U+FEFF at the beginning of a file would be taken for a byte order mark.
        if text[0] == 0xef && text.starts(with: [0xef, 0xbb, 0xbf]) { return true }
        let count = text.count
        var found: UInt64 = 0
        if count >= 8 {
            var at = 0
            while at &+ 8 < count {
                found |= special(start.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                at &+= 8
            }
            found |= special(start.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
        } else {
            var word = UInt64(text[0]) &* CSVRows.ones
            for index in 1..<max(count, 1) { word = word &<< 8 | UInt64(text[index]) }
            found = special(word)
        }
        if found != 0 { return true }
        return hasNullText && count == dialect.null.count && text.elementsEqual(dialect.null)
    }

    /// Not zero where a byte of the word is the delimiter, a quote, or part of a line end.
    @inline(__always)
    private func special(_ word: UInt64) -> UInt64 {
        func zeros(_ word: UInt64) -> UInt64 { (word &- CSVRows.ones) & ~word & (0x80 &* CSVRows.ones) }
        return zeros(word ^ delimiters) | zeros(word ^ (UInt64(UInt8(ascii: "\"")) &* CSVRows.ones))
            | zeros(word ^ (UInt64(UInt8(ascii: "\n")) &* CSVRows.ones)) | zeros(word ^ (UInt64(UInt8(ascii: "\r")) &* CSVRows.ones))
    }
}
