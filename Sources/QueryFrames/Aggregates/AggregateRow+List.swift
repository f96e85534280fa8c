// Aggregates of a list, as scripts call them: `sum([1, 2])`. The list becomes a column, and what `summarize` runs takes it.

extension AggregateRow {
    /// The aggregate of the values of a list; `others` are the arguments after it. It gives what it would give of a column of
    /// them, and `mark` comes back in its errors.
    public func apply(_ values: [Scalar], _ others: [Scalar] = [], mark: Int32 = 0) throws(EvaluationError) -> Scalar {
        let choice: AggregateChoice
        let own: DataType
        do throws(PlanError) {
            guard let type = DataType.common(values) else {
                throw PlanError.argumentType(function: name, index: 0, expected: "list whose values have one type", found: "list", mark: mark)
            }
            own = type
            var types = [type]
            for other in others {
                guard let type = other.type else { throw PlanError.listMisplaced(mark: mark) }
                types.append(type)
            }
            choice = try resolve(Arguments(
                function: name, usage: usage, types: types, constants: [nil] + others, marks: Array(repeating: mark, count: types.count),
                mark: mark, now: Clock.now))
        } catch {
            throw .plan(error)
        }
        do throws(EvaluationError) {
            do throws(EvaluationError) {
                return try run(choice, values, of: own)
            } catch {
                guard choice.isSumOfInts(of: self), case .overflow = error else { throw error }
                return try run(.wideSum, values, of: own)
            }
        } catch {
            throw error.located(name, row: nil, mark: mark)
        }
    }

    private func run(_ choice: AggregateChoice, _ values: [Scalar], of own: DataType) throws(EvaluationError) -> Scalar {
        let accumulator = choice.start(), type = choice.operands.first ?? own
        // All rows are of the one group.
        let numbers = MutableBuffer(capacity: min(values.count, RecordBatch.rows) * 4, zeroed: true)
        for start in stride(from: 0, to: values.count, by: RecordBatch.rows) {
            var part: [Scalar] = []
            for value in values[start..<min(start + RecordBatch.rows, values.count)] { part.append(try value.converted(to: type)) }
            accumulator.add([Column(type, part)], BatchGroups(numbers: numbers.values(as: UInt32.self), rows: part.count, count: 1, isTotal: true))
        }
        return try accumulator.finish(1).scalar(0)
    }
}
