// `join`: the right side is held by its keys, and the left one streams past it.

struct JoinStep: PlanStep {
    private let kind: JoinKind
    private let frame: Frame
    private let join: JoinColumns
    private let leftTypes: [DataType]
    private let mark: Int32
    private var needed: [Bool]

    static func check(
        _ kind: JoinKind, _ frame: Frame, on keys: [JoinKey], mark: Int32, _ left: Schema
    ) throws(PlanError) -> (JoinStep, Schema) {
        let join = try JoinColumns(kind, left, frame.schema, on: keys, mark: mark)
        let step = JoinStep(
            kind: kind, frame: frame, join: join, leftTypes: left.fields.map(\.type), mark: mark, needed: join.schema.fields.map { _ in true })
        return (step, join.schema)
    }

    private init(kind: JoinKind, frame: Frame, join: JoinColumns, leftTypes: [DataType], mark: Int32, needed: [Bool]) {
        self.kind = kind
        self.frame = frame
        self.join = join
        self.leftTypes = leftTypes
        self.mark = mark
        self.needed = needed
    }

    mutating func require(_ needed: [Bool]) -> [Bool] {
        self.needed = needed
        var left = Array(needed[..<leftTypes.count])
        for key in join.keys { left[key.left] = true }
        return left
    }

    func start() -> any StepRun { Run(self) }

    /// Runs that look into one index. Where the right rows that nobody met are given too, one run has to know of all.
    func start(_ count: Int) throws(EvaluationError) -> [any StepRun]? {
        guard kind != .right, kind != .full else { return nil }
        let first = Run(self)
        let index = try first.ready()
        return [first] + (1..<count).map { _ in Run(self, index) }
    }

    /// The right columns that are compared or given.
    private var neededOnTheRight: [Bool] {
        var right = frame.schema.fields.map { _ in false }
        for key in join.keys { right[key.right] = true }
        for (place, isNeeded) in zip(join.rightColumns, needed[leftTypes.count...]) where isNeeded { right[place] = true }
        return right
    }

    private final class Run: StepRun {
        private let step: JoinStep
        private var index: JoinIndex?
        /// A byte a right row, set where a left row has met it; only kept where the others are given too.
        private var met: MutableBuffer?

        /// The left batch at hand, the keys of its rows, and how far it has been given.
        private var batch = RecordBatch(count: 0, columns: [])
        private var keys: UnsafePointer<UInt32>?
        private var row = 0
        private var match = 0

        private let lookup = JoinIndex.Lookup()

        init(_ step: JoinStep, _ index: JoinIndex? = nil) {
            self.step = step
            self.index = index
        }

        func ready() throws(EvaluationError) -> JoinIndex {
            if let index { return index }
            let made: JoinIndex
            do throws(EvaluationError) {
                made = try JoinIndex(step.frame, step.join, needed: step.neededOnTheRight)
            } catch {
                throw error.located("join", row: error.row, mark: step.mark)
            }
            index = made
            if step.kind == .right || step.kind == .full { met = MutableBuffer(capacity: made.count, zeroed: true) }
            return made
        }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            let index = try ready()
            let keys = index.find(step.join.keys.map { batch.columns[$0.left] }, rows: batch.count, lookup)
            switch step.kind {
            case .semi, .anti:
                let wanted = step.kind == .semi
                let kept = Bitmap.rows(batch.count) { (keys[$0] != IntegerTable.absent) == wanted }
                let selection = Selection(whereTrue: Column(type: .bool, count: batch.count, validity: nil, storage: .bits(kept)))
                if selection.count == 0 { return nil }
                return selection.count == batch.count ? batch : batch.gather(selection, needed: Array(step.needed[..<step.leftTypes.count]))
            case .inner, .left, .right, .full, .cross:
                (self.batch, self.keys, row, match) = (batch, keys, 0, 0)
                return try index.isUnique ? pairsOfUnique(index, keys) : pairs(index, keys)
            }
        }

        func more(_ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            guard let index, let keys, row < batch.count, !index.isUnique else { return nil }
            return try pairs(index, keys)
        }

        private var keepsLeft: Bool { step.kind == .left || step.kind == .full }

        /// All pairs of the batch, where each left row has at most one right row.
        private func pairsOfUnique(_ index: JoinIndex, _ keys: UnsafePointer<UInt32>) throws(EvaluationError) -> RecordBatch? {
            let count = batch.count
            let right = MutableBuffer(capacity: count * 4)
            let toRight = right.values(as: UInt32.self)
            if let met {
                let seen = met.values(as: UInt8.self)
                for row in 0..<count where keys[row] != IntegerTable.absent { seen[Int(keys[row])] = 1 }
            }
            if keepsLeft {
                toRight.update(from: keys, count: count)
                return try output(index, left: nil, right.freeze(byteCount: count * 4), count, hasAbsent: true)
            }
            let left = MutableBuffer(capacity: (count + 1) * 4)
            let toLeft = left.values(as: UInt32.self)
            var found = 0
            for row in 0..<count {
                // Every row is written, and only one that has a partner moves on.
                toLeft[found] = UInt32(truncatingIfNeeded: row)
                toRight[found] = keys[row]
                found += keys[row] != IntegerTable.absent ? 1 : 0
            }
            if found == 0 { return nil }
            let rows = found == count ? nil : Selection(buffer: left.freeze(byteCount: found * 4), count: found)
            return try output(index, left: rows, right.freeze(byteCount: found * 4), found, hasAbsent: false)
        }

        /// The next pairs of the batch, at most as many as a batch should have.
        private func pairs(_ index: JoinIndex, _ keys: UnsafePointer<UInt32>) throws(EvaluationError) -> RecordBatch? {
            let most = RecordBatch.rows
            let left = MutableBuffer(capacity: most * 4), right = MutableBuffer(capacity: most * 4)
            let toLeft = left.values(as: UInt32.self), toRight = right.values(as: UInt32.self)
            let seen = met?.values(as: UInt8.self)
            var found = 0
            var hasAbsent = false
            while row < batch.count && found < most {
                if keys[row] == IntegerTable.absent {
                    if keepsLeft {
                        toLeft[found] = UInt32(truncatingIfNeeded: row)
                        toRight[found] = IntegerTable.absent
                        hasAbsent = true
                        found += 1
                    }
                    row += 1
                    continue
                }
                let partners = index.rows(of: keys[row])
                let end = min(partners.count, match + most - found)
                for partner in match..<end {
                    toLeft[found] = UInt32(truncatingIfNeeded: row)
                    toRight[found] = partners[partner]
                    seen?[Int(partners[partner])] = 1
                    found += 1
                }
                if end < partners.count {
                    match = end
                } else {
                    match = 0
                    row += 1
                }
            }
            if found == 0 { return nil }
            let rows = Selection(buffer: left.freeze(byteCount: found * 4), count: found)
            return try output(index, left: rows, right.freeze(byteCount: found * 4), found, hasAbsent: hasAbsent, repeats: true)
        }

        /// Left rows (nil for all) beside right ones, of which some may be absent.
        private func output(
            _ index: JoinIndex, left: Selection?, _ right: Buffer, _ count: Int, hasAbsent: Bool, repeats: Bool = false
        ) throws(EvaluationError) -> RecordBatch {
            var columns: [Column] = []
            for (place, column) in batch.columns.enumerated() {
                guard step.needed[place] else {
                    columns.append(.nulls(count))
                    continue
                }
                var chosen = column
                if let left {
                    // Strings that come more than once are not copied, which also keeps their number of bytes in bounds.
                    chosen = repeats ? column.expanded(by: left.buffer, validity: nil, count: count) : column.gather(left)
                }
                columns.append(try widened(chosen, place))
            }
            let rows = right.values(as: UInt32.self)
            let there = hasAbsent ? Bitmap.rows(count) { rows[$0] != IntegerTable.absent } : nil
            for (place, isNeeded) in zip(step.join.rightColumns, step.needed[step.leftTypes.count...]) {
                columns.append(isNeeded ? index.columns[place].expanded(by: right, validity: there, count: count) : .nulls(count))
            }
            return RecordBatch(count: count, columns: columns)
        }

        /// A left column, or the key that fills it, as the type it has in the result, where that is wider.
        private func widened(_ column: Column, _ place: Int) throws(EvaluationError) -> Column {
            let type = step.join.schema.fields[place].type
            if column.type == type { return column }
            if column.type == .null { return .nulls(column.count, of: type) }
            return try column.exactly(type, "join", rowsBefore: nil, mark: step.mark)
        }

        func finish(
            _ isCancelled: () -> Bool, emit: (RecordBatch) throws(EvaluationError) -> Bool
        ) throws(EvaluationError) {
            guard step.kind == .right || step.kind == .full else { return }
            let index = try ready()
            guard let met else { return }
            let seen = met.values(as: UInt8.self)
            for start in stride(from: 0, to: index.count, by: RecordBatch.rows) {
                let rows = (start..<min(start + RecordBatch.rows, index.count)).filter { seen[$0] == 0 }
                if rows.isEmpty { continue }
                let selection = Selection(rows.map { UInt32(truncatingIfNeeded: $0) })
                var columns: [Column] = []
                for (place, type) in step.leftTypes.enumerated() {
                    guard step.needed[place] else {
                        columns.append(.nulls(rows.count))
                        continue
                    }
                    if let key = step.join.filledFrom[place] {
                        columns.append(try widened(index.columns[step.join.keys[key].right].gather(selection), place))
                    } else {
                        columns.append(.nulls(rows.count, of: type))
                    }
                }
                for (place, isNeeded) in zip(step.join.rightColumns, step.needed[step.leftTypes.count...]) {
                    columns.append(isNeeded ? index.columns[place].gather(selection) : .nulls(rows.count))
                }
                if try !emit(RecordBatch(count: rows.count, columns: columns)) { return }
            }
        }
    }
}
