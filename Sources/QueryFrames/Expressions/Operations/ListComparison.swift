// What lists are asked: whether two are equal, and whether a value is in one.

/// `==` and `!=` of lists of one type. Inside of lists null equals null, so that the answer is never unknown.
struct ListComparison: Operation {
    let spelling: BinaryOperator

    var type: DataType { .bool }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let left = operands[0], right = operands[1]
        let isEqual = Column.equality(left.column, right.column), wanted = spelling == .equal
        let bits = Bitmap.rows(count) { isEqual($0 & left.mask, $0 & right.mask) == wanted }
        return Outcome(Column(type: .bool, count: count, validity: operands.validity(count: count), storage: .bits(bits)))
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try ScalarOperators.apply(spelling, operands[0], operands[1])
    }
}

extension Column {
    /// Tells whether a row of `a` holds the same as one of `b`, a column of the same type; null is the same as null. It recurses
    /// where the type is a list of lists, which is never deep.
    static func equality(_ a: Column, _ b: Column) -> (Int, Int) -> Bool {
        let same: (Int, Int) -> Bool
        func compare<T: Cell>(_ cell: T.Type, _ isEqual: @escaping (T, T) -> Bool) -> (Int, Int) -> Bool {
            let left = T.source(Operand(a)), right = T.source(Operand(b))
            return { isEqual(T.read(left, $0), T.read(right, $1)) }
        }
        switch a.type {
        case .null: return { _, _ in true }
        case .bool: same = compare(Bool.self, ==)
        case .int64, .timestamp, .duration: same = compare(Int64.self, ==)
        case .float64: same = compare(Double.self, Double.isEqual)
        case .date: same = compare(Int32.self, ==)
        case .decimal: same = compare(Int128.self, ==)
        case .string, .json, .binary: same = compare(Text.self, ==)
        case .list:
            let left = ListRows(a), right = ListRows(b)
            let isEqual = equality(left.elements, right.elements)
            same = { one, other in
                let x = left[one], y = right[other]
                return x.count == y.count && zip(x, y).allSatisfy { isEqual($0, $1) }
            }
        }
        if a.nullCount == 0 && b.nullCount == 0 { return same }
        return { a.isNull($0) || b.isNull($1) ? a.isNull($0) && b.isNull($1) : same($0, $1) }
    }
}

/// `x in list`, for lists that differ from row to row: true where an element equals `x`, else null where one is null or `x` is; but
/// in an empty list there is nothing, not even null.
struct ListMembership: Operation {
    /// How `x` is compared with an element.
    let equal: any Operation

    var type: DataType { .bool }
    var isStrict: Bool { false }

    /// How a value of `type` is looked for in lists of `element`, and the types that it and the elements are converted to; nil
    /// where the two do not compare.
    static func choice(_ type: DataType, in element: DataType) -> Operators.Choice? {
        guard let equal = Operators.comparison(.equal, type, element) else { return nil }
        return Operators.Choice(equal.operands, ListMembership(equal: equal.operation))
    }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let value = operands[0], lists = ListRows(operands[1])
        var total = 0
        for row in 0..<count { total += lists[row].count }
        let failures = operands.failures(count: count)
        guard total <= ListRows.elementLimit else { return Outcome(nil, of: type, count: count) }
        // Each element beside the value that is looked for, so that all are compared at once.
        let memory = MutableBuffer(capacity: total * 16)
        let values = memory.values(as: UInt64.self), elements = values + total
        var next = 0
        for row in 0..<count {
            for element in lists[row] {
                values[next] = UInt64(row & value.mask)
                elements[next] = UInt64(element)
                next += 1
            }
        }
        let pair = withExtendedLifetime(memory) {
            (
                ColumnGatherer([value.column], type: value.column.type).gather(values, total),
                ColumnGatherer([lists.elements], type: lists.elements.type).gather(elements, total)
            )
        }
        guard let left = pair.0, let right = pair.1 else { return Outcome(nil, of: type, count: count) }
        let found = equal.evaluate([Operand(left), Operand(right)], count: total).column
        next = 0
        let known = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true)
        let knownBits = known.values(as: UInt8.self)
        let bits = Bitmap.rows(count) { row in
            var isFound = false, isUnknown = false
            for _ in lists[row] {
                if found.isNull(next) { isUnknown = true } else if Bitmap.get(found.bits, next) { isFound = true }
                next += 1
            }
            if isFound || !isUnknown { Bitmap.set(knownBits, row) }
            return isFound
        }
        let certain = known.freeze(byteCount: Bitmap.byteCount(count))
        let isList = Bitmap.rows(count) { !operands[1].column.isNull($0 & operands[1].mask) }
        let validity = operands[1].column.nullCount == 0 ? certain : Bitmap.and(isList, certain, count: count)
        return Outcome(Column(type: .bool, count: count, validity: validity, storage: .bits(bits)), failures: failures)
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar { try ScalarOperators.apply(.in, operands[0], operands[1]) }
}
