// How the rules of functions read their arguments, and with that where every error about an argument is made.

/// The arguments of a call: their types and, where they are the same for all rows, their values.
struct Arguments {
    /// The function's name and how it is called.
    let function: String
    let usage: String
    let types: [DataType]
    let constants: [Scalar?]
    let marks: [Int32]
    let mark: Int32
    /// The moment of the run, in microseconds.
    let now: Int64

    var count: Int { types.count }

    /// The error of an argument of the wrong type.
    func mismatch(_ index: Int, expected: String) -> PlanError {
        .argumentType(function: function, index: index, expected: expected, found: types[index].name, mark: marks[index])
    }

    /// The type of a number, or null.
    @discardableResult
    func number(_ index: Int) throws(PlanError) -> DataType {
        guard types[index].isNumeric || types[index] == .null else { throw mismatch(index, expected: "number") }
        return types[index]
    }

    /// What a function of a number does: `ofInt` for an int, `ofFloat` for a float, `ofDecimal` for a decimal of that scale, nothing but
    /// nulls for the type `null`.
    func choice(
        _ type: DataType, int ofInt: any Operation, float ofFloat: any Operation, decimal ofDecimal: (Int) -> any Operation
    ) -> FunctionChoice {
        let others: [DataType] = count == 2 ? [.int64] : []
        switch type {
        case .int64: return FunctionChoice(ofInt, all: [type] + others)
        case .float64: return FunctionChoice(ofFloat, all: [type] + others)
        case .decimal(let scale): return FunctionChoice(ofDecimal(scale), all: [type] + others)
        default: return FunctionChoice(NullOperation(type: .null), all: types)
        }
    }

    /// Sees to it that the argument is an int.
    func int(_ index: Int) throws(PlanError) {
        guard [.int64, .null].contains(types[index]) else { throw mismatch(index, expected: DataType.int64.name) }
    }

    /// Sees to it that the argument is a string.
    func string(_ index: Int) throws(PlanError) {
        guard [.string, .null].contains(types[index]) else { throw mismatch(index, expected: DataType.string.name) }
    }

    /// Sees to it that the argument is a condition.
    func condition(_ index: Int) throws(PlanError) {
        guard [.bool, .null].contains(types[index]) else { throw .conditionType(found: types[index].name, mark: marks[index]) }
    }

    /// The type of a date or timestamp, or null.
    @discardableResult
    func day(_ index: Int) throws(PlanError) -> DataType {
        switch types[index] {
        case .null, .date, .timestamp: return types[index]
        default: throw mismatch(index, expected: "date or timestamp")
        }
    }

    /// The type of a timestamp, also of a null.
    func timestamp(_ index: Int) throws(PlanError) -> DataType {
        switch types[index] {
        case .null: return .timestamp(utc: false)
        case .timestamp: return types[index]
        default: throw mismatch(index, expected: DataType.timestamp(utc: false).name)
        }
    }

    /// The value of an argument that has to be the same for all rows.
    func constant(_ index: Int) throws(PlanError) -> Scalar {
        guard let value = constants[index] else { throw .argumentVaries(function: function, index: index, mark: marks[index]) }
        return value
    }

    /// The unit that a string names; nil for a null. Dates alone, of the arguments at `days`, know only units of whole days.
    func unit(_ index: Int, of days: [Int]) throws(PlanError) -> TimeUnit? {
        try string(index)
        let value = try constant(index)
        guard case .string(let name) = value else { return nil }
        let units = days.allSatisfy { types[$0] == .date } ? TimeUnit.ofDates : TimeUnit.allCases
        guard let unit = units.first(where: { $0.rawValue == name }) else {
            let names = units.map(\.rawValue).joined(separator: ", ")
            throw .argumentValue(function: function, index: index, expected: names, found: value, mark: marks[index])
        }
        return unit
    }

    /// The common type of the arguments at `indexes`.
    func common(_ indexes: [Int]) throws(PlanError) -> DataType {
        var type = DataType.null
        for index in indexes {
            guard let wider = DataType.common([type, types[index]]) else { throw mismatch(index, expected: type.name) }
            type = wider
        }
        return type
    }
}
