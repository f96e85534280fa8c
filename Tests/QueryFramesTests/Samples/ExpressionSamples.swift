// Expressions as tests write them, and their values row by row by the scalar evaluator.
@testable import QueryFrames

/// `a op b`, `f(x)` and so on, as values that can be put together.
struct Sample {
    var nodes: [Expression.Node]

    init(_ kind: Expression.Kind) { nodes = [Expression.Node(kind)] }

    /// A node over operands, whose nodes come before it.
    init(_ operands: [Sample], _ kind: ([Int]) -> Expression.Kind) {
        nodes = []
        var roots: [Int] = []
        for operand in operands {
            let shift = nodes.count
            for node in operand.nodes { nodes.append(Expression.Node(Sample.shifted(node.kind, by: shift))) }
            roots.append(nodes.count - 1)
        }
        nodes.append(Expression.Node(kind(roots)))
    }

    private static func shifted(_ kind: Expression.Kind, by shift: Int) -> Expression.Kind {
        switch kind {
        case .literal, .name, .variable: kind
        case .unary(let op, let a): .unary(op, a + shift)
        case .binary(let op, let a, let b): .binary(op, a + shift, b + shift)
        case .list(let elements): .list(elements.map { $0 + shift })
        case .member(let a, let name, let computed): .member(a + shift, name, computed: computed)
        case .index(let a, let index, let computed): .index(a + shift, index + shift, computed: computed)
        case .call(let name, let arguments): .call(name, arguments.map { $0 + shift })
        case .window(let name, let arguments, let window):
            .window(name, arguments.map { $0 + shift }, Expression.Window(
                by: window.by.map { $0 + shift },
                sort: window.sort.map { .init($0.node + shift, descending: $0.descending, nullsFirst: $0.nullsFirst) }))
        }
    }

    /// The expression as people write it, all operators in parentheses.
    var text: String {
        var texts: [String] = []
        for node in nodes {
            switch node.kind {
            case .literal(let value): texts.append(value.literal)
            case .name(let name): texts.append(name)
            case .variable(let name): texts.append("$" + name)
            case .unary(let op, let a): texts.append("(\(op.rawValue) \(texts[a]))")
            case .binary(let op, let a, let b): texts.append("(\(texts[a]) \(op.rawValue) \(texts[b]))")
            case .list(let elements): texts.append("[\(elements.map { texts[$0] }.joined(separator: ", "))]")
            case .member(let a, let name, _): texts.append("\(texts[a]).\(name)")
            case .index(let a, let index, _): texts.append("\(texts[a])[\(texts[index])]")
            case .call(let name, let arguments): texts.append("\(name)(\(arguments.map { texts[$0] }.joined(separator: ", ")))")
            case .window(let name, let arguments, _):
                texts.append("\(name)(\(arguments.map { texts[$0] }.joined(separator: ", "))) over (...)")
            }
        }
        return texts[texts.count - 1]
    }

    /// The expression; every node's mark is one more than its place.
    var expression: Expression {
        Expression(nodes: nodes.enumerated().map { Expression.Node($0.element.kind, mark: Int32($0.offset + 1)) })
    }
}

func value(_ value: Scalar) -> Sample { Sample(.literal(value)) }
func name(_ name: String) -> Sample { Sample(.name(name)) }
func variable(_ name: String) -> Sample { Sample(.variable(name)) }
func list(_ elements: Sample...) -> Sample { Sample(elements) { .list($0) } }
func call(_ name: String, _ arguments: Sample...) -> Sample { Sample(arguments) { .call(name, $0) } }
func member(_ a: Sample, _ name: String) -> Sample { Sample([a]) { .member($0[0], name, computed: nil) } }
func index(_ a: Sample, _ index: Sample) -> Sample { Sample([a, index]) { .index($0[0], $0[1], computed: nil) } }
func unary(_ op: UnaryOperator, _ a: Sample) -> Sample { Sample([a]) { .unary(op, $0[0]) } }
func binary(_ a: Sample, _ op: BinaryOperator, _ b: Sample) -> Sample { Sample([a, b]) { .binary(op, $0[0], $0[1]) } }

/// `name(arguments) over (by ... sort ...)`
func window(_ name: String, _ arguments: Sample..., by: [Sample] = [], sort: [(key: Sample, descending: Bool, nullsFirst: Bool)] = []) -> Sample {
    Sample(arguments + by + sort.map(\.key)) { roots in
        let groups = arguments.count..<(arguments.count + by.count)
        let keys = zip(roots[groups.upperBound...], sort).map {
            Expression.Window.Key($0, descending: $1.descending, nullsFirst: $1.nullsFirst)
        }
        return .window(name, Array(roots[..<arguments.count]), Expression.Window(by: Array(roots[groups]), sort: keys))
    }
}

/// A column to sort by, ascending.
func up(_ column: String) -> (key: Sample, descending: Bool, nullsFirst: Bool) { (name(column), false, false) }

/// A column to sort by, descending.
func down(_ column: String) -> (key: Sample, descending: Bool, nullsFirst: Bool) { (name(column), true, false) }

extension Expression {
    /// The value for one row, by the operators and functions on single values; what need not be computed is not.
    func scalar(_ row: [String: Scalar], _ variables: [String: Scalar] = [:]) -> Result<Scalar, EvaluationError> {
        var results: [Result<Scalar, EvaluationError>] = []
        for node in nodes { results.append(result(node, results, row, variables)) }
        return results[results.count - 1]
    }

    /// Whether the node is a literal, with a sign or without.
    private func isLiteral(_ node: Int) -> Bool {
        switch nodes[node].kind {
        case .literal: true
        case .unary(.negate, let operand): isLiteral(operand)
        default: false
        }
    }

    private func result(
        _ node: Node, _ results: [Result<Scalar, EvaluationError>], _ row: [String: Scalar], _ variables: [String: Scalar]
    ) -> Result<Scalar, EvaluationError> {
        do throws(EvaluationError) {
            switch node.kind {
            case .literal(let value): return .success(value)
            case .name(let name): return .success(row[name] ?? variables[name] ?? .null)
            case .variable(let name): return .success(variables[name] ?? .null)
            case .list(let elements):
                var values: [Scalar] = []
                for element in elements { values.append(try results[element].get()) }
                return .success(.list(values))
            case .member(let a, let name, _):
                let value = try results[a].get()
                return .success(value == .null ? .null : try JSONMember(name).scalar([value]))
            case .index(let a, let index, _):
                let operands = [try results[a].get(), try results[index].get()]
                if operands.contains(.null) { return .success(.null) }
                if case .json = operands[0] {
                    return .success(try JSONElement(isByName: operands[1].type == .string).scalar(operands))
                }
                return .success(ListElement(type: .null).scalar(operands))
            case .unary(let op, let a): return .success(try ScalarOperators.apply(op, results[a].get(), mark: node.mark))
            case .binary(let op, let a, let b):
                let left = try results[a].get()
                if let decided = ScalarOperators.decided(op, by: left) { return .success(decided) }
                let right = try results[b].get()
                let (x, y) = (left.typeName, right.typeName)
                return .success(try ScalarOperators.apply(
                    op, isLiteral(a) && y == "decimal" ? left.decimalLiteral : left, isLiteral(b) && x == "decimal" ? right.decimalLiteral : right,
                    mark: node.mark))
            case .window(let name, _, _): throw .plan(.windowMisplaced(function: name, mark: node.mark))
            case .call(let name, let arguments):
                guard let function = Functions.row(named: name) else { throw .plan(.unknownFunction(name: name, mark: node.mark)) }
                switch name {
                case "if", "case":
                    for index in stride(from: 0, to: arguments.count - 1, by: 2)
                    where try results[arguments[index]].get() == .bool(true) {
                        return results[arguments[index + 1]]
                    }
                    return results[arguments[arguments.count - 1]]
                case "coalesce":
                    for argument in arguments {
                        let value = try results[argument].get()
                        if value != .null { return .success(value) }
                    }
                    return .success(.null)
                default:
                    var values: [Scalar] = []
                    for argument in arguments { values.append(try results[argument].get()) }
                    return .success(try function.apply(values, mark: node.mark))
                }
            }
        } catch {
            return .failure(error)
        }
    }
}
