// `now` and `today`: the moment of the run, the same for all rows.

extension Functions {
    static let clock: [FunctionRow] = [
        FunctionRow(
            "now()", "The time at which the rows began to be worked on, in UTC; the same for all of them.",
            FunctionExample(gives: .timestamp(1_714_559_400_000_000, utc: true)), arity: 0...0
        ) { (call) throws(PlanError) in FunctionChoice(Moment(value: .timestamp(call.now, utc: true))) },
        FunctionRow(
            "today()", "The day on which the rows began to be worked on, in UTC; the same for all of them.",
            FunctionExample(gives: .date(19_844)), arity: 0...0
        ) { (call) throws(PlanError) in FunctionChoice(Moment(value: .date(TimeArithmetic.day(call.now)))) },
    ]
}

/// One value, whatever the row.
private struct Moment: Operation {
    let value: Scalar

    var type: DataType { value.type ?? .null }

    func column(_ operands: [Operand], count: Int) -> Outcome { Outcome(Column.constant(value).repeated(count)) }

    func scalar(_ operands: [Scalar]) -> Scalar { value }
}
