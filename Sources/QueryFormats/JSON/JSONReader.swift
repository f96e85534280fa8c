// JSON documents and JSON lines to a frame: keys become columns in the order in which they first appear.
import QueryFrames

/// Reads one input: an array of objects, a single object (one row), or one object a line.
///
/// A key that an object lacks is null. A column of lists whose elements are of one type is one of lists; any other whose values are
/// nested, or of several types, is JSON: nested values as they were written, without blanks, numbers and strings in their shortest form.
struct JSONReader {
    let source: ByteSource
    let lines: Bool

    init(_ source: ByteSource, lines: Bool) {
        self.source = source
        self.lines = lines
    }

    func read(_ workers: Workers = .available) throws(FormatError) -> ReadResult {
        var table = try rows(workers)
        let names = ColumnNames(table.keys.names)
        var warnings = names.changes.map { FormatWarning.renamedColumn(index: $0.index, from: $0.from, to: $0.to) }
        if let found = table.duplicates {
            warnings.append(.duplicateKeys(key: found.key, line: source.line(at: found.offset), count: found.count))
        }
        let counts: [Int]
        do throws(RowFault) { counts = try table.finish() } catch { throw source.error(error, row: table.rows) }
        var fields: [Field] = [], columns: [[Column]] = []
        for (index, name) in names.names.enumerated() {
            guard let column = table.takeColumn(index) else { throw .tooLarge(path: source.path, what: "column", limit: Int(Int32.max)) }
            var read = column.batches
            if column.kinds == .nested, let lists = JSONLists.read(read) { read = lists }
            if let warning = try warning(about: column, name) { warnings.append(warning) }
            fields.append(Field(name, read.first?.type ?? column.type))
            columns.append(read)
        }
        let batches = counts.indices.map { index in RecordBatch(count: counts[index], columns: columns.map { $0[index] }) }
        return ReadResult(frame: Frame(schema: Schema(fields), batches: batches), warnings: warnings)
    }

    private func rows(_ workers: Workers) throws(FormatError) -> RowTable {
        let syntax = JSONSyntax(source.pointer, count: source.count)
        let start = syntax.skipBlanks(source.hasByteOrderMark ? 3 : 0)
        let isList = syntax.bytes[start] == UInt8(ascii: "[")
        guard lines || isList || syntax.bytes[start] == UInt8(ascii: "{") else {
            throw source.error(.json(syntax.fault(start, "an array of objects, or one object")), row: 0)
        }
        let grammar = RowGrammar(holder: lines ? .lines : isList ? .list : .single, rowsAreLists: false, depth: !lines && isList ? 1 : 0)
        let stream = RowStream(grammar, workers)
        do throws(RowFault) {
            if lines, start >= source.count { return stream.table }
            let from = grammar.holder == .list ? start + 1 : start
            let state: RowState = grammar.holder == .list ? .first : .row
            let end = try stream.read(source.pointer, count: source.count, from: from, state, isLast: true, offset: 0).at
            let rest = syntax.skipBlanks(end)
            guard rest >= source.count else { throw .json(syntax.fault(rest, "the end of the document")) }
        } catch {
            throw source.error(error, row: stream.table.rows)
        }
        return stream.table
    }

    private func warning(about column: ReadColumn, _ name: String) throws(FormatError) -> FormatWarning? {
        guard column.kinds.isOddNumbers, let odd = NumberCheck.firstKeptAsText(in: column.batches) else { return nil }
        if !odd.isInteger { throw .numberOutOfRange(path: source.path, row: odd.row, field: name, text: odd.text) }
        return .numbersKeptAsText(column: name, row: odd.row, example: odd.text)
    }
}

extension ByteSource {
    /// The fault with its line and column.
    @inline(never)
    fileprivate func error(_ fault: RowFault, row: Int) -> FormatError {
        switch fault {
        case .json(let fault, _): error(fault)
        case .ragged(_, let found, let expected, let offset):
            .raggedRow(path: path, line: line(at: offset), found: found, expected: expected)
        case .tooManyColumns: .tooManyColumns(path: path, limit: RowDecoder.columnLimit)
        case .rowTooLarge: .tooLarge(path: path, what: "row", limit: ReadingSizes().rowLimit)
        case .tooManyCells(let limit): .tooLarge(path: path, what: "table", limit: limit)
        case .textTooLong: .tooLarge(path: path, what: "table", limit: ColumnSlot.byteLimit)
        case .memory(let limit): .memory(path: path, row: row, limit: limit)
        }
    }

    private func error(_ fault: JSONFault) -> FormatError {
        let place = place(at: min(fault.offset, count))
        switch fault {
        case .syntax(_, let expected): return .syntax(path: path, line: place.line, column: place.column, expected: expected)
        case .loneSurrogate: return .loneSurrogate(path: path, line: place.line, column: place.column)
        case .nestingTooDeep(_, let limit): return .nestingTooDeep(path: path, line: place.line, column: place.column, limit: limit)
        case .invalidUTF8(let offset): return .invalidUTF8(path: path, offset: offset, line: place.line)
        }
    }
}
