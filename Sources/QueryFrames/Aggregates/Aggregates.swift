// The table of aggregates: one row for each.

/// The aggregates of `summarize`.
public enum Aggregates {
    /// All of them.
    public static let rows: [AggregateRow] = [
        count, countDistinct, sum, avg, min, max, median, quantile, stddev, variance, first, last, list,
    ]

    /// The aggregate called `name`.
    public static func row(named name: String) -> AggregateRow? { byName[name] }

    private static let byName = Dictionary(rows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    private static let count = AggregateRow(
        "count(x)", "The number of rows, or with an argument of values that are not null.",
        example: "j | summarize orders = count() by region", arity: 0...1
    ) { (call) throws(PlanError) in
        call.count == 0
            ? AggregateChoice(gives: .int64) { .countOfRows() }
            : AggregateChoice(call.types[0], gives: .int64) { .countOfValues() }
    }

    private static let countDistinct = AggregateRow(
        "count_distinct(x)", "The number of different values; nulls are not counted.",
        example: "j | summarize customers = count_distinct(customer) by region", arity: 1...1
    ) { (call) throws(PlanError) in
        let type = call.types[0]
        return AggregateChoice(type, gives: .int64) { .countOfDistinct(type) }
    }

    /// The aggregate whose result is an int or, where that is too small, a decimal.
    static let nameOfSum = "sum"

    private static let sum = AggregateRow(
        "\(nameOfSum)(x)", "The sum of numbers or durations; exact for decimals and for ints, where it is a decimal if 64 bits are too few.",
        example: "j | summarize total = sum(revenue) by region", arity: 1...1
    ) { (call) throws(PlanError) in
        switch try call.amount(0) {
        case .int64: AggregateChoice(.int64, gives: .int64) { .exactSum(.int64) }
        case .duration: AggregateChoice(.duration, gives: .duration) { .exactSum(.duration) }
        case .decimal(let scale): AggregateChoice(.decimal(scale: scale), gives: .decimal(scale: scale)) { .sumOfDecimals(scale: scale) }
        case .float64: AggregateChoice(.float64, gives: .float64) { .of(FloatSum.self, type: .float64) }
        default: .null
        }
    }

    private static let avg = AggregateRow(
        "avg(x)", "The mean of numbers, as a float, or of durations; of decimals a decimal, rounded as their quotient.",
        example: "j | summarize price = avg(price) by region", arity: 1...1
    ) { (call) throws(PlanError) in
        switch try call.amount(0) {
        case .int64: AggregateChoice(.int64, gives: .float64) { .meanOfInts() }
        case .duration: AggregateChoice(.duration, gives: .duration) { .meanOfDurations() }
        case .decimal(let scale):
            AggregateChoice(.decimal(scale: scale), gives: .decimal(scale: Decimal128.scale(of: .divide, scale, 0))) { .meanOfDecimals(scale: scale) }
        case .float64: AggregateChoice(.float64, gives: .float64) { .of(FloatMean.self, type: .float64) }
        default: .null
        }
    }

    private static let min = AggregateRow(
        "min(x)", "The least value, in the order of `sort`.",
        example: "j | summarize first_order = min(order_date) by customer", arity: 1...1
    ) { (call) throws(PlanError) in
        let type = call.types[0]
        switch type {
        case .null: return .null
        case .bool: return AggregateChoice(type, gives: type) { .of(Least<Bool>.self, type: type) }
        case .int64, .timestamp, .duration: return AggregateChoice(type, gives: type) { .of(Least<Int64>.self, type: type) }
        case .float64: return AggregateChoice(type, gives: type) { .of(Least<Double>.self, type: type) }
        case .date: return AggregateChoice(type, gives: type) { .of(Least<Int32>.self, type: type) }
        case .decimal: return AggregateChoice(type, gives: type) { .of(Least<Int128>.self, type: type) }
        case .string: return AggregateChoice(type, gives: type) { .extremeText(isLeast: true) }
        case .json, .binary, .list: throw call.mismatch(0, expected: "a value that has an order")
        }
    }

    private static let max = AggregateRow(
        "max(x)", "The greatest value, in the order of `sort`.",
        example: "j | summarize last_order = max(order_date) by customer", arity: 1...1
    ) { (call) throws(PlanError) in
        let type = call.types[0]
        switch type {
        case .null: return .null
        case .bool: return AggregateChoice(type, gives: type) { .of(Greatest<Bool>.self, type: type) }
        case .int64, .timestamp, .duration: return AggregateChoice(type, gives: type) { .of(Greatest<Int64>.self, type: type) }
        case .float64: return AggregateChoice(type, gives: type) { .of(Greatest<Double>.self, type: type) }
        case .date: return AggregateChoice(type, gives: type) { .of(Greatest<Int32>.self, type: type) }
        case .decimal: return AggregateChoice(type, gives: type) { .of(Greatest<Int128>.self, type: type) }
        case .string: return AggregateChoice(type, gives: type) { .extremeText(isLeast: false) }
        case .json, .binary, .list: throw call.mismatch(0, expected: "a value that has an order")
        }
    }

    private static let median = AggregateRow(
        "median(x)", "The number in the middle, or between the two that are, as a float.",
        example: "j | summarize price = median(price) by region", arity: 1...1
    ) { (call) throws(PlanError) in
        try call.number(0) == .null ? .null : AggregateChoice(.float64, gives: .float64) { .quantile(0.5) }
    }

    private static let quantile = AggregateRow(
        "quantile(x, p)", "The number below which the share `p` of all numbers lies, from 0 to 1.",
        example: "j | summarize slow = quantile(seconds, 0.95) by service", arity: 2...2
    ) { (call) throws(PlanError) in
        let share: Double
        switch try call.constant(1) {
        case .int(let value): share = Double(value)
        case .float(let value): share = value
        default: throw call.mismatch(1, expected: "number")
        }
        guard share >= 0 && share <= 1 else {
            throw .argumentValue(
                function: call.function, index: 1, expected: "a number from 0 to 1", found: call.constants[1] ?? .null, mark: call.marks[1])
        }
        return try call.number(0) == .null ? .null : AggregateChoice(.float64, gives: .float64) { .quantile(share) }
    }

    private static let stddev = AggregateRow(
        "stddev(x)", "The standard deviation of a sample; null for fewer than two numbers.",
        example: "j | summarize spread = stddev(price) by region", arity: 1...1
    ) { (call) throws(PlanError) in
        try call.number(0) == .null
            ? .null : AggregateChoice(.float64, gives: .float64) { .of(Deviation.self, type: .float64) }
    }

    private static let variance = AggregateRow(
        "variance(x)", "The variance of a sample; null for fewer than two numbers.",
        example: "j | summarize spread = variance(price) by region", arity: 1...1
    ) { (call) throws(PlanError) in
        try call.number(0) == .null
            ? .null : AggregateChoice(.float64, gives: .float64) { .of(Variance.self, type: .float64) }
    }

    private static let first = AggregateRow(
        "first(x)", "The value of the group's first row, be it null.",
        example: "j | sort order_date | summarize first_item = first(item) by customer", arity: 1...1
    ) { (call) throws(PlanError) in
        let type = call.types[0]
        return AggregateChoice(type, gives: type) { .edge(type, isLast: false) }
    }

    private static let last = AggregateRow(
        "last(x)", "The value of the group's last row, be it null.",
        example: "j | sort order_date | summarize last_item = last(item) by customer", arity: 1...1
    ) { (call) throws(PlanError) in
        let type = call.types[0]
        return AggregateChoice(type, gives: type) { .edge(type, isLast: true) }
    }

    private static let list = AggregateRow(
        "list(x)", "The values of the group's rows as a list, in the order of the rows, nulls among them.",
        example: "j | sort order_date | summarize items = list(item) by customer", arity: 1...1
    ) { (call) throws(PlanError) in
        let type = call.types[0]
        guard type.listDepth < DataType.listLimit else { throw call.mismatch(0, expected: "a value nested less deep") }
        return AggregateChoice(type, gives: .list(type)) { .list(type) }
    }
}

extension Arguments {
    /// The type of a number or duration, or null.
    fileprivate func amount(_ index: Int) throws(PlanError) -> DataType {
        guard types[index].isNumeric || types[index] == .duration || types[index] == .null else {
            throw mismatch(index, expected: "number or duration")
        }
        return types[index]
    }
}
