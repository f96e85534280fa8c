// `union`: the rows of the frame, then those of another one, columns found by name.

struct UnionStep: PlanStep {
    /// Where a column of the result comes from: its place on either side, if it has one there.
    private struct Source {
        let field: Field
        let left: Int?
        let right: Int?
    }

    private let sources: [Source]
    private let frame: Frame
    private let width: Int
    private let mark: Int32
    private var needed: [Bool]

    static func check(_ frame: Frame, mark: Int32, _ left: Schema) throws(PlanError) -> (UnionStep, Schema) {
        var sources: [Source] = []
        for (place, field) in left.fields.enumerated() {
            guard let other = frame.schema.index(of: field.name) else {
                sources.append(Source(field: field, left: place, right: nil))
                continue
            }
            let type = frame.schema.fields[other].type
            guard let common = field.type.united(with: type) else {
                throw .unionTypes(name: field.name, left: field.type.name, right: type.name, mark: mark)
            }
            sources.append(Source(field: Field(field.name, common), left: place, right: other))
        }
        for (place, field) in frame.schema.fields.enumerated() where left.index(of: field.name) == nil {
            sources.append(Source(field: field, left: nil, right: place))
        }
        let step = UnionStep(
            sources: sources, frame: frame, width: left.fields.count, mark: mark, needed: sources.map { _ in true })
        return (step, Schema(sources.map(\.field)))
    }

    private init(sources: [Source], frame: Frame, width: Int, mark: Int32, needed: [Bool]) {
        self.sources = sources
        self.frame = frame
        self.width = width
        self.mark = mark
        self.needed = needed
    }

    mutating func require(_ needed: [Bool]) -> [Bool] {
        // Whether a number is exactly one of the wider type is a matter of every value, also where nobody reads the column.
        self.needed = needed
        var left = Array(repeating: false, count: width)
        for (source, isNeeded) in zip(sources, needed) {
            if let place = source.left { left[place] = isNeeded || source.field.type == .float64 || source.field.type.isDecimal }
        }
        return left
    }

    func start() -> any StepRun { Run(self) }

    private func batch(
        _ batch: RecordBatch, _ place: (Source) -> Int?, rowsBefore: Int
    ) throws(EvaluationError) -> RecordBatch {
        var columns: [Column] = []
        for (source, isNeeded) in zip(sources, needed) {
            let type = source.field.type
            guard let place = place(source) else {
                columns.append(isNeeded ? .nulls(batch.count, of: type) : .nulls(batch.count))
                continue
            }
            let column = batch.columns[place]
            if column.type == type {
                columns.append(column)
            } else if column.type.isNumeric && type.isNumeric {
                columns.append(try column.exactly(type, "union", rowsBefore: rowsBefore, mark: mark))
            } else {
                columns.append(isNeeded ? .nulls(batch.count, of: type) : .nulls(batch.count))
            }
        }
        return RecordBatch(count: batch.count, columns: columns)
    }

    private final class Run: StepRun {
        private let step: UnionStep
        private var rowsBefore = 0

        init(_ step: UnionStep) { self.step = step }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            defer { rowsBefore += batch.count }
            return try step.batch(batch, \.left, rowsBefore: rowsBefore)
        }

        func finish(
            _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
        ) throws(EvaluationError) {
            for batch in step.frame.batches {
                for start in stride(from: 0, to: batch.count, by: RecordBatch.rows) {
                    let part = batch.slice(start, min(RecordBatch.rows, batch.count - start))
                    if try !emit(step.batch(part, \.right, rowsBefore: rowsBefore)) { return }
                    rowsBefore += part.count
                }
            }
        }
    }
}
