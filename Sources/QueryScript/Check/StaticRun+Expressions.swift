// Expressions of a check: what is known of their values.
import QueryFrames

extension StaticRun {
    mutating func value(_ id: NodeID) -> StaticValue {
        let span = tree.span(id)
        switch tree[id] {
        case .literal(let literal):
            // A literal null also stands where the text could not be read.
            if case .null = tree[literal] { return .unknown }
            return .exact(.scalar(tree[literal]))
        case .name(let name), .variable(let name): return known(tree.text(name))
        case .interpolation(let parts):
            for part in tree[parts] { _ = value(part) }
            return .scalar(.string)
        case .list(let items):
            let values = tree[items].map { value($0) }
            let exact = values.compactMap { if case .exact(let value) = $0 { value } else { nil } }
            if exact.count == items.count { return .exact(.list(exact)) }
            return StaticSchema(records: values).map { .records($0) } ?? .list
        case .record(let fields):
            var values: [(name: String, value: StaticValue)] = []
            for case .field(let name, let item) in tree[fields].map({ tree[$0] }) { values.append((tree.text(name), value(item))) }
            return .record(values)
        case .unary(let op, let operand):
            let found = value(operand)
            switch op {
            case .isNull, .isNotNull: return .scalar(.bool)
            case .negate, .not: return result([found], span) { .unary(op, $0[0]) }
            }
        case .between(let subject, let low, let high):
            for part in [subject, low, high] { _ = value(part) }
            return .scalar(.bool)
        case .range(let low, let high):
            for end in [low, high] {
                let found = value(end)
                if let type = found.typeName, found.scalarType != .int64, type != "null" { note(.rangeType(type), at: tree.span(end)) }
            }
            return .range
        case .binary, .member, .index: return chain(id)
        case .call(let name, let arguments): return call(tree.text(name), tree[arguments], span)
        case .pipeline(let part): return pipeline(tree.pipeline(part))
        default: return .unknown
        }
    }

    /// What leans to the left is walked in a loop, so that its length is no depth.
    private mutating func chain(_ id: NodeID) -> StaticValue {
        var links: [NodeID] = []
        var current = value(tree.chain(id, onto: &links))
        for link in links.reversed() {
            switch tree[link] {
            case .binary(let op, _, let right): current = binary(op, current, value(right), tree.span(link))
            case .member(_, let name): current = member(tree.text(name), of: current, tree.span(link))
            case .index(_, let index):
                _ = value(index)
                if case .frame(let schema?) = current {
                    current = .record(schema.schema.fields.map { ($0.name, schema.hasTypes ? .scalar($0.type) : .unknown) })
                } else {
                    current = .unknown
                }
            default: break
            }
        }
        return current
    }

    private mutating func binary(_ op: BinaryOperator, _ left: StaticValue, _ right: StaticValue, _ span: Span) -> StaticValue {
        switch op {
        // Which types may be compared follows from values: texts are read as dates beside them.
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in: return .scalar(.bool)
        case .coalesce: return .unknown
        default: return result([left, right], span) { .binary(op, $0[0], $0[1]) }
        }
    }

    /// What an operator or function gives for single values; `kind` names it over the nodes of its operands.
    private mutating func result(_ operands: [StaticValue], _ span: Span, _ kind: ([Int]) -> Expression.Kind) -> StaticValue {
        var fields: [Field] = []
        var nodes: [Expression.Node] = []
        for (index, operand) in operands.enumerated() {
            guard let type = operand.scalarType else { return .unknown }
            fields.append(Field("\(index)", type))
            if case .exact(.scalar(let value)) = operand { nodes.append(.init(.literal(value))) } else { nodes.append(.init(.name("\(index)"))) }
        }
        nodes.append(.init(kind(Array(operands.indices))))
        do {
            return .scalar(try Expression(nodes: nodes).type(over: Schema(fields)))
        } catch {
            note(.plan(error), at: span)
            return .unknown
        }
    }

    private mutating func member(_ name: String, of value: StaticValue, _ span: Span) -> StaticValue {
        switch value {
        case .record(let fields):
            if let field = fields.first(where: { $0.name == name }) { return field.value }
            note(.unknownField(name, of: "record", known: fields.map(\.name)), at: span)
        case .frame(let schema?):
            if schema.schema.index(of: name) != nil { return .list }
            note(.unknownField(name, of: "frame", known: schema.schema.names), at: span)
        case .job(let schema?):
            if JobField(rawValue: name) != nil { return .unknown }
            if schema.schema.index(of: name) != nil { return .list }
            note(.unknownField(name, of: "job", known: JobField.allCases.map(\.rawValue) + schema.schema.names), at: span)
        case .exact(.scalar), .scalar, .function:
            if let type = value.typeName, type != "null" { note(.noMembers(type, member: name), at: span) }
        default: break
        }
        return .unknown
    }

    // MARK: Calls

    private mutating func call(_ name: String, _ arguments: ArraySlice<NodeID>, _ span: Span) -> StaticValue {
        var values: [StaticValue] = []
        for argument in arguments { values.append(value(argument)) }
        let called = known(name)
        switch called {
        case .function(let function):
            if !function.arity.contains(arguments.count) {
                let labels = function.file == source.name ? [Diagnostic.Label(function.span, "it is defined here")] : []
                note(.argumentCount(function: name, expected: function.arity, found: arguments.count), at: span, labels: labels)
            }
            return .unknown
        case .unknown: break
        default:
            if let type = called.typeName, type != "null" { note(.notAFunction(type), at: span) }
            return .unknown
        }
        // What chooses among its arguments looks at those alone that it takes.
        guard let row = Functions.row(named: name), row.choice == nil, row.arity.contains(arguments.count) else { return .unknown }
        return result(values, span) { .call(name, $0) }
    }
}
