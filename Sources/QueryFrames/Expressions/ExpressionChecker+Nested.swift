// Lists and JSON of an expression under check: `[a, b]` as a value, `x.name`, `x[i]`, `x in list`.

extension ExpressionChecker {
    /// `[a, b]` where a value is wanted: its elements as ones of their common type.
    mutating func list(_ elements: [Element], _ mark: Int32) throws(PlanError) -> Int {
        var element = DataType.null
        var constants: [Scalar] = []
        let elements = exactLiterals(elements)
        for part in elements {
            let found: DataType
            switch part {
            case .node(let place): found = nodes[place].type
            case .constant(let value, _):
                guard let type = value.type else { throw .listMisplaced(mark: mark) }
                found = type
                constants.append(value)
            }
            guard let wider = DataType.common([element, found]) else {
                throw .mixedColumns(first: element.name, other: found.name, mark: mark)
            }
            element = wider
        }
        guard element.listDepth < DataType.listLimit else { throw .listMisplaced(mark: mark) }
        if constants.count == elements.count { return appendConstant(.list(constants), mark) }
        var operands: [(place: Int, type: DataType)] = []
        for part in elements {
            switch part {
            case .node(let place): operands.append((place, element))
            case .constant(let value, _): operands.append((appendConstant(value, mark), element))
            }
        }
        return apply(ListConstruction(type: .list(element)), operands, "[]", mark)
    }

    /// The elements with float literals beside decimals read as decimals.
    private func exactLiterals(_ elements: [Element]) -> [Element] {
        let hasDecimal = elements.contains { part in
            switch part {
            case .node(let place): nodes[place].type.isDecimal
            case .constant(let value, _): value.type?.isDecimal ?? false
            }
        }
        if !hasDecimal { return elements }
        return elements.map { part in
            if case .constant(let value, isLiteral: true) = part { .constant(value.decimalLiteral, isLiteral: true) } else { part }
        }
    }

    /// What the script has computed for `node`, if that is what counts: where the name it begins with is no column's.
    func script(_ computed: String?, insteadOf node: Expression.Node, _ expression: Expression) -> Scalar? {
        guard let computed, let value = variables[computed] else { return nil }
        var node = node
        while true {
            switch node.kind {
            case .member(let operand, _, _), .index(let operand, _, _): node = expression.nodes[operand]
            case .name(let name): return isColumn(name) ? nil : value
            default: return value
            }
        }
    }

    /// What is reached through a name that says nothing: it is the script's, which could not compute it, or nobody's.
    func missing(_ operand: Meaning, _ computed: String?, _ mark: Int32) -> Meaning {
        computed.map { .missing(.unknownVariable(name: $0, mark: mark)) } ?? operand
    }

    /// `x.name`
    mutating func member(_ place: Int, _ name: String, _ mark: Int32) throws(PlanError) -> Int {
        switch nodes[place].type {
        case .null: return apply(NullOperation(type: .null), [(place, .null)], ".\(name)", mark)
        case .json: return apply(JSONMember(name), [(place, .json)], ".\(name)", mark)
        default: throw .operatorTypes(operator: ".\(name)", operands: [nodes[place].type.name], mark: mark)
        }
    }

    /// `x[i]`
    mutating func element(_ place: Int, at index: Int, _ mark: Int32) throws(PlanError) -> Int {
        let type = nodes[place].type, by = nodes[index].type
        switch (type, by) {
        case (.list(let element), .int64), (.list(let element), .null):
            return apply(ListElement(type: element), [(place, type), (index, .int64)], "[]", mark)
        case (.json, .int64), (.json, .null): return apply(JSONElement(isByName: false), [(place, type), (index, .int64)], "[]", mark)
        case (.json, .string): return apply(JSONElement(isByName: true), [(place, type), (index, by)], "[]", mark)
        case (.null, .int64), (.null, .string), (.null, .null):
            return apply(NullOperation(type: .null), [(place, .null), (index, by)], "[]", mark)
        default: throw .operatorTypes(operator: "[]", operands: [type.name, by.name], mark: mark)
        }
    }

    /// `left in list`, for a list that is a column or computed; nil where `right` is none.
    mutating func membership(_ left: Int, inRows right: Int, _ mark: Int32) throws(PlanError) -> Int? {
        switch nodes[right].type {
        case .list(let element):
            let left = try literal(left, as: element)
            guard let choice = ListMembership.choice(nodes[left].type, in: element) else { return nil }
            return apply(choice.operation, [(left, choice.operands[0]), (right, .list(choice.operands[1]))], BinaryOperator.in.rawValue, mark)
        case .json:
            return apply(JSONMembership(), [(left, nodes[left].type), (right, .json)], BinaryOperator.in.rawValue, mark)
        default: return nil
        }
    }
}
