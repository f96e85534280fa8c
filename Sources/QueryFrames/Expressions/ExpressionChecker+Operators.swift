// Operators of an expression under check: literals read as the type they meet, comparisons made exact, `in` made a set.

extension ExpressionChecker {
    mutating func unary(_ op: UnaryOperator, _ operand: Int, _ mark: Int32) throws(PlanError) -> Int {
        let type = nodes[operand].type
        guard let choice = Operators.unary(op, type) else {
            if op == .not { throw .conditionType(found: type.name, mark: mark) }
            throw .operatorTypes(operator: op.rawValue, operands: [type.name], mark: mark)
        }
        let result = apply(choice.operation, [(operand, choice.operands[0])], op.rawValue, mark)
        if op == .negate, literals.contains(operand) { literals.insert(result) }
        return result
    }

    mutating func binary(_ op: BinaryOperator, _ left: Int, _ right: Int, _ mark: Int32) throws(PlanError) -> Int {
        if op.isComparison { return try comparison(op, left, right, mark, as: op) }
        let (left, right) = (decimalLiteral(left, beside: [right]), decimalLiteral(right, beside: [left]))
        let types = [nodes[left].type, nodes[right].type]
        switch op {
        case .and, .or:
            for side in types where side != .bool && side != .null { throw .conditionType(found: side.name, mark: mark) }
        case .coalesce:
            guard let type = DataType.common(types) else { throw mismatch(op, types, mark) }
            return apply(FirstNotNull(type: type), [(left, type), (right, type)], op.rawValue, mark)
        case .like:
            if types[0] == .string, case .string(let pattern) = constantValue(right) {
                let pattern = LikePattern(pattern)
                if let (operation, text) = pattern.plain {
                    return apply(operation, [(left, .string), (appendConstant(.string(text), mark), .string)], op.rawValue, mark)
                }
                let like = mapUnary(type: .bool, function: LikeConstant(pattern: pattern))
                return apply(like, [(left, .string)], op.rawValue, mark)
            }
        case .matches:
            if types[0] == .string, case .string(let text) = constantValue(right) {
                let pattern = try RegularExpression.compiled(text, mark: nodes[right].mark)
                return apply(mapUnary(type: .bool, function: MatchesConstant(pattern: pattern)), [(left, .string)], op.rawValue, mark)
            }
        default: break
        }
        guard let choice = Operators.binary(op, types[0], types[1]) else { throw mismatch(op, types, mark) }
        return apply(choice.operation, [(left, choice.operands[0]), (right, choice.operands[1])], op.rawValue, mark)
    }

    private func mismatch(_ op: BinaryOperator, _ types: [DataType], _ mark: Int32) -> PlanError {
        .operatorTypes(operator: op.rawValue, operands: types.map(\.name), mark: mark)
    }

    /// `left op right`; `spelling` is the operator as written, which is `in` for the comparisons that `in` is made of.
    mutating func comparison(
        _ op: BinaryOperator, _ left: Int, _ right: Int, _ mark: Int32, as spelling: BinaryOperator
    ) throws(PlanError) -> Int {
        let (left, right) = try (
            literal(decimalLiteral(left, beside: [right]), as: nodes[right].type),
            literal(decimalLiteral(right, beside: [left]), as: nodes[left].type))
        let types = [exactType(left, beside: right), exactType(right, beside: left)]
        guard let choice = Operators.binary(op, types[0], types[1]) else {
            throw mismatch(spelling, [nodes[left].type, nodes[right].type], mark)
        }
        let a = converted(left, to: types[0]), b = converted(right, to: types[1])
        return apply(choice.operation, [(a, choice.operands[0]), (b, choice.operands[1])], spelling.rawValue, mark)
    }

    /// The node `place` or, where it is a constant string beside a value of `type`, which is a decimal, date or timestamp, what it
    /// says as that.
    mutating func literal(_ place: Int, as type: DataType) throws(PlanError) -> Int {
        guard case .string(let text) = constantValue(place) else { return place }
        switch type {
        case .decimal, .date, .timestamp:
            guard let value = Scalar(reading: text, as: type) else {
                throw .literal(text: text, as: type.name, mark: nodes[place].mark)
            }
            return appendConstant(value, nodes[place].mark)
        default: return place
        }
    }

    /// The node `place` or, where it is a float as the expression has it literally and one of `others` a decimal, the decimal that is
    /// written so: 0.81 beside a decimal is no float.
    mutating func decimalLiteral(_ place: Int, beside others: [Int]) -> Int {
        guard literals.contains(place), others.contains(where: { nodes[$0].type.isDecimal }) else { return place }
        guard let value = constantValue(place)?.decimalLiteral else { return place }
        return appendConstant(value, nodes[place].mark)
    }

    /// The type in which the node is compared: a constant number whose value the other side's type has is one of that type.
    private func exactType(_ place: Int, beside other: Int) -> DataType {
        switch (constantValue(place), nodes[other].type) {
        case (.int(let value), .float64): Numbers.order(value, Double(value)) == 0 ? .float64 : .int64
        case (.float(let value), .int64): Int64(exactly: value) == nil ? .float64 : .int64
        default: nodes[place].type
        }
    }

    private mutating func converted(_ place: Int, to type: DataType) -> Int {
        switch (constantValue(place), type) {
        case (.int(let value), .float64): appendConstant(.float(Double(value)), nodes[place].mark)
        case (.float(let value), .int64): Int64(exactly: value).map { appendConstant(.int($0), nodes[place].mark) } ?? place
        default: place
        }
    }

    /// `left in list`.
    mutating func membership(_ left: Int, _ list: Meaning, _ mark: Int32) throws(PlanError) -> Int {
        let name = BinaryOperator.in.rawValue
        let type = nodes[left].type
        switch list {
        case .value(let place):
            if let found = try membership(left, inRows: place, mark) { return found }
            guard nodes[place].type == .null else { throw mismatch(.in, [type, nodes[place].type], mark) }
            return apply(NullOperation(type: .bool), [(left, type)], name, mark)
        case .list(let elements) where elements.isEmpty: return apply(EmptyMembership(), [(left, type)], name, mark)
        case .list(let elements):
            if let constants = try constants(elements, comparedWith: type, mark), let set = Membership(constants, of: type) {
                return apply(set, [(left, type)], name, mark)
            }
            var found: Int?
            for element in elements {
                let place = switch element {
                case .node(let place): place
                case .constant(let value, let isLiteral): appendConstant(isLiteral && type.isDecimal ? value.decimalLiteral : value, mark)
                }
                let equal = try comparison(.equal, left, place, mark, as: .in)
                found = found.map { apply(Connective(spelling: .or, isEager: true), [($0, .bool), (equal, .bool)], name, mark) } ?? equal
            }
            return found ?? left
        case .missing(let error): throw error
        }
    }

    /// The elements as values that compare with one of `type`; nil where some are not constant, or the value is a string
    /// and has to be read as they are.
    private func constants(_ elements: [Element], comparedWith type: DataType, _ mark: Int32) throws(PlanError) -> [Scalar]? {
        var constants: [Scalar] = []
        for element in elements {
            guard case .constant(var value, let isLiteral) = element else { return nil }
            if isLiteral, type.isDecimal { value = value.decimalLiteral }
            guard let found = value.type else { throw .listMisplaced(mark: mark) }
            if case .string(let text) = value, type != .string, let read = Scalar(reading: text, as: type) { value = read }
            if case .string(let text) = value, type == .date || type.isTimestamp || type.isDecimal {
                throw .literal(text: text, as: type.name, mark: mark)
            }
            if type == .string, found == .date || found.isTimestamp || found.isDecimal { return nil }
            if let kind = value.type, Operators.binary(.equal, type, kind) == nil { throw mismatch(.in, [type, found], mark) }
            constants.append(value)
        }
        return constants
    }
}

extension DataType {
    /// Whether the type is `timestamp`, of either kind.
    var isTimestamp: Bool {
        if case .timestamp = self { true } else { false }
    }

    /// Whether the type is `decimal`, of any scale.
    var isDecimal: Bool {
        if case .decimal = self { true } else { false }
    }
}

extension Scalar {
    /// The value of a float literal beside a decimal: the decimal of the digits it was written with. Other values as they are.
    public var decimalLiteral: Scalar {
        if case .float(let value) = self, let decimal = Decimal128(shortestOf: value) { .decimal(decimal) } else { self }
    }
}
