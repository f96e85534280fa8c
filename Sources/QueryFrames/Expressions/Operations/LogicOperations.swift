// `and`, `or`, `not`, `is null`, `is not null`: three-valued logic on whole words of bits.

/// `and` and `or`. Null is unknown: `false and null` is false, `true and null` is null.
///
/// What the left side decides, the right side cannot make fail.
struct Connective: Operation {
    let spelling: BinaryOperator
    /// Whether a failure of the right side counts even where the left side decides; so it is between elements of a list.
    var isEager = false

    var type: DataType { .bool }
    var isStrict: Bool { false }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let left = operands[0].isConstant ? operands[0].column.repeated(count) : operands[0].column
        let right = operands[1].isConstant ? operands[1].column.repeated(count) : operands[1].column
        return withExtendedLifetime((left, right)) { connect(left, right, operands, count) }
    }

    private func connect(_ left: Column, _ right: Column, _ operands: [Operand], _ count: Int) -> Outcome {
        let isAnd = spelling == .and
        let a = left.bits, b = right.bits, aValid = left.validBits, bValid = right.validBits
        @inline(__always) func word(_ bits: UnsafePointer<UInt8>?, _ index: Int) -> UInt64 {
            bits.map { Bitmap.word($0, index, count: count) } ?? .max
        }
        let values = Bitmap.words(count) { index in
            let aTrue = word(a, index) & word(aValid, index), bTrue = word(b, index) & word(bValid, index)
            return isAnd ? aTrue & bTrue : aTrue | bTrue
        }
        var validity: Buffer?
        if aValid != nil || bValid != nil {
            validity = Bitmap.words(count) { index in
                let aKnown = word(aValid, index), bKnown = word(bValid, index)
                let aDecides = aKnown & (isAnd ? ~word(a, index) : word(a, index))
                let bDecides = bKnown & (isAnd ? ~word(b, index) : word(b, index))
                return (aKnown & bKnown) | aDecides | bDecides
            }
        }
        let column = Column(type: .bool, count: count, validity: validity, storage: .bits(values))
        var failures = operands[0].failures(count: count)
        if let later = operands[1].failures(count: count) {
            failures = RowSet.union(failures, RowSet(count: count) { row in
                later.contains(row) && (isEager || left.isNull(row) || Bitmap.get(a, row) == isAnd)
            })
        }
        return Outcome(column, failures: failures)
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try ScalarOperators.apply(spelling, operands[0], operands[1])
    }

    func scalar(_ operands: [Result<Scalar, EvaluationError>]) throws(EvaluationError) -> Scalar {
        let left = try operands[0].get()
        if !isEager, left == .bool(spelling == .or) { return left }
        return try scalar([left, operands[1].get()])
    }
}

/// `not`.
struct Negation: Operation {
    var type: DataType { .bool }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let column = operands[0].column
        let bits = column.bits
        let values = Bitmap.words(count) { ~Bitmap.word(bits, $0, count: count) }
        return Outcome(Column(type: .bool, count: count, validity: column.validity, nullCount: column.nullCount, storage: .bits(values)))
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar { try ScalarOperators.apply(.not, operands[0]) }
}

/// `is null` and `is not null`, which are never null themselves.
struct NullTest: Operation {
    let spelling: UnaryOperator

    var type: DataType { .bool }
    var isStrict: Bool { false }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let column = operands[0].column
        let wanted: UInt64 = spelling == .isNull ? .max : 0
        let bits: Buffer
        if operands[0].isConstant || column.type == .null || column.nullCount == 0 {
            let isNull = column.nullCount > 0
            bits = Bitmap.words(count) { _ in isNull ? wanted : ~wanted }
        } else if let valid = column.validBits {
            bits = Bitmap.words(count) { Bitmap.word(valid, $0, count: count) ^ wanted }
        } else {
            bits = Bitmap.words(count) { _ in ~wanted }
        }
        let failures = operands.failures(count: count)
        return Outcome(Column(type: .bool, count: count, validity: nil, storage: .bits(bits)), failures: failures)
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar { try ScalarOperators.apply(spelling, operands[0]) }
}
