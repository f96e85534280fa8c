// Expressions as a benchmark writes them; the language's parser makes the same of text.
import QueryFrames

extension Expression {
    static func name(_ name: String) -> Expression { Expression(nodes: [Node(.name(name))]) }

    static func value(_ value: Scalar) -> Expression { Expression(nodes: [Node(.literal(value))]) }

    static func call(_ function: String, _ arguments: Expression...) -> Expression {
        joined(arguments) { .call(function, $0) }
    }

    /// `self op other`.
    func with(_ op: BinaryOperator, _ other: Expression) -> Expression {
        .joined([self, other]) { .binary(op, $0[0], $0[1]) }
    }

    /// `self in [values]`.
    func isIn(_ values: [Scalar]) -> Expression {
        with(.in, .joined(values.map(Expression.value)) { .list($0) })
    }

    /// The operands' nodes one after the other, and a last node over their roots.
    private static func joined(_ operands: [Expression], root: ([Int]) -> Kind) -> Expression {
        var nodes: [Node] = []
        var roots: [Int] = []
        for operand in operands {
            let shift = nodes.count
            nodes += operand.nodes.map { Node($0.kind.shifted(by: shift), mark: $0.mark) }
            roots.append(nodes.count - 1)
        }
        return Expression(nodes: nodes + [Node(root(roots))])
    }
}

extension Expression.Kind {
    fileprivate func shifted(by shift: Int) -> Expression.Kind {
        switch self {
        case .literal, .name, .variable: self
        case .unary(let op, let operand): .unary(op, operand + shift)
        case .binary(let op, let left, let right): .binary(op, left + shift, right + shift)
        case .list(let items): .list(items.map { $0 + shift })
        case .call(let name, let arguments): .call(name, arguments.map { $0 + shift })
        case .window(let name, let arguments, let window):
            .window(
                name, arguments.map { $0 + shift },
                Expression.Window(
                    by: window.by.map { $0 + shift },
                    sort: window.sort.map { .init($0.node + shift, descending: $0.descending, nullsFirst: $0.nullsFirst) }))
        }
    }
}
