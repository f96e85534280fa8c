// One row of a typed expression by itself: how an error that a batch ran into is found and told.

extension TypedExpression {
    /// The error of row `row` of `batch`, which failed; `number` is what people call the row.
    func error(_ batch: RecordBatch, row: Int, number: Int) -> EvaluationError {
        var results: [Result<Scalar, EvaluationError>] = []
        for node in nodes {
            switch node.kind {
            case .column(let place): results.append(.success(batch.columns[place].scalar(row)))
            case .constant(let value): results.append(.success(value.column.scalar(0)))
            case .apply(let operation, let operands):
                results.append(TypedExpression.result(operation, operands.map { results[$0] }, node, number))
            }
        }
        if case .failure(let error) = results[nodes.count - 1] { return error }
        // By itself the row has a result, so it was the strings of all rows together that were too long.
        let root = nodes[nodes.count - 1]
        return .limit(operator: root.name, row: number, mark: root.mark)
    }

    private static func result(
        _ operation: any Operation, _ operands: [Result<Scalar, EvaluationError>], _ node: Node, _ number: Int
    ) -> Result<Scalar, EvaluationError> {
        do {
            return .success(try operation.scalar(operands))
        } catch {
            // The error of an operand has its place already.
            return .failure(error.row == nil ? error.located(node.name, row: number, mark: node.mark) : error)
        }
    }
}
