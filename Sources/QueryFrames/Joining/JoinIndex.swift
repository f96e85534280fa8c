// The right side of a join, as the left one looks into it: the numbers of its keys, and the rows of each.

/// The rows of a frame by their keys.
final class JoinIndex {
    /// The columns that are needed, in one piece; others are columns of nulls.
    let columns: [Column]
    /// How many rows there are.
    let count: Int
    /// Whether no two rows have equal keys; the number of a key is then that of its row.
    let isUnique: Bool
    private let keys: GroupNumbers
    private let grouped: GroupedRows
    private let comparisons: [JoinColumns.Comparison]

    init(_ frame: Frame, _ join: JoinColumns, needed: [Bool]) throws(EvaluationError) {
        guard frame.count < Int(UInt32.max) else { throw .limit(operator: "join", row: frame.count, mark: 0) }
        let widths = zip(frame.schema.fields, needed).reduce(24) { $1.1 ? $0 + MemoryBudget.rowBytes($1.0.type) : $0 }
        try MemoryBudget.require(frame.count * widths, for: "join")
        var columns: [Column] = []
        for (place, field) in frame.schema.fields.enumerated() {
            guard needed[place] else {
                columns.append(.nulls(frame.count))
                continue
            }
            guard let column = Column.joined(frame.batches.map { $0.columns[place] }, type: field.type) else {
                throw .limit(operator: "join", row: nil, mark: 0)
            }
            columns.append(column)
        }
        self.columns = columns
        count = frame.count
        comparisons = join.keys.map(\.comparison)
        keys = GroupNumbers(comparisons.map(\.type))
        let numbers = keys.numbers(join.keys.map { $0.comparison.form(columns[$0.right]) }, count: count)
        let groups = count == 0 ? 0 : keys.count
        isUnique = groups == count
        grouped = GroupedRows(numbers, count: isUnique ? 0 : count, groups: isUnique ? 0 : groups)
    }

    /// What one who looks into the index needs: several may do so at the same time.
    final class Lookup {
        fileprivate let groups = GroupNumbers.Lookup()
        /// The answer for a join without keys: one group, or none.
        fileprivate let noKeys = MutableBuffer(capacity: 64)
    }

    /// The number of the key of each row of a left batch, or `IntegerTable.absent`; valid until the next call with the same memory.
    func find(_ columns: [Column], rows: Int, _ memory: Lookup) -> UnsafePointer<UInt32> {
        if comparisons.isEmpty {
            memory.noKeys.reserve(rows * 4, used: 0)
            let numbers = memory.noKeys.values(as: UInt32.self)
            numbers.update(repeating: count == 0 ? IntegerTable.absent : 0, count: rows)
            return UnsafePointer(numbers)
        }
        return keys.find(zip(comparisons, columns).map { $0.form($1) }, count: rows, memory.groups)
    }

    /// The rows that have the key.
    func rows(of key: UInt32) -> UnsafeBufferPointer<UInt32> {
        let range = grouped.range(Int(key))
        return UnsafeBufferPointer(start: grouped.rows + range.lowerBound, count: range.count)
    }
}

extension Column {
    /// The columns one after the other; nil where their strings are more than one column can hold.
    static func joined(_ columns: [Column], type: DataType) -> Column? {
        if columns.isEmpty { return .nulls(0, of: type) }
        if columns.count == 1 { return columns[0] }
        let count = columns.reduce(0) { $0 + $1.count }
        let memory = MutableBuffer(capacity: count * 8)
        let places = memory.values(as: UInt64.self)
        var next = 0
        for (batch, column) in columns.enumerated() {
            for row in 0..<column.count {
                places[next] = UInt64(batch) << 32 | UInt64(row)
                next += 1
            }
        }
        return withExtendedLifetime(memory) { ColumnGatherer(columns, type: type).gather(places, count) }
    }
}
