// `in` with a list of constants: one look into a set a row. SQL's nulls: a value that is not found is not surely missing
// where the list holds a null.

/// The elements that a value can equal, by type.
enum MembershipSet: Sendable {
    /// Ints, dates, timestamps, durations and (by their bits) floats.
    case integers(IntegerSet)
    case texts(TextSet)
    /// Bools: whether false and true are in the list.
    case bools(Bool, Bool)
}

/// `x in [1, 2, null]`.
struct Membership: Operation {
    let set: MembershipSet
    let hasNull: Bool

    var type: DataType { .bool }

    /// A set of `elements`, which compare with a value of `type`; nil for the type `null`.
    init?(_ elements: [Scalar], of type: DataType) {
        hasNull = elements.contains(.null)
        switch type {
        case .null, .decimal, .json, .binary, .list: return nil
        case .bool: set = .bools(elements.contains(.bool(false)), elements.contains(.bool(true)))
        case .string:
            set = .texts(TextSet(elements.compactMap { element in
                if case .string(let text) = element { text } else { nil }
            }))
        case .int64, .float64, .date, .timestamp, .duration:
            set = .integers(IntegerSet(elements.compactMap { Membership.key($0, type) }))
        }
    }

    /// The bits under which a value of `type` that equals `element` is looked up; nil where there is none.
    private static func key(_ element: Scalar, _ type: DataType) -> UInt64? {
        switch (type, element) {
        case (.int64, .int(let value)): UInt64(bitPattern: value)
        case (.int64, .decimal(let value)): value.int.map { UInt64(bitPattern: $0) }
        case (.float64, .decimal(let value)): value.order(value.float) == 0 ? key(value.float) : nil
        case (.int64, .float(let value)): Int64(exactly: value).map { UInt64(bitPattern: $0) }
        case (.float64, .float(let value)): key(value)
        case (.float64, .int(let value)): Numbers.order(value, Double(value)) == 0 ? key(Double(value)) : nil
        case (.date, .date(let value)): UInt64(bitPattern: Int64(value))
        case (.date, .timestamp(let micros, _)):
            TimeArithmetic.midnight(TimeArithmetic.day(micros)) == micros ? UInt64(bitPattern: Int64(TimeArithmetic.day(micros))) : nil
        case (.timestamp, .timestamp(let value, _)): UInt64(bitPattern: value)
        case (.timestamp, .date(let value)): TimeArithmetic.midnight(value).map { UInt64(bitPattern: $0) }
        case (.duration, .duration(let value)): UInt64(bitPattern: value)
        default: nil
        }
    }

    /// The bits of a float such that equal floats have the same: one zero, one NaN.
    @inline(__always)
    static func key(_ value: Double) -> UInt64 { value != value ? Double.nan.bitPattern : (value + 0.0).bitPattern }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let operand = operands[0]
        let bits: Buffer
        switch set {
        case .bools(let hasFalse, let hasTrue):
            let values = operand.column.bits
            bits = Bitmap.words(count) { index in
                let word = Bitmap.word(values, index, count: count)
                return (hasTrue ? word : 0) | (hasFalse ? ~word : 0)
            }
        case .texts(let texts):
            if let found = texts.rows(operand.column), !operand.isConstant {
                bits = found
                break
            }
            let source = Text.source(operand)
            bits = Bitmap.rows(count) { texts.contains(source[$0]) }
        case .integers(let integers):
            switch operand.column.type {
            case .float64:
                let values = operand.column.fixed(as: Double.self)
                bits = Bitmap.rows(count) { integers.contains(Membership.key(values[$0])) }
            case .date:
                let values = operand.column.fixed(as: Int32.self)
                bits = Bitmap.rows(count) { integers.contains(UInt64(bitPattern: Int64(values[$0]))) }
            default:
                let values = operand.column.fixed(as: UInt64.self)
                bits = Bitmap.rows(count) { integers.contains(values[$0]) }
            }
        }
        // What was not found is unknown where the list holds a null.
        var validity = operands.validity(count: count)
        if hasNull { validity = validity.map { Bitmap.and($0, bits, count: count) } ?? bits }
        return Outcome(Column(type: .bool, count: count, validity: validity, storage: .bits(bits)))
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try oneRow(operands, compute: column) { _ in .outOfRange(operator: "", row: nil, mark: 0) }
    }
}

/// `x in []`, which is false, for a null too.
struct EmptyMembership: Operation {
    var type: DataType { .bool }
    var isStrict: Bool { false }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let none = Bitmap.words(count) { _ in 0 }
        return Outcome(Column(type: .bool, count: count, validity: nil, storage: .bits(none)), failures: operands.failures(count: count))
    }

    func scalar(_ operands: [Scalar]) -> Scalar { .bool(false) }

    func scalar(_ operands: [Result<Scalar, EvaluationError>]) throws(EvaluationError) -> Scalar {
        _ = try operands[0].get()
        return .bool(false)
    }
}
