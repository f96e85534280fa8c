// `explode`: a row for each element of a list, with the other columns repeated. A row whose list is null or empty stays, with null, so
// that no row vanishes unseen.

struct ExplodeStep: PlanStep {
    let schema: Schema
    private let place: Int
    private let mark: Int32

    init(_ column: ColumnName, schema before: Schema) throws(PlanError) {
        place = try before.places(of: [column])[0]
        mark = column.mark
        var fields = before.fields
        switch fields[place].type {
        case .list(let element): fields[place] = Field(column.name, element)
        case .json, .null: break
        default: throw .notAList(name: column.name, found: fields[place].type.name, mark: mark)
        }
        schema = Schema(fields)
    }

    func require(_ needed: [Bool]) -> [Bool] {
        var before = needed
        before[place] = true
        return before
    }

    func start() -> any StepRun { Run(self) }

    private final class Run: StepRun {
        private let step: ExplodeStep
        /// The batch under work, its lists, and where its next row of the result comes from.
        private var batch: RecordBatch?
        private var row = 0
        private var element = 0

        init(_ step: ExplodeStep) { self.step = step }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            var columns = batch.columns
            if columns[step.place].type == .json {
                guard let lists = columns[step.place].jsonLists() else { throw limit }
                columns[step.place] = lists
            }
            self.batch = RecordBatch(count: batch.count, columns: columns)
            row = 0
            element = 0
            return try more(isCancelled)
        }

        func more(_ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            guard let batch, row < batch.count else {
                self.batch = nil
                return nil
            }
            guard case .list = batch.columns[step.place].storage else {
                self.batch = nil
                return batch
            }
            let lists = ListRows(batch.columns[step.place])
            let sources = MutableBuffer(capacity: RecordBatch.rows * 4), source = sources.values(as: UInt32.self)
            let memory = MutableBuffer(capacity: RecordBatch.rows * 8), places = memory.values(as: UInt64.self)
            let valid = MutableBuffer(capacity: Bitmap.byteCount(RecordBatch.rows), zeroed: true), bits = valid.values(as: UInt8.self)
            var count = 0
            while row < batch.count, count < RecordBatch.rows {
                let range = lists[row]
                source[count] = UInt32(truncatingIfNeeded: row)
                places[count] = 0
                if element < range.count {
                    places[count] = UInt64(range.lowerBound + element)
                    Bitmap.set(bits, count)
                }
                count += 1
                element += 1
                if element >= range.count {
                    row += 1
                    element = 0
                }
            }
            let rows = sources.freeze(byteCount: count * 4)
            var columns: [Column] = []
            for (index, column) in batch.columns.enumerated() {
                let repeated = index == step.place
                    ? withExtendedLifetime(memory) { values(lists.elements, places, valid.freeze(byteCount: Bitmap.byteCount(count)), count) }
                    : column.repeatedRows(rows, count: count)
                guard let repeated else { throw limit }
                columns.append(repeated)
            }
            return RecordBatch(count: count, columns: columns)
        }

        /// The elements at `places`, null where none is there.
        private func values(_ elements: Column, _ places: UnsafePointer<UInt64>, _ found: Buffer, _ count: Int) -> Column? {
            let type = step.schema.fields[step.place].type
            if elements.count == 0 { return .nulls(count, of: type) }
            guard let gathered = ColumnGatherer([elements], type: type).gather(places, count) else { return nil }
            let validity = gathered.validity.map { Bitmap.and($0, found, count: count) } ?? found
            return Column(type: type, count: count, validity: validity, storage: gathered.storage)
        }

        private var limit: EvaluationError { .limit(operator: "explode", row: nil, mark: step.mark) }
    }
}

extension Column {
    /// A JSON column as lists: the elements of a list, and any other value as the one element of its list. Nil where they are more
    /// than a batch can hold.
    fileprivate func jsonLists() -> Column? {
        let source = TextSource(self), document = JSONDocument()
        let offsets = MutableBuffer(capacity: (count + 1) * 4), ends = offsets.values(as: Int32.self)
        let parts = StringBuilder(.json, capacity: count)
        ends[0] = 0
        for row in 0..<count {
            if !isNull(row) {
                document.load(source[row].bytes)
                let places = document.isList ? document.elements() : [0..<source[row].count]
                guard parts.count + places.count <= ListRows.elementLimit, parts.byteCount + source[row].count <= StringBuilder.byteLimit else {
                    return nil
                }
                for place in places {
                    let text = document[place]
                    if text.first == UInt8(ascii: "n") { parts.appendNull() } else { parts.append(text) }
                }
            }
            ends[row + 1] = Int32(truncatingIfNeeded: parts.count)
        }
        let storage = Storage.list(offsets: offsets.freeze(byteCount: (count + 1) * 4), elements: parts.finish())
        return Column(type: .list(.json), count: count, validity: validity, storage: storage)
    }
}
