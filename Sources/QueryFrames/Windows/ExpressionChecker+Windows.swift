// Windows of an expression under check: each becomes a column of its own, which a step before the expression computes.

extension ExpressionChecker {
    /// How many columns the expressions see: the schema's, and after them those of the windows.
    var width: Int { schema.fields.count + windows.count }

    /// The step that computes the windows, where there are any.
    var windowSteps: [any PlanStep] { windows.isEmpty ? [] : [WindowStep(windows, width: schema.fields.count)] }

    /// `name(arguments) over (...)`; `keys` are the typed nodes of the groups, then those of the order.
    mutating func window(
        _ name: String, _ arguments: [Int], over window: Expression.Window, keys: [Int], _ mark: Int32
    ) throws(PlanError) -> Int {
        if !allowsWindows, Windows.row(named: name) != nil || Aggregates.row(named: name) != nil {
            throw .windowMisplaced(function: name, mark: mark)
        }
        let typed = { [nodes] in TypedExpression(nodes, root: $0) }
        var operands = arguments.map(typed)
        let operation: any WindowOperation
        if let row = Windows.row(named: name) {
            operation = try row.resolve(self.arguments(name, row.usage, arguments, mark))
        } else if let row = Aggregates.row(named: name) {
            let choice = try row.resolve(self.arguments(name, row.usage, arguments, mark), wideSums: wideSums)
            operands = zip(operands, choice.operands).map { $0.converted(to: $1) }
            operation = AggregateWindow(choice: choice)
        } else if Functions.row(named: name) != nil {
            throw .notAWindow(function: name, mark: mark)
        } else {
            throw .unknownFunction(name: name, mark: mark)
        }
        for place in keys.dropFirst(window.by.count) where !nodes[place].type.isOrdered {
            throw .notOrdered(found: nodes[place].type.name, mark: nodes[place].mark)
        }
        let sort = zip(keys.dropFirst(window.by.count), window.sort).map { place, key in
            SortStep.Key(expression: typed(place), descending: key.descending, nullsFirst: key.nullsFirst)
        }
        let call = WindowCall(
            name: name, mark: mark, operation: operation, arguments: operands, by: keys.prefix(window.by.count).map(typed), sort: sort)
        let place = width
        windows.append(call)
        return append(.column(place), operation.type, "", mark)
    }

    /// The arguments at `places` as rules read them.
    func arguments(_ name: String, _ usage: String, _ places: [Int], _ mark: Int32) -> Arguments {
        Arguments(
            function: name, usage: usage, types: places.map { nodes[$0].type }, constants: places.map { constantValue($0) },
            marks: places.map { nodes[$0].mark }, mark: mark, now: now)
    }
}
