// The rows of all pages as a frame: its columns in the order in which the service names them.
import QueryFrames

/// Makes a frame of the rows that were read.
struct ResultFrame {
    private var table: RowTable
    private let names: [String]?
    private let layout: ResultLayout

    init(_ table: RowTable, _ names: [String]?, _ layout: ResultLayout) {
        (self.table, self.names, self.layout) = (table, names, layout)
    }

    /// The frame of all rows. What is wrong with the table as a whole is an error as `told` makes it.
    consuming func read(_ told: (RowFault) -> ResultError) throws(ResultError) -> (frame: Frame, warnings: [ResultWarning]) {
        let wanted = columns()
        let unique = ColumnNames(wanted.map(\.name))
        var warnings = unique.changes.map { ResultWarning.renamedColumn(index: $0.index, from: $0.from, to: $0.to) }
        if let found = table.duplicates { warnings.append(.duplicateKeys(key: found.key, count: found.count)) }
        let counts: [Int]
        do throws(RowFault) { counts = try table.finish() } catch { throw told(error) }
        var fields: [Field] = [], columns: [[Column]] = []
        for (column, name) in zip(wanted, unique.names) {
            guard let place = column.place else {
                fields.append(Field(name, .string))
                columns.append(counts.map { BatchColumn.nulls($0, .text, .string) })
                continue
            }
            guard let read = table.takeColumn(place) else { throw .tooLarge(what: .column(name: name), limit: Int(Int32.max)) }
            if let budget = MemoryBudget.current, budget.isExceeded { throw .memory(row: table.rows, limit: budget.limit) }
            if column.isUnnamed { warnings.append(.unnamedField(column: name)) }
            if let warning = try warning(about: read, name) { warnings.append(warning) }
            fields.append(Field(name, read.type))
            columns.append(read.batches)
        }
        let batches = counts.indices.map { index in RecordBatch(count: counts[index], columns: columns.map { $0[index] }) }
        return (Frame(schema: Schema(fields), batches: batches), warnings)
    }

    /// A column of the frame: its place in the table, nil where no row has it.
    private struct Wanted {
        let name: String
        let place: Int?
        var isUnnamed = false
    }

    private func columns() -> [Wanted] {
        if layout.rowsAreLists {
            let names = self.names ?? Array(repeating: "", count: table.width)
            return names.enumerated().map { Wanted(name: $1, place: $0 < table.columnCount ? $0 : nil) }
        }
        var wanted = (names ?? []).map { Wanted(name: $0, place: table.keys.column(of: Array($0.utf8))) }
        let named = Set(wanted.compactMap(\.place))
        for (place, name) in table.keys.names.enumerated() where !named.contains(place) {
            wanted.append(Wanted(name: name, place: place, isUnnamed: names != nil))
        }
        return wanted
    }

    private func warning(about column: ReadColumn, _ name: String) throws(ResultError) -> ResultWarning? {
        if column.kinds.isMixed { return .mixedTypes(column: name) }
        guard column.kinds.isOddNumbers, let odd = NumberCheck.firstKeptAsText(in: column.batches) else { return nil }
        if !odd.isInteger { throw .numberOutOfRange(row: odd.row, field: name, text: odd.text) }
        return .numbersKeptAsText(column: name, row: odd.row, example: odd.text)
    }
}
