// Which operators take which types, and what each then does: the one table of types that checking rests on.

enum Operators {
    /// An operation, and the types its operands have to be converted to.
    struct Choice {
        let operands: [DataType]
        let operation: any Operation

        init(_ operands: [DataType], _ operation: any Operation) {
            self.operands = operands
            self.operation = operation
        }
    }

    /// What `left op right` does; nil where the operator does not take these types. `in` and `??` are not asked here.
    static func binary(_ op: BinaryOperator, _ left: DataType, _ right: DataType) -> Choice? {
        if op == .and || op == .or {
            guard [left, right].allSatisfy({ $0 == .bool || $0 == .null }) else { return nil }
            return Choice([.bool, .bool], Connective(spelling: op))
        }
        if left == .null || right == .null {
            return typeOfNull(op, left, right).map { Choice([left, right], NullOperation(type: $0)) }
        }
        switch op {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return comparison(op, left, right)
        case .like: return left == .string && right == .string ? Choice([left, right], mapBinary(type: .bool, function: LikeVarying())) : nil
        case .matches: return left == .string && right == .string ? Choice([left, right], mapBinary(type: .bool, function: MatchesVarying())) : nil
        case .add where left == .string && right == .string: return Choice([left, right], mapText(function: Concatenation()))
        case .add where left.listDepth > 0:
            guard let type = DataType.common([left, right]) else { return nil }
            return Choice([type, type], ListConcatenation(type: type))
        case .add, .subtract, .multiply, .divide, .floorDivide, .remainder:
            return left.isNumeric && right.isNumeric ? numbers(op, left, right) : times(op, left, right)
        case .and, .or, .coalesce, .in: return nil
        }
    }

    /// The type of `left op right` where one side is the type `null`: that of the first operand which would fit the other.
    private static func typeOfNull(_ op: BinaryOperator, _ left: DataType, _ right: DataType) -> DataType? {
        if left == .null && right == .null { return op.isComparison || op == .like || op == .matches ? .bool : .null }
        let known = left == .null ? right : left
        for candidate in [known, .duration, .int64] {
            let fits = left == .null ? binary(op, candidate, known) : binary(op, known, candidate)
            if let fits { return fits.operation.type }
        }
        return nil
    }

    private static func numbers(_ op: BinaryOperator, _ left: DataType, _ right: DataType) -> Choice? {
        if op != .divide, left == .int64, right == .int64 { return integers(op, [left, right], gives: .int64) }
        if left != right || left != .int64, let a = left.decimalScale, let b = right.decimalScale {
            return Choice([.decimal(scale: a), .decimal(scale: b)], DecimalArithmetic(spelling: op, left: a, right: b))
        }
        let types: [DataType] = [.float64, .float64]
        switch op {
        case .add: return Choice(types, FloatArithmetic<FloatAddition>().compiled())
        case .subtract: return Choice(types, FloatArithmetic<FloatSubtraction>().compiled())
        case .multiply: return Choice(types, FloatArithmetic<FloatMultiplication>().compiled())
        case .divide: return Choice(types, FloatArithmetic<FloatDivision>().compiled())
        case .floorDivide: return Choice(types, FloatArithmetic<FloatFloorDivision>().compiled())
        case .remainder: return Choice(types, FloatArithmetic<FloatRemainder>().compiled())
        default: return nil
        }
    }

    private static func integers(_ op: BinaryOperator, _ operands: [DataType], gives type: DataType) -> Choice? {
        switch op {
        case .add: Choice(operands, IntegerArithmetic<Addition>(type: type).compiled())
        case .subtract: Choice(operands, IntegerArithmetic<Subtraction>(type: type).compiled())
        case .multiply: Choice(operands, IntegerArithmetic<Multiplication>(type: type).compiled())
        case .floorDivide, .remainder: Choice(operands, IntegerDivision(type: type, spelling: op))
        default: nil
        }
    }

    private static func times(_ op: BinaryOperator, _ left: DataType, _ right: DataType) -> Choice? {
        switch (op, left, right) {
        case (.add, .date, .duration), (.subtract, .date, .duration):
            return Choice([left, right], mapBinary(type: .date, function: DateShift(spelling: op)))
        case (.add, .timestamp, .duration), (.subtract, .timestamp, .duration):
            return Choice([left, right], mapBinary(type: left, function: TimestampShift(spelling: op)))
        case (.add, .duration, .date), (.add, .duration, .timestamp):
            return times(op, right, left).map { Choice([left, right], Swapped(operation: $0.operation)) }
        case (.subtract, .date, .date):
            return Choice([left, right], mapBinary(type: .duration, function: DateDifference()))
        case (.subtract, .timestamp, .timestamp): return integers(op, [left, right], gives: .duration)
        case (.subtract, .date, .timestamp):
            return Choice([left, right], mapBinary(type: .duration, function: MidnightDifference(dateIsLeft: true)))
        case (.subtract, .timestamp, .date):
            let difference = mapBinary(type: .duration, function: MidnightDifference(dateIsLeft: false))
            return Choice([left, right], Swapped(operation: difference))
        case (.add, .duration, .duration), (.subtract, .duration, .duration), (.remainder, .duration, .duration),
            (.multiply, .duration, .int64), (.multiply, .int64, .duration):
            return integers(op, [left, right], gives: .duration)
        case (.floorDivide, .duration, .duration): return integers(op, [left, right], gives: .int64)
        case (.divide, .duration, .duration): return Choice([left, right], mapBinary(type: .float64, function: DurationRatio()))
        default: return nil
        }
    }

    static func comparison(_ op: BinaryOperator, _ left: DataType, _ right: DataType) -> Choice? {
        switch (left, right) {
        case (.int64, .float64): return Choice([left, right], mapBinary(type: .bool, function: MixedComparison(orders: op.orders)))
        case (.float64, .int64):
            let mixed = mapBinary(type: .bool, function: MixedComparison(orders: op.swapped.orders))
            return Choice([left, right], Swapped(operation: mixed))
        case (.decimal(let scale), .float64):
            return Choice([left, right], mapBinary(type: .bool, function: DecimalFloatComparison(scale: scale, orders: op.orders)))
        case (.float64, .decimal(let scale)):
            let mixed = mapBinary(type: .bool, function: DecimalFloatComparison(scale: scale, orders: op.swapped.orders))
            return Choice([left, right], Swapped(operation: mixed))
        case (.int64, .decimal), (.decimal, .int64), (.decimal, .decimal):
            guard let a = left.decimalScale, let b = right.decimalScale else { return nil }
            let types: [DataType] = [.decimal(scale: a), .decimal(scale: b)]
            if a == b { return Choice(types, FixedComparison<Int128>(spelling: op).compiled()) }
            return Choice(types, mapBinary(type: .bool, function: DecimalComparison(left: a, right: b, orders: op.orders)))
        case (.date, .timestamp): return Choice([left, right], mapBinary(type: .bool, function: MidnightComparison(orders: op.orders)))
        case (.timestamp, .date):
            let mixed = mapBinary(type: .bool, function: MidnightComparison(orders: op.swapped.orders))
            return Choice([left, right], Swapped(operation: mixed))
        case (.json, let other) where other.isReadFromJSON: return Choice([left, right], JSONComparison(spelling: op))
        case (let other, .json) where other.isReadFromJSON: return Choice([left, right], JSONComparison(spelling: op))
        default: break
        }
        guard let type = DataType.common([left, right]) else { return nil }
        let types = [type, type]
        switch type {
        case .null: return Choice(types, NullOperation(type: .bool))
        case .bool: return Choice(types, mapBinary(type: .bool, function: BoolComparison(orders: op.orders)))
        case .int64, .timestamp, .duration: return Choice(types, FixedComparison<Int64>(spelling: op).compiled())
        case .float64: return Choice(types, FixedComparison<Double>(spelling: op).compiled())
        case .date: return Choice(types, FixedComparison<Int32>(spelling: op).compiled())
        case .string, .binary: return Choice(types, TextComparison(spelling: op))
        case .json: return op == .equal || op == .notEqual ? Choice(types, TextComparison(spelling: op)) : nil
        case .list: return op == .equal || op == .notEqual ? Choice(types, ListComparison(spelling: op)) : nil
        case .decimal: return nil
        }
    }

    /// What `op operand` does; nil where the operator does not take the type.
    static func unary(_ op: UnaryOperator, _ operand: DataType) -> Choice? {
        switch (op, operand) {
        case (.isNull, _), (.isNotNull, _): Choice([operand], NullTest(spelling: op))
        case (.not, .bool), (.not, .null): Choice([.bool], Negation())
        case (.negate, .null): Choice([operand], NullOperation(type: .null))
        case (.negate, .int64), (.negate, .duration): Choice([operand], mapUnary(type: operand, function: IntegerNegation()))
        case (.negate, .decimal): Choice([operand], mapUnary(type: operand, function: DecimalNegation()))
        case (.negate, .float64): Choice([operand], mapUnary(type: .float64, function: FloatNegation()))
        default: nil
        }
    }
}

/// An operation of two operands that were written the other way round: `1d + ts`.
struct Swapped: Operation {
    let operation: any Operation

    var type: DataType { operation.type }
    var isStrict: Bool { operation.isStrict }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        operation.column([operands[1], operands[0]], count: count)
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar { try operation.scalar([operands[1], operands[0]]) }
}

/// `duration / duration`.
struct DurationRatio: BinaryFunction {
    func call(_ a: Int64, _ b: Int64, _ failed: inout Bool) -> Double { Double(a) / Double(b) }
}
