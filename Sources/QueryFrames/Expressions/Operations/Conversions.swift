// Conversions that happen without being asked for, and the common type of several values.

extension DataType {
    /// The type that values of all these types can be given without a word: `int` and `float` meet in `float`, `int` and
    /// `decimal` in `decimal`, decimals in the greatest scale, `decimal` and `float` in `float`, `date` and `timestamp` in
    /// `timestamp`, null in anything. Nil where there is none.
    public static func common(_ types: [DataType]) -> DataType? {
        var all = DataType.null
        for type in types {
            switch (all, type) {
            case (_, .null): break
            case (.null, _): all = type
            case (.int64, .float64), (.float64, .int64): all = .float64
            case (.decimal, .float64), (.float64, .decimal): all = .float64
            case (.int64, .decimal): all = type
            case (.decimal, .int64): break
            case (.decimal(let a), .decimal(let b)): all = .decimal(scale: max(a, b))
            case (.date, .timestamp): all = type
            case (.timestamp, .date): break
            case (.timestamp(let a), .timestamp(let b)): all = .timestamp(utc: a || b)
            case (.list(let a), .list(let b)):
                guard let element = common([a, b]) else { return nil }
                all = .list(element)
            default: if all != type { return nil }
            }
        }
        return all
    }

    /// The common type of values; nil also where one is a list of several types.
    static func common(_ values: [Scalar]) -> DataType? {
        var types: [DataType] = []
        for value in values {
            guard let type = value.type else { return nil }
            types.append(type)
        }
        return common(types)
    }

    /// What turns values of this type into `type`; nil where nothing has to be done, or where nothing can.
    func conversion(to type: DataType) -> (any Operation)? {
        switch (self, type) {
        case (.null, _): self == type ? nil : NullOperation(type: type)
        case (.int64, .float64): mapUnary(type: type, function: IntToFloat())
        case (.int64, .decimal(let scale)): mapUnary(type: type, function: IntToDecimal(scale: scale))
        case (.decimal(let from), .decimal(let to)): from == to ? nil : mapUnary(type: type, function: Rescaling(from: from, to: to))
        case (.decimal(let scale), .float64): mapUnary(type: type, function: DecimalToFloat(scale: scale))
        case (.date, .timestamp): mapUnary(type: type, function: Midnight())
        case (.timestamp, .date): mapUnary(type: type, function: DayOfTimestamp())
        case (.timestamp(let from), .timestamp(let to)): from == to ? nil : Relabelling(type: type)
        case (.list(let from), .list(let to)):
            from.conversion(to: to).map { ListConversion(type: type, element: to, conversion: $0) }
        default: nil
        }
    }
}

extension Scalar {
    /// The value as one of `type`, to which its own type converts by itself.
    func converted(to type: DataType) throws(EvaluationError) -> Scalar {
        switch (self, type) {
        case (.int(let value), .float64): .float(Double(value))
        case (.list(let values), .list(let element)): .list(try values.map { (value) throws(EvaluationError) in try value.converted(to: element) })
        case (_, _) where self.type == type: self
        default:
            if let conversion = self.type?.conversion(to: type) { try conversion.scalar([self]) } else { self }
        }
    }

    /// What `text` says as a value of `type` (decimal of any scale, date or timestamp); a day alone is its midnight as a timestamp. Nil where it
    /// says none.
    init?(reading text: String, as type: DataType) {
        var text = text
        let value: Scalar? = text.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            switch type {
            case .decimal: return Decimal128(bytes).map { .decimal($0) }
            case .date: return TextParsing.date(bytes).map { .date($0) }
            case .timestamp(let utc):
                if let days = TextParsing.date(bytes), let micros = TimeArithmetic.midnight(days) { return .timestamp(micros, utc: utc) }
                return TextParsing.timestamp(bytes).map { .timestamp($0.micros, utc: utc) }
            default: return nil
            }
        }
        guard let value else { return nil }
        self = value
    }
}

struct IntToFloat: UnaryFunction {
    func call(_ a: Int64, _ failed: inout Bool) -> Double { Double(a) }
}

/// The midnight with which a day begins.
struct Midnight: UnaryFunction {
    func call(_ a: Int32, _ failed: inout Bool) -> Int64 {
        if let micros = TimeArithmetic.midnight(a) { return micros }
        failed = true
        return 0
    }
}

/// The day in which a timestamp lies.
struct DayOfTimestamp: UnaryFunction {
    func call(_ a: Int64, _ failed: inout Bool) -> Int32 { TimeArithmetic.day(a) }
}

/// The same microseconds as an instant or as a wall-clock time, which is taken to be in UTC.
struct Relabelling: Operation {
    let type: DataType

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let column = operands[0].column
        return Outcome(Column(
            type: type, count: column.count, validity: column.validity, nullCount: column.nullCount, storage: column.storage))
    }

    func scalar(_ operands: [Scalar]) -> Scalar {
        guard case .timestamp(let micros, _) = operands[0], case .timestamp(let utc) = type else { return operands[0] }
        return .timestamp(micros, utc: utc)
    }
}
