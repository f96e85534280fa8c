// An expression that was checked against a schema: what a plan evaluates, a batch at a time.

/// An expression whose names, types and operations are known.
///
/// Like the expression it was made from, it is a flat list with operands before what takes them and the root last, so
/// evaluating it is a loop.
struct TypedExpression: Sendable {
    enum Kind: Sendable {
        /// A column of the batch, by its place.
        case column(Int)
        /// The same value for all rows.
        case constant(Operand)
        case apply(any Operation, [Int])
    }

    struct Node: Sendable {
        let kind: Kind
        let type: DataType
        /// The operator or function, as errors name it; empty for columns and constants.
        let name: String
        let mark: Int32
    }

    let nodes: [Node]
    /// For each node, the nodes whose result nobody needs after it.
    private let released: [[Int]]

    /// The type of the result.
    let type: DataType

    /// Keeps of `all`, which end with the node `root`, those that the root needs.
    init(_ all: [Node], root: Int) {
        var isNeeded = Array(repeating: false, count: all.count)
        isNeeded[root] = true
        for index in stride(from: root, through: 0, by: -1) where isNeeded[index] {
            if case .apply(_, let operands) = all[index].kind { for operand in operands { isNeeded[operand] = true } }
        }
        var place = Array(repeating: 0, count: all.count)
        var kept: [Node] = []
        for index in 0...root where isNeeded[index] {
            var node = all[index]
            if case .apply(let operation, let operands) = node.kind {
                node = Node(kind: .apply(operation, operands.map { place[$0] }), type: node.type, name: node.name, mark: node.mark)
            }
            place[index] = kept.count
            kept.append(node)
        }
        nodes = kept
        type = all[root].type
        var isReleased = Array(repeating: false, count: kept.count)
        var released: [[Int]] = Array(repeating: [], count: kept.count)
        for index in kept.indices.reversed() {
            guard case .apply(_, let operands) = kept[index].kind else { continue }
            for operand in operands where !isReleased[operand] {
                isReleased[operand] = true
                released[index].append(operand)
            }
        }
        self.released = released
    }

    /// The column at that place, as it is.
    init(column place: Int, _ type: DataType) {
        self.init([Node(kind: .column(place), type: type, name: "", mark: 0)], root: 0)
    }

    /// The places of the columns it reads.
    var columns: [Int] {
        nodes.compactMap { node in
            guard case .column(let index) = node.kind else { return nil }
            return index
        }
    }

    /// The mark of the whole expression.
    var mark: Int32 { nodes[nodes.count - 1].mark }

    /// The result for the rows of `batch`. `rowsBefore` rows came earlier, so errors count from there.
    func evaluate(_ batch: RecordBatch, rowsBefore: Int) throws(EvaluationError) -> Column {
        if batch.count == 0 { return .nulls(0, of: type) }
        var results: [Operand] = []
        results.reserveCapacity(nodes.count)
        for (index, node) in nodes.enumerated() {
            switch node.kind {
            case .column(let place): results.append(Operand(batch.columns[place]))
            case .constant(let value): results.append(value)
            case .apply(let operation, let operands):
                results.append(operation.evaluate(operands.map { results[$0] }, count: batch.count))
                for operand in released[index] { results[operand] = TypedExpression.nothing }
            }
        }
        let result = results[nodes.count - 1]
        if let row = result.failures(count: batch.count)?.first {
            throw error(batch, row: row, number: rowsBefore + row + 1)
        }
        guard result.isConstant else { return result.column }
        guard let column = result.column.repeatedIfFits(batch.count) else {
            throw .limit(operator: nodes[nodes.count - 1].name, row: nil, mark: mark)
        }
        return column
    }

    /// Stands where a result was and is not needed any more.
    private static let nothing = Operand(constant: .null)
}
