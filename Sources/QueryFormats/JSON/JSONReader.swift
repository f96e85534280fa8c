// JSON documents and JSON lines to a frame: keys become columns in the order in which they first appear.
import QueryFrames

/// Reads one input: an array of objects, a single object (one row), or one object a line.
///
/// A key that an object lacks is null. A column of lists whose elements are of one type is one of lists; any other whose values are
/// nested, or of several types, is JSON: the text of each value as it was written, without blanks.
struct JSONReader {
    let source: ByteSource
    let lines: Bool

    init(_ source: ByteSource, lines: Bool) {
        self.source = source
        self.lines = lines
    }

    func read() throws(FormatError) -> ReadResult {
        try source.checkUTF8()
        var table = TableReader(try JSONScanner(source, lines: lines))
        try table.read()
        let names = ColumnNames(table.scanner.keys.names)
        var batches = table.batches()
        var types = table.columns.map(\.shape.type)
        for (index, column) in table.columns.enumerated() where column.shape == .json && column.kinds == 1 << Cell.Kind.nested.rawValue {
            guard let lists = JSONLists.read(batches.map { $0.columns[index] }), let type = lists.first?.type else { continue }
            types[index] = type
            batches = zip(batches, lists).map { batch, list in
                var columns = batch.columns
                columns[index] = list
                return RecordBatch(count: batch.count, columns: columns)
            }
        }
        var warnings = names.changes.map { FormatWarning.renamedColumn(index: $0.index, from: $0.from, to: $0.to) }
        if let warning = table.scanner.duplicateKeys { warnings.append(warning) }
        for (index, column) in table.columns.enumerated() {
            if let warning = try warning(about: column, index, names.names[index], batches) { warnings.append(warning) }
        }
        let fields = zip(names.names, types).map { Field($0, $1) }
        return ReadResult(frame: Frame(schema: Schema(fields), batches: batches), warnings: warnings)
    }

    private func warning(
        about column: ColumnReader, _ index: Int, _ name: String, _ batches: [RecordBatch]
    ) throws(FormatError) -> FormatWarning? {
        guard column.shape == .text else { return nil }
        let bare: UInt8 = 1 << Cell.Kind.bare.rawValue, nested: UInt8 = 1 << Cell.Kind.nested.rawValue
        if column.kinds & (bare | nested) == 0 || column.kinds == nested { return nil }
        // Of numbers alone, the column is text because of one that no 64-bit type holds.
        guard column.kinds == bare, let odd = column.numberKeptAsText(in: batches, column: index) else { return .mixedTypes(column: name) }
        let isInteger = odd.text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- 0x30 <= 9 }
        if isInteger { return .numbersKeptAsText(column: name, row: odd.row, example: odd.text) }
        throw .numberOutOfRange(path: source.path, row: odd.row, field: name, text: odd.text)
    }
}
