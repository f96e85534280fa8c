// `unpivot`: a row becomes as many rows as there are columns named, each with the name of one and its value; nulls are values too.

struct UnpivotStep: PlanStep {
    /// The columns that stay, the names, the values.
    let schema: Schema
    private let kept: [Int]
    private let turned: [Int]
    private let width: Int
    private let mark: Int32
    /// The names of the columns that are turned into rows, as a dictionary.
    private let names: Column

    init(_ columns: [ColumnName], name: ColumnName, value: ColumnName, schema before: Schema) throws(PlanError) {
        turned = try before.places(of: columns)
        kept = try before.places(without: columns)
        width = before.fields.count
        mark = value.mark
        var type = DataType.null
        for (place, column) in zip(turned, columns) {
            let other = before.fields[place].type
            guard let wider = DataType.common([type, other]) else {
                throw .mixedColumns(first: type.name, other: other.name, mark: column.mark)
            }
            type = wider
        }
        var fields = kept.map { before.fields[$0] }
        for (new, type) in [(name, DataType.string), (value, type)] {
            guard !fields.contains(where: { $0.name == new.name }) else { throw .duplicateColumn(name: new.name, mark: new.mark) }
            fields.append(Field(new.name, type))
        }
        schema = Schema(fields)
        let builder = StringBuilder(capacity: columns.count)
        for column in columns { builder.append(column.name) }
        names = builder.finish()
    }

    func require(_ needed: [Bool]) -> [Bool] {
        var before = Array(repeating: false, count: width)
        for (index, place) in kept.enumerated() { before[place] = needed[index] }
        for place in turned { before[place] = true }
        return before
    }

    func start() -> any StepRun { Run(self) }

    private final class Run: StepRun {
        private let step: UnpivotStep
        private let type: DataType
        private var rowsBefore = 0

        init(_ step: UnpivotStep) {
            self.step = step
            type = step.schema.fields[step.schema.fields.count - 1].type
        }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            let times = step.turned.count, count = batch.count * times
            try MemoryBudget.require(count * (24 + MemoryBudget.rowBytes(type)), for: "unpivot", mark: step.mark)
            let sources = MutableBuffer(capacity: count * 4), places = MutableBuffer(capacity: count * 4)
            let source = sources.values(as: UInt32.self), place = places.values(as: UInt32.self)
            for row in 0..<batch.count {
                for index in 0..<times {
                    source[row &* times &+ index] = UInt32(truncatingIfNeeded: row)
                    place[row &* times &+ index] = UInt32(truncatingIfNeeded: index)
                }
            }
            let rows = sources.freeze(byteCount: count * 4)
            var columns: [Column] = []
            for place in step.kept {
                guard let column = batch.columns[place].repeatedRows(rows, count: count) else {
                    throw .limit(operator: "unpivot", row: nil, mark: step.mark)
                }
                columns.append(column)
            }
            let indices = places.freeze(byteCount: count * 4)
            columns.append(Column(type: .string, count: count, validity: nil, storage: .dictionary(indices: indices, values: step.names)))
            columns.append(try values(batch, times, count))
            rowsBefore += batch.count
            return RecordBatch(count: count, columns: columns)
        }

        /// The values of the turned columns, row by row.
        private func values(_ batch: RecordBatch, _ times: Int, _ count: Int) throws(EvaluationError) -> Column {
            var turned: [Column] = []
            for place in step.turned {
                let column = batch.columns[place]
                guard let conversion = column.type.conversion(to: type) else {
                    turned.append(column)
                    continue
                }
                let outcome = conversion.evaluate([Operand(column)], count: batch.count)
                if let row = outcome.failures?.first { throw .outOfRange(operator: "unpivot", row: rowsBefore + row + 1, mark: step.mark) }
                turned.append(outcome.column)
            }
            guard let column = Column.interleave(turned, type: type) else { throw .limit(operator: "unpivot", row: nil, mark: step.mark) }
            return column
        }
    }
}

extension Column {
    /// The first rows of all columns, then the second ones ...; all have the type `type`. Nil where they are more than a batch can
    /// hold.
    fileprivate static func interleave(_ columns: [Column], type: DataType) -> Column? {
        let times = columns.count, rows = columns.first?.count ?? 0
        let memory = MutableBuffer(capacity: rows * times * 8)
        let places = memory.values(as: UInt64.self)
        for row in 0..<rows {
            for index in 0..<times { places[row &* times &+ index] = UInt64(index) &<< 32 | UInt64(row) }
        }
        return withExtendedLifetime(memory) { ColumnGatherer(columns, type: type).gather(places, rows * times) }
    }
}
