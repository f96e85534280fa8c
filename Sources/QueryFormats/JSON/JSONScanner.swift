// Finds the values of JSON objects, strictly as RFC 8259 has them, without recursion and without making anything of them.
import QueryFrames

/// The objects of a document, or of lines, as rows of cells.
struct JSONScanner: CellScanner {
    static let isJSON = true
    let source: ByteSource
    private(set) var keys = JSONKeys()
    var position = 0
    var atEnd: Bool { position >= source.count }
    var columnCount: Int { keys.count }

    private enum Layout {
        case array
        case single
        case lines
    }

    private let syntax: JSONSyntax
    private let layout: Layout
    private var row = 0
    /// Up to here rows were seen before; what they repeat is not counted again.
    private var seen = 0
    private var firstDuplicate: (key: Int, offset: Int)?
    private var duplicates = 0

    static let columnLimit = 100_000
    private static let chunkBytes = 1 << 28

    init(_ source: ByteSource, lines: Bool) throws(FormatError) {
        self.source = source
        var syntax = JSONScanner.syntax(source, newlineIsBlank: true, depth: 1)
        var at = syntax.skipBlanks(source.hasByteOrderMark ? 3 : 0)
        if lines {
            layout = .lines
            syntax = JSONScanner.syntax(source, newlineIsBlank: false, depth: 1)
        } else if syntax.bytes[at] == UInt8(ascii: "[") {
            layout = .array
            syntax = JSONScanner.syntax(source, newlineIsBlank: true, depth: 2)
            at = syntax.skipBlanks(at + 1)
            if syntax.bytes[at] == UInt8(ascii: "]") {
                at = try JSONScanner.end(source, syntax, at + 1)
            } else if at >= source.count {
                throw source.expected(at, "an object or `]`")
            }
        } else {
            guard syntax.bytes[at] == UInt8(ascii: "{") else { throw source.expected(at, "an array of objects, or one object") }
            layout = .single
        }
        self.syntax = syntax
        position = at
    }

    /// What there is to say about keys that stood twice in one object.
    var duplicateKeys: FormatWarning? {
        guard let first = firstDuplicate else { return nil }
        return .duplicateKeys(key: keys.names[first.key], line: source.line(at: first.offset), count: duplicates)
    }

    mutating func scan(_ maximum: Int, into grid: CellGrid) throws(FormatError) -> Int {
        let origin = position
        var rows = 0
        while rows < maximum, position < source.count, position - origin < JSONScanner.chunkBytes {
            let cells = grid.cells + rows * grid.stride
            for column in 0..<grid.stride { cells[column] = .null }
            var repeated: (count: Int, key: Int, offset: Int) = (0, 0, 0)
            let after = try object(position, origin, cells, grid.stride, &repeated)
            guard keys.count <= JSONScanner.columnLimit else { throw .tooManyColumns(path: source.path, limit: JSONScanner.columnLimit) }
            // The row has more columns than the grid: it is read again once the grid is wider.
            if keys.count > grid.stride { return rows }
            if position >= seen, repeated.count > 0 {
                if firstDuplicate == nil { firstDuplicate = (repeated.key, repeated.offset) }
                duplicates += repeated.count
            }
            position = try next(after)
            seen = max(seen, position)
            rows += 1
        }
        return rows
    }

    private static func syntax(_ source: ByteSource, newlineIsBlank: Bool, depth: Int) -> JSONSyntax {
        JSONSyntax(source.pointer, count: source.count, newlineIsBlank: newlineIsBlank, depth: depth)
    }

    /// What `step` gives; its fault as an error of the file.
    @inline(__always)
    private func checked<R>(_ step: () throws(JSONFault) -> R) throws(FormatError) -> R {
        do throws(JSONFault) { return try step() } catch { throw source.error(error) }
    }

    /// Reads one object; gives the place after its `}`.
    private mutating func object(
        _ start: Int, _ origin: Int, _ cells: UnsafeMutablePointer<Cell>, _ stride: Int,
        _ repeated: inout (count: Int, key: Int, offset: Int)
    ) throws(FormatError) -> Int {
        let bytes = syntax.bytes
        guard bytes[start] == UInt8(ascii: "{") else { throw source.expected(start, "an object") }
        row += 1
        keys.beginRow()
        var at = syntax.skipBlanks(start + 1)
        if bytes[at] == UInt8(ascii: "}") { return at + 1 }
        while true {
            guard bytes[at] == UInt8(ascii: "\"") else { throw source.expected(at, "a key in quotes") }
            let key = at
            let (keyEnd, escaped) = try checked { () throws(JSONFault) in try syntax.string(at) }
            let (column, again) = keys.column(source.pointer + key + 1, keyEnd - key - 2, escaped: escaped, row: row)
            if again {
                if repeated.count == 0 { (repeated.key, repeated.offset) = (column, key) }
                repeated.count += 1
            }
            at = syntax.skipBlanks(keyEnd)
            guard bytes[at] == UInt8(ascii: ":") else { throw source.expected(at, "`:`") }
            at = syntax.skipBlanks(at + 1)
            let value = at
            let found: JSONKind
            (at, found) = try checked { () throws(JSONFault) in try syntax.value(value) }
            let kind = Cell.Kind(found)
            let quotes = kind == .string || kind == .escapes ? 1 : 0
            let length = at - value - 2 * quotes
            if length > Cell.longest { throw .tooLarge(path: source.path, what: "field", limit: Cell.longest) }
            if value - origin >= Int(UInt32.max) { throw .tooLarge(path: source.path, what: "row", limit: Int(UInt32.max)) }
            if column < stride { cells[column] = Cell(start: value + quotes - origin, length: length, kind) }
            at = syntax.skipBlanks(at)
            if bytes[at] == UInt8(ascii: "}") { return at + 1 }
            guard bytes[at] == UInt8(ascii: ",") else { throw source.expected(at, "`,` or `}`") }
            at = syntax.skipBlanks(at + 1)
        }
    }

    /// Where the row after the one that ended before `end` begins.
    private func next(_ end: Int) throws(FormatError) -> Int {
        let at = syntax.skipBlanks(end)
        switch layout {
        case .single: return try JSONScanner.end(source, syntax, at)
        case .array:
            if syntax.bytes[at] == UInt8(ascii: "]") { return try JSONScanner.end(source, syntax, at + 1) }
            guard syntax.bytes[at] == UInt8(ascii: ",") else { throw source.expected(at, "`,` or `]`") }
            let row = syntax.skipBlanks(at + 1)
            // At the end of the input there would seem to be no more rows.
            guard row < source.count else { throw source.expected(row, "an object") }
            return row
        case .lines:
            guard at < source.count else { return at }
            guard syntax.bytes[at] == UInt8(ascii: "\n") else { throw source.expected(at, "the end of the line") }
            var line = at
            while line < source.count, syntax.bytes[line] == UInt8(ascii: "\n") { line = syntax.skipBlanks(line + 1) }
            return line
        }
    }

    /// Refuses anything but blanks from `start` on; gives the end.
    private static func end(_ source: ByteSource, _ syntax: JSONSyntax, _ start: Int) throws(FormatError) -> Int {
        let at = syntax.skipBlanks(start)
        guard at >= source.count else { throw source.expected(at, "the end of the document") }
        return at
    }
}

extension Cell.Kind {
    @inline(__always)
    init(_ kind: JSONKind) {
        self =
            switch kind {
            case .null: .null
            case .bare: .bare
            case .string: .string
            case .escapes: .escapes
            case .nested: .nested
            }
    }
}

extension ByteSource {
    /// That something else than `expected` stands at `offset`.
    @inline(never)
    fileprivate func expected(_ offset: Int, _ expected: String) -> FormatError {
        let place = place(at: min(offset, count))
        return .syntax(path: path, line: place.line, column: place.column, expected: expected)
    }

    /// The fault with its line and column.
    @inline(never)
    fileprivate func error(_ fault: JSONFault) -> FormatError {
        switch fault {
        case .syntax(let offset, let expected): return self.expected(offset, expected)
        case .loneSurrogate(let offset):
            let place = place(at: offset)
            return .loneSurrogate(path: path, line: place.line, column: place.column)
        case .nestingTooDeep(let offset, let limit):
            let place = place(at: offset)
            return .nestingTooDeep(path: path, line: place.line, column: place.column, limit: limit)
        }
    }
}
