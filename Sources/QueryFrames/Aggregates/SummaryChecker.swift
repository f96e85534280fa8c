// What `summarize` makes of its expressions: the aggregates in them, which run over rows, and what is then computed of their
// results, once for each group.

/// Checks the expressions of one `summarize`.
struct SummaryChecker {
    /// An aggregate over the rows of a group.
    struct Aggregate: Sendable {
        let name: String
        let mark: Int32
        let arguments: [TypedExpression]
        let choice: AggregateChoice
    }

    /// An aggregate as it was written, which is computed once however often it stands there.
    private struct Call: Hashable {
        let name: String
        let arguments: [[Expression.Kind]]
    }

    private var rows: ExpressionChecker
    private let keys: [Field]
    private var found: [Call: Int] = [:]
    /// In the order in which they are first met.
    private(set) var aggregates: [Aggregate] = []

    /// `rows` checks what aggregates take; `keys` are what the rows are grouped by.
    init(rows: ExpressionChecker, keys: [Field]) {
        self.rows = rows
        self.keys = keys
    }

    /// What a person should know of the arguments.
    var warnings: [PlanWarning] { rows.warnings }

    /// The expression with each aggregate replaced by a column of its results. Adds those aggregates to the list.
    mutating func summary(of expression: Expression) throws(PlanError) -> Expression {
        let nodes = expression.nodes
        var isOutside = Array(repeating: false, count: nodes.count)
        isOutside[nodes.count - 1] = true
        for index in nodes.indices.reversed() where isOutside[index] && aggregate(nodes[index]) == nil {
            for operand in nodes[index].kind.operands { isOutside[operand] = true }
        }
        var place = Array(repeating: 0, count: nodes.count)
        var kept: [Expression.Node] = []
        for index in nodes.indices where isOutside[index] {
            place[index] = kept.count
            var node = nodes[index]
            if let row = aggregate(node) {
                node.kind = .name(columnName(try number(of: row, nodes[index], in: expression)))
            } else {
                try checkName(node)
                node.kind = node.kind.mapOperands { place[$0] }
            }
            kept.append(node)
        }
        return Expression(nodes: kept)
    }

    /// The columns of a group: its keys, then the results of the aggregates.
    var schema: Schema {
        Schema(keys + aggregates.enumerated().map { Field(columnName($0.offset), $0.element.choice.type) })
    }

    /// The name of an aggregate's results, longer than any key's and so unlike it.
    private func columnName(_ number: Int) -> String {
        String(repeating: " ", count: keys.reduce(0) { max($0, $1.name.count) } + 1) + String(number)
    }

    private func aggregate(_ node: Expression.Node) -> AggregateRow? {
        guard case .call(let name, _) = node.kind else { return nil }
        return Aggregates.row(named: name)
    }

    /// Sees to it that a name outside of aggregates is a key or a variable.
    private func checkName(_ node: Expression.Node) throws(PlanError) {
        guard case .name(let name) = node.kind, !keys.contains(where: { $0.name == name }) else { return }
        if rows.schema.index(of: name) != nil { throw .columnNotGrouped(name: name, keys: keys.map(\.name), mark: node.mark) }
        if rows.variables[name] == nil { throw .unknownColumn(name: name, columns: rows.schema.names, mark: node.mark) }
    }

    private mutating func number(of row: AggregateRow, _ node: Expression.Node, in expression: Expression) throws(PlanError) -> Int {
        guard case .call(_, let arguments) = node.kind else { return 0 }
        let parts = arguments.map { expression.part($0) }
        for part in parts {
            for inner in part.nodes { if let row = aggregate(inner) { throw .aggregateNested(name: row.name, mark: inner.mark) } }
        }
        let call = Call(name: row.name, arguments: parts.map { $0.nodes.map(\.kind) })
        if let number = found[call] { return number }
        var checked: [TypedExpression] = []
        for part in parts { checked.append(try rows.check(part)) }
        let choice = try row.resolve(Arguments(
            function: row.name, usage: row.usage, types: checked.map(\.type), constants: checked.map(\.constantValue), marks: parts.map(\.mark),
            mark: node.mark, now: rows.now), wideSums: rows.wideSums)
        let operands = zip(checked, choice.operands).map { $0.converted(to: $1) }
        aggregates.append(Aggregate(name: row.name, mark: node.mark, arguments: operands, choice: choice))
        found[call] = aggregates.count - 1
        return aggregates.count - 1
    }
}

extension Expression {
    /// The expression of which node `root` is the root.
    fileprivate func part(_ root: Int) -> Expression {
        var isPart = Array(repeating: false, count: root + 1)
        isPart[root] = true
        for index in (0...root).reversed() where isPart[index] {
            for operand in nodes[index].kind.operands { isPart[operand] = true }
        }
        var place = Array(repeating: 0, count: root + 1)
        var kept: [Node] = []
        for index in 0...root where isPart[index] {
            place[index] = kept.count
            kept.append(Node(nodes[index].kind.mapOperands { place[$0] }, mark: nodes[index].mark))
        }
        return Expression(nodes: kept)
    }
}

extension Expression.Kind {
    /// The nodes that it takes.
    fileprivate var operands: [Int] {
        switch self {
        case .literal, .name, .variable: []
        case .unary(_, let operand): [operand]
        case .binary(_, let left, let right): [left, right]
        case .list(let operands), .call(_, let operands): operands
        case .member(let operand, _, _): [operand]
        case .index(let operand, let index, _): [operand, index]
        case .window(_, let operands, let window): operands + window.by + window.sort.map(\.node)
        }
    }

    /// The same over other nodes.
    fileprivate func mapOperands(_ place: (Int) -> Int) -> Expression.Kind {
        switch self {
        case .literal, .name, .variable: self
        case .unary(let op, let operand): .unary(op, place(operand))
        case .binary(let op, let left, let right): .binary(op, place(left), place(right))
        case .list(let operands): .list(operands.map(place))
        case .member(let operand, let name, let computed): .member(place(operand), name, computed: computed)
        case .index(let operand, let index, let computed): .index(place(operand), place(index), computed: computed)
        case .call(let name, let operands): .call(name, operands.map(place))
        case .window(let name, let operands, let window):
            .window(
                name, operands.map(place),
                Expression.Window(
                    by: window.by.map(place),
                    sort: window.sort.map { .init(place($0.node), descending: $0.descending, nullsFirst: $0.nullsFirst) }))
        }
    }
}

extension TypedExpression {
    /// The value, where it is the same for all rows.
    fileprivate var constantValue: Scalar? {
        guard case .constant(let operand) = nodes[nodes.count - 1].kind else { return nil }
        return operand.column.scalar(0)
    }

    /// The same as values of `type`, to which its own type converts by itself.
    func converted(to type: DataType) -> TypedExpression {
        guard let conversion = self.type.conversion(to: type) else { return self }
        let node = Node(kind: .apply(conversion, [nodes.count - 1]), type: type, name: nodes[nodes.count - 1].name, mark: mark)
        return TypedExpression(nodes + [node], root: nodes.count)
    }
}
