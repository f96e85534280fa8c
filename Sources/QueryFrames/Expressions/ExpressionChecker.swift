// From an expression as written to a typed one: names are looked up, types checked, operations chosen, constants computed.

/// Checks one expression after the other against a schema and the variables of a script.
struct ExpressionChecker {
    /// What a node of the expression turned out to be.
    enum Meaning {
        /// The typed node of that place.
        case value(Int)
        case list([Element])
        /// A name that says nothing here; what is reached through it may have been computed by the script.
        case missing(PlanError)
    }

    /// An element of a list.
    enum Element {
        /// A value; whether the expression has it literally, as a decimal beside it has to know.
        case constant(Scalar, isLiteral: Bool)
        case node(Int)
    }

    let schema: Schema
    let variables: [String: Scalar]
    /// What `now()` tells, in microseconds.
    let now: Int64
    /// The marks of the sums of ints that are decimals, as 64 bits are known to be too few.
    var wideSums: Set<Int32> = []
    /// Whether windows may stand in the expressions that come.
    var allowsWindows = false
    /// The windows found so far; each is a column of its own, after those of the schema.
    var windows: [WindowCall] = []
    private let places: [String: Int]
    var nodes: [TypedExpression.Node] = []
    /// The nodes that are floats as the expression has them literally.
    var literals: Set<Int> = []
    private(set) var warnings: [PlanWarning] = []

    init(schema: Schema, variables: [String: Scalar], now: Int64) {
        self.schema = schema
        self.variables = variables
        self.now = now
        places = Dictionary(schema.names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// The typed form of `expression`.
    mutating func check(_ expression: Expression) throws(PlanError) -> TypedExpression {
        nodes = []
        literals = []
        var meanings: [Meaning] = []
        for node in expression.nodes { meanings.append(try meaning(node, meanings, expression)) }
        let root = try value(meanings[meanings.count - 1], expression.mark)
        return TypedExpression(nodes, root: root)
    }

    /// The same for a condition.
    mutating func checkCondition(_ expression: Expression) throws(PlanError) -> TypedExpression {
        let checked = try check(expression)
        if checked.type == .null { return TypedExpression([constantNode(.bool(false), expression.mark)], root: 0) }
        guard checked.type == .bool else { throw .conditionType(found: checked.type.name, mark: expression.mark) }
        return checked
    }

    /// The same for a key of a sort.
    mutating func checkKey(_ expression: Expression) throws(PlanError) -> TypedExpression {
        let checked = try check(expression)
        guard checked.type.isOrdered else { throw .notOrdered(found: checked.type.name, mark: expression.mark) }
        return checked
    }

    private mutating func meaning(
        _ node: Expression.Node, _ meanings: [Meaning], _ expression: Expression
    ) throws(PlanError) -> Meaning {
        let mark = node.mark
        switch node.kind {
        case .literal(let value):
            let meaning = constant(value, mark)
            if case .float = value { literals.insert(nodes.count - 1) }
            return meaning
        case .name(let name):
            if let place = places[name] {
                if variables[name] != nil { warnings.append(.columnHidesVariable(name: name, mark: mark)) }
                return .value(append(.column(place), schema.fields[place].type, "", mark))
            }
            guard let value = variables[name] else { return .missing(.unknownColumn(name: name, columns: schema.names, mark: mark, isValue: expression.nodes.count > 1)) }
            return constant(value, mark)
        case .variable(let name):
            guard let value = variables[name] else { throw .unknownVariable(name: name, mark: mark) }
            return constant(value, mark)
        case .list(let elements):
            var list: [Element] = []
            for element in elements {
                let place = try value(meanings[element], mark)
                list.append(constantValue(place).map { .constant($0, isLiteral: literals.contains(place)) } ?? .node(place))
            }
            return .list(list)
        case .member(let operand, let name, let computed):
            if let computed = script(computed, insteadOf: node, expression) { return constant(computed, mark) }
            if case .missing = meanings[operand] { return missing(meanings[operand], computed, mark) }
            return .value(try member(value(meanings[operand], mark), name, mark))
        case .index(let operand, let index, let computed):
            if let computed = script(computed, insteadOf: node, expression) { return constant(computed, mark) }
            if case .missing = meanings[operand] { return missing(meanings[operand], computed, mark) }
            return .value(try element(value(meanings[operand], mark), at: value(meanings[index], mark), mark))
        case .unary(let op, let operand): return .value(try unary(op, value(meanings[operand], mark), mark))
        case .binary(.in, let left, let right):
            return .value(try membership(value(meanings[left], mark), meanings[right], mark))
        case .binary(let op, let left, let right):
            return .value(try binary(op, value(meanings[left], mark), value(meanings[right], mark), mark))
        case .call(let name, let arguments):
            guard let row = Functions.row(named: name) else {
                if Windows.row(named: name) != nil { throw .windowWithoutOver(function: name, mark: mark) }
                if Aggregates.row(named: name) != nil { throw .aggregateMisplaced(name: name, mark: mark) }
                throw .unknownFunction(name: name, mark: mark)
            }
            var places: [Int] = []
            for argument in arguments { places.append(try value(meanings[argument], mark)) }
            return .value(try call(row, places, mark))
        case .window(let name, let arguments, let window):
            var places: [Int] = []
            for operand in arguments + window.by + window.sort.map(\.node) { places.append(try value(meanings[operand], mark)) }
            let keys = Array(places[arguments.count...])
            return .value(try self.window(name, Array(places[..<arguments.count]), over: window, keys: keys, mark))
        }
    }

    private mutating func constant(_ value: Scalar, _ mark: Int32) -> Meaning {
        if case .list(let elements) = value { return .list(elements.map { .constant($0, isLiteral: false) }) }
        nodes.append(constantNode(value, mark))
        return .value(nodes.count - 1)
    }

    private func constantNode(_ value: Scalar, _ mark: Int32) -> TypedExpression.Node {
        TypedExpression.Node(kind: .constant(Operand(constant: value)), type: value.type ?? .null, name: "", mark: mark)
    }

    private mutating func value(_ meaning: Meaning, _ mark: Int32) throws(PlanError) -> Int {
        switch meaning {
        case .value(let place): return place
        case .list(let elements): return try list(elements, mark)
        case .missing(let error): throw error
        }
    }

    /// Whether `name` is a column's.
    func isColumn(_ name: String) -> Bool { places[name] != nil }

    private mutating func call(_ row: FunctionRow, _ places: [Int], _ mark: Int32) throws(PlanError) -> Int {
        let places = places.map { decimalLiteral($0, beside: places) }
        let choice = try row.resolve(arguments(row.name, row.usage, places, mark))
        let operands = choice.operands.map { (places[$0.index], $0.type) }
        return apply(choice.operation, operands, row.name, mark)
    }

    // MARK: Typed nodes

    mutating func append(_ kind: TypedExpression.Kind, _ type: DataType, _ name: String, _ mark: Int32) -> Int {
        nodes.append(TypedExpression.Node(kind: kind, type: type, name: name, mark: mark))
        return nodes.count - 1
    }

    /// A node for a constant.
    mutating func appendConstant(_ value: Scalar, _ mark: Int32) -> Int {
        nodes.append(constantNode(value, mark))
        return nodes.count - 1
    }

    /// The value of a node that is the same for all rows.
    func constantValue(_ place: Int) -> Scalar? {
        guard case .constant(let operand) = nodes[place].kind else { return nil }
        return operand.column.scalar(0)
    }

    /// A node for `operation`, its operands converted to the types it wants. Constants are computed here; one that fails is
    /// left to fail when there are rows, as `1 // 0 > x` on no rows at all is no error.
    mutating func apply(
        _ operation: any Operation, _ operands: [(place: Int, type: DataType)], _ name: String, _ mark: Int32
    ) -> Int {
        var places: [Int] = []
        for (place, type) in operands {
            guard let conversion = nodes[place].type.conversion(to: type) else {
                places.append(place)
                continue
            }
            places.append(applied(conversion, [place], name, mark))
        }
        return applied(operation, places, name, mark)
    }

    private mutating func applied(_ operation: any Operation, _ places: [Int], _ name: String, _ mark: Int32) -> Int {
        var constants: [Operand] = []
        for place in places {
            guard case .constant(let operand) = nodes[place].kind else { break }
            constants.append(operand)
        }
        if constants.count == places.count {
            let result = operation.evaluate(constants, count: 1)
            if result.failures == nil { return append(.constant(result), operation.type, name, mark) }
        }
        return append(.apply(operation, places), operation.type, name, mark)
    }
}

extension Expression {
    /// The type of what the expression gives over columns of `schema`; its errors are those that a plan would have.
    public func type(over schema: Schema) throws(PlanError) -> DataType {
        var checker = ExpressionChecker(schema: schema, variables: [:], now: Clock.now)
        return try checker.check(self).type
    }
}
