// Separated values to a frame: the header gives the names, the rows go through the scanner and the column readers.
import QueryFrames

/// Reads one input. A row of another number of fields than the header's is an error; blank lines are passed over, but
/// in a file of one column a blank line is a row whose value is null.
struct CSVReader {
    let source: ByteSource
    let dialect: CSVDialect

    /// More columns than this are taken for a mistake about the file.
    static let columnLimit = 100_000

    init(_ source: ByteSource, _ dialect: CSVDialect) {
        self.source = source
        self.dialect = dialect
    }

    func read(_ workers: Workers = .available) throws(FormatError) -> ReadResult {
        // Rows of thirty bytes are shorter than most.
        let workers = workers.areWorthwhile(rows: source.count / 32) ? workers : .one
        try source.checkUTF8(workers)
        var scanner = CSVScanner(source, dialect)
        let width = try scanner.countFields()
        guard width > 0 else { return ReadResult(frame: Frame(schema: Schema([]), batches: []), warnings: []) }
        guard width <= CSVReader.columnLimit else { throw .tooManyColumns(path: source.path, limit: CSVReader.columnLimit) }
        scanner.columnCount = width
        let names = ColumnNames(dialect.header ? try header(&scanner) : (1...width).map { "column_\($0)" })

        var table = TableReader(scanner)
        try table.read(workers)
        let batches = table.batches()
        var warnings = names.changes.map { FormatWarning.renamedColumn(index: $0.index, from: $0.from, to: $0.to) }
        for (index, column) in table.columns.enumerated() {
            if let odd = column.numberKeptAsText(in: batches, column: index) {
                warnings.append(.numbersKeptAsText(column: names.names[index], row: odd.row, example: odd.text))
            }
        }
        let fields = zip(names.names, table.columns).map { Field($0, $1.shape.type) }
        return ReadResult(frame: Frame(schema: Schema(fields), batches: batches), warnings: warnings)
    }

    private func header(_ scanner: inout CSVScanner) throws(FormatError) -> [String] {
        let grid = CellGrid(columns: scanner.columnCount)
        let origin = source.pointer + scanner.position
        _ = try scanner.scan(1, into: grid)
        return (0..<scanner.columnCount).map { index in
            let cell = grid.cells[index]
            // A header's field is its name even where the same text would be null in a row.
            if cell.isNull {
                return String(decoding: UnsafeRawBufferPointer(start: origin + Int(cell.start), count: cell.length), as: UTF8.self)
            }
            let text = UnsafeMutableRawPointer.allocate(byteCount: max(cell.length, 1), alignment: 1)
            defer { text.deallocate() }
            let length = CellText.decode(cell.kind, origin + Int(cell.start), cell.length, to: text)
            return String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
        }
    }
}
