// Expressions written in Swift: `column("revenue") > 1000 && column("region").isIn(["EU", "UK"])`. The language's parser makes the
// same nodes; a program that embeds frames alone has no need of it.

extension Expression {
    /// The column called `name`.
    public static func column(_ name: String) -> Expression { Expression(nodes: [Node(.name(name))]) }

    /// The variable called `name`, whose value the plan is given.
    public static func variable(_ name: String) -> Expression { Expression(nodes: [Node(.variable(name))]) }

    /// A value.
    public static func value(_ value: Scalar) -> Expression { Expression(nodes: [Node(.literal(value))]) }

    /// A function or aggregate by its name in the language: `.call("round", .column("price"), 2)`.
    public static func call(_ name: String, _ arguments: Expression...) -> Expression {
        combine(arguments) { .call(name, $0) }
    }

    /// The values one after the other, with what takes them at the end.
    private static func combine(_ operands: [Expression], _ kind: ([Int]) -> Kind) -> Expression {
        var nodes: [Node] = []
        var roots: [Int] = []
        for operand in operands { roots.append(append(operand, to: &nodes)) }
        nodes.append(Node(kind(roots)))
        return Expression(nodes: nodes)
    }

    /// Appends the nodes of `operand`, whose places move, and gives that of its root.
    private static func append(_ operand: Expression, to nodes: inout [Node]) -> Int {
        let base = nodes.count
        nodes += operand.nodes.map { Node($0.kind.moved(by: base), mark: $0.mark) }
        return nodes.count - 1
    }

    /// `x.name`, of a JSON value.
    public func member(_ name: String) -> Expression { Expression.combine([self]) { .member($0[0], name, computed: nil) } }

    /// `x[i]`, of a list or a JSON value.
    public subscript(index: Expression) -> Expression { Expression.combine([self, index]) { .index($0[0], $0[1], computed: nil) } }

    fileprivate func apply(_ op: UnaryOperator) -> Expression { Expression.combine([self]) { .unary(op, $0[0]) } }

    fileprivate func apply(_ op: BinaryOperator, _ right: Expression) -> Expression {
        Expression.combine([self, right]) { .binary(op, $0[0], $0[1]) }
    }

    /// Whether the value is null.
    public var isNull: Expression { apply(.isNull) }

    /// Whether the value is not null.
    public var isNotNull: Expression { apply(.isNotNull) }

    /// `x in [a, b]`.
    public func isIn(_ values: [Scalar]) -> Expression {
        var nodes = nodes
        let subject = nodes.count - 1
        let elements = values.map { value in
            nodes.append(Node(.literal(value)))
            return nodes.count - 1
        }
        nodes.append(Node(.list(elements)))
        nodes.append(Node(.binary(.in, subject, nodes.count - 1)))
        return Expression(nodes: nodes)
    }

    /// `x like pattern`, in which `%` stands for any text and `_` for one character.
    public func like(_ pattern: Expression) -> Expression { apply(.like, pattern) }

    /// `x matches pattern`, a regular expression.
    public func matches(_ pattern: Expression) -> Expression { apply(.matches, pattern) }

    /// The rows that a window function or an aggregate sees: `.call("sum", .column("revenue")).over(by: .column("region"))`. Other
    /// expressions have no window and stay as they are.
    public func over(by groups: Expression..., sort keys: [SortKey] = []) -> Expression {
        guard case .call(let name, let arguments)? = nodes.last?.kind else { return self }
        var nodes = Array(nodes.dropLast())
        var window = Window()
        for group in groups { window.by.append(Expression.append(group, to: &nodes)) }
        for key in keys {
            let place = Expression.append(key.expression, to: &nodes)
            window.sort.append(Window.Key(place, descending: key.descending, nullsFirst: key.nullsFirst))
        }
        nodes.append(Node(.window(name, arguments, window)))
        return Expression(nodes: nodes)
    }

    public static func + (left: Expression, right: Expression) -> Expression { left.apply(.add, right) }
    public static func - (left: Expression, right: Expression) -> Expression { left.apply(.subtract, right) }
    public static func * (left: Expression, right: Expression) -> Expression { left.apply(.multiply, right) }
    public static func / (left: Expression, right: Expression) -> Expression { left.apply(.divide, right) }
    public static func % (left: Expression, right: Expression) -> Expression { left.apply(.remainder, right) }
    public static func == (left: Expression, right: Expression) -> Expression { left.apply(.equal, right) }
    public static func != (left: Expression, right: Expression) -> Expression { left.apply(.notEqual, right) }
    public static func < (left: Expression, right: Expression) -> Expression { left.apply(.less, right) }
    public static func <= (left: Expression, right: Expression) -> Expression { left.apply(.lessOrEqual, right) }
    public static func > (left: Expression, right: Expression) -> Expression { left.apply(.greater, right) }
    public static func >= (left: Expression, right: Expression) -> Expression { left.apply(.greaterOrEqual, right) }
    public static func && (left: Expression, right: Expression) -> Expression { left.apply(.and, right) }
    public static func || (left: Expression, right: Expression) -> Expression { left.apply(.or, right) }
    public static func ?? (left: Expression, right: Expression) -> Expression { left.apply(.coalesce, right) }
    public static prefix func - (operand: Expression) -> Expression { operand.apply(.negate) }
    public static prefix func ! (operand: Expression) -> Expression { operand.apply(.not) }
}

extension Expression.Kind {
    /// The same with operands `base` places further on.
    fileprivate func moved(by base: Int) -> Expression.Kind {
        switch self {
        case .literal, .name, .variable: return self
        case .unary(let op, let operand): return .unary(op, operand + base)
        case .binary(let op, let left, let right): return .binary(op, left + base, right + base)
        case .list(let elements): return .list(elements.map { $0 + base })
        case .member(let operand, let name, let computed): return .member(operand + base, name, computed: computed)
        case .index(let operand, let index, let computed): return .index(operand + base, index + base, computed: computed)
        case .call(let name, let arguments): return .call(name, arguments.map { $0 + base })
        case .window(let name, let arguments, var window):
            window.by = window.by.map { $0 + base }
            for index in window.sort.indices { window.sort[index].node += base }
            return .window(name, arguments.map { $0 + base }, window)
        }
    }
}

extension Expression: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    public init(integerLiteral value: Int64) { self = .value(.int(value)) }
    public init(floatLiteral value: Double) { self = .value(.float(value)) }
    public init(stringLiteral value: String) { self = .value(.string(value)) }
    public init(booleanLiteral value: Bool) { self = .value(.bool(value)) }
}

extension Projection {
    /// A column as it is: `region`.
    public static func column(_ name: String) -> Projection { Projection(name: name, expression: .column(name)) }
}

extension Frame {
    /// The frame that the transforms make of this one; `variables` are the values of `.variable` expressions. For a plan that
    /// runs more than once, or over batches as they come, there is `Plan`.
    public func applying(_ transforms: [Transform], variables: [String: Scalar] = [:]) throws(EvaluationError) -> Frame {
        let plan: Plan
        do { plan = try Plan(transforms, schema: schema, variables: variables) } catch { throw .plan(error) }
        return try plan.run(over: self)
    }
}
