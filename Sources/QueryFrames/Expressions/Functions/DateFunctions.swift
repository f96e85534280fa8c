// Functions of dates and timestamps. Timestamps are taken in UTC; a zoneless one as it stands.

extension Functions {
    static let dates: [FunctionRow] = [
        part("year", "The year.", gives: 2024) { Int64(CivilDate(days: $0).year) },
        part("quarter", "The quarter of the year, 1 to 4.", gives: 2) { Int64((CivilDate(days: $0).month - 1) / 3 + 1) },
        part("month", "The month of the year, 1 to 12.", gives: 5) { Int64(CivilDate(days: $0).month) },
        part("week", "The ISO 8601 week of the year, 1 to 53; week 1 has the year's first Thursday.", gives: 18) {
            Int64(Weekday.isoWeek($0).week)
        },
        part("weekday", "The day of the week, 1 for Monday to 7 for Sunday.", gives: 3) { Int64(Weekday.sinceMonday($0) + 1) },
        part("day", "The day of the month.", gives: 1) { Int64(CivilDate(days: $0).day) },
        time("hour", "The hour of the day, 0 to 23.", gives: 10, per: 3_600_000_000, in: 24),
        time("minute", "The minute of the hour, 0 to 59.", gives: 30, per: 60_000_000, in: 60),
        FunctionRow(
            "date_add(d, n, unit)",
            "The date or timestamp n units later; a day that the month does not have becomes its last. Units: year, quarter, month, "
                + "week, day; of timestamps also hour, minute, second.",
            FunctionExample(.date(19_753), .int(1), .string("month"), gives: .date(19_782)), arity: 3...3
        ) { (call) throws(PlanError) in
            let type = try call.day(0)
            try call.int(1)
            guard let unit = try call.unit(2, of: [0]), type != .null else {
                return FunctionChoice(NullOperation(type: type), type, .int64)
            }
            return type == .date
                ? FunctionChoice(mapBinary(type: type, function: AddToDate(unit: unit)), type, .int64)
                : FunctionChoice(mapBinary(type: type, function: AddToTimestamp(unit: unit)), type, .int64)
        },
        FunctionRow(
            "date_diff(from, to, unit)",
            "How many times a unit begins after from and up to to: from 31 January to 1 February it is one month. Weeks begin on Monday.",
            FunctionExample(.date(19_844), .date(19_874), .string("day"), gives: .int(30)), arity: 3...3
        ) { (call) throws(PlanError) in
            let types = [try call.day(0), try call.day(1)]
            guard let unit = try call.unit(2, of: [0, 1]), !types.contains(.null) else {
                return FunctionChoice(NullOperation(type: .int64), all: types)
            }
            return switch (types[0], types[1]) {
            case (.date, .date): FunctionChoice(mapBinary(type: .int64, function: UnitsBetween<Int32, Int32>(unit: unit)), all: types)
            case (.date, _): FunctionChoice(mapBinary(type: .int64, function: UnitsBetween<Int32, Int64>(unit: unit)), all: types)
            case (_, .date): FunctionChoice(mapBinary(type: .int64, function: UnitsBetween<Int64, Int32>(unit: unit)), all: types)
            default: FunctionChoice(mapBinary(type: .int64, function: UnitsBetween<Int64, Int64>(unit: unit)), all: types)
            }
        },
        FunctionRow(
            "bin(d, width)",
            "The beginning of the bin in which the date or timestamp lies; width is a unit such as \"month\", or a duration, "
                + "whose bins are counted from Monday, 1970-01-05.",
            FunctionExample(.date(19_860), .string("month"), gives: .date(19_844)), arity: 2...2, rule: bin),
        FunctionRow(
            "format_date(d, format)",
            "The date or timestamp as the format has it: %Y %y %m %d %j (year, month, day, day of the year), %H %M %S %f (time, "
                + "microseconds), %G %V %u (ISO year, week, weekday), %B %b %A %a (English names), %% (a %).",
            FunctionExample(.date(19_844), .string("%Y-%m"), gives: .string("2024-05")), arity: 2...2
        ) { (call) throws(PlanError) in
            let type = try call.day(0)
            try call.string(1)
            guard case .string(let text) = try call.constant(1) else { return FunctionChoice(NullOperation(type: .string), type) }
            let utc = if case .timestamp(let utc) = type { utc } else { false }
            let format = try DateFormat(text, mark: call.marks[1])
            return FunctionChoice(mapText(function: Formatted(format: format)), .timestamp(utc: utc))
        },
    ]

    /// 2024-05-01T10:30:00
    private static let exampleTime = Scalar.timestamp(1_714_559_400_000_000, utc: false)

    private static func part(
        _ name: String, _ summary: String, gives result: Int64, _ body: @escaping @Sendable (Int32) -> Int64
    ) -> FunctionRow {
        FunctionRow("\(name)(d)", summary, FunctionExample(.date(19_844), gives: .int(result)), arity: 1...1) { (call) throws(PlanError) in
            try call.day(0)
            return FunctionChoice(mapUnary(type: .int64, function: DatePart(body: body)), .date)
        }
    }

    private static func time(_ name: String, _ summary: String, gives result: Int64, per unit: Int64, in cycle: Int64) -> FunctionRow {
        FunctionRow("\(name)(ts)", summary, FunctionExample(exampleTime, gives: .int(result)), arity: 1...1) { (call) throws(PlanError) in
            FunctionChoice(mapUnary(type: .int64, function: TimePart(unit: unit, cycle: cycle)), try call.timestamp(0))
        }
    }

    @Sendable
    private static func bin(_ call: Arguments) throws(PlanError) -> FunctionChoice {
        let type = try call.day(0)
        if call.types[1] == .duration {
            guard case .duration(let width) = try call.constant(1) else { return FunctionChoice(NullOperation(type: type), type) }
            let unit: Int64 = type == .date ? TimeArithmetic.microsPerDay : 1
            guard width > 0, width % unit == 0 else {
                let expected = type == .date ? "a duration of whole days" : "a duration above zero"
                throw .argumentValue(function: call.function, index: 1, expected: expected, found: .duration(width), mark: call.marks[1])
            }
            if type == .null { return FunctionChoice(NullOperation(type: type), type) }
            return type == .date
                ? FunctionChoice(mapUnary(type: type, function: BinOfDate(days: width / unit)), type)
                : FunctionChoice(mapUnary(type: type, function: BinOfTimestamp(width: width)), type)
        }
        guard [.string, .null].contains(call.types[1]) else { throw call.mismatch(1, expected: "string or duration") }
        guard let unit = try call.unit(1, of: [0]), type != .null else {
            return FunctionChoice(NullOperation(type: type), type)
        }
        return type == .date
            ? FunctionChoice(mapUnary(type: type, function: StartOfDate(unit: unit)), type)
            : FunctionChoice(mapUnary(type: type, function: StartOfTimestamp(unit: unit)), type)
    }
}

/// A number that a day has: its year, its month ...
struct DatePart: UnaryFunction {
    let body: @Sendable (Int32) -> Int64

    func call(_ a: Int32, _ failed: inout Bool) -> Int64 { body(a) }
}

struct TimePart: UnaryFunction {
    let unit: Int64
    let cycle: Int64

    func call(_ a: Int64, _ failed: inout Bool) -> Int64 {
        Numbers.remainder(Numbers.floorDivide(a, unit) ?? 0, cycle)
    }
}

struct AddToDate: BinaryFunction {
    let unit: TimeUnit

    func call(_ a: Int32, _ b: Int64, _ failed: inout Bool) -> Int32 {
        if let shifted = unit.shifted(a, by: b) { return shifted }
        failed = true
        return 0
    }
}

struct AddToTimestamp: BinaryFunction {
    let unit: TimeUnit

    func call(_ a: Int64, _ b: Int64, _ failed: inout Bool) -> Int64 {
        if let shifted = unit.shifted(a, by: b) { return shifted }
        failed = true
        return 0
    }
}

/// Days (Int32) or microseconds (Int64) since 1970-01-01.
protocol TimePoint: Cell {
    func number(of unit: TimeUnit) -> Int64
}

extension Int32: TimePoint {
    func number(of unit: TimeUnit) -> Int64 { unit.number(self) }
}

extension Int64: TimePoint {
    func number(of unit: TimeUnit) -> Int64 { unit.number(self) }
}

struct UnitsBetween<A: TimePoint, B: TimePoint>: BinaryFunction {
    let unit: TimeUnit

    func call(_ a: A, _ b: B, _ failed: inout Bool) -> Int64 { b.number(of: unit) - a.number(of: unit) }
}

struct StartOfDate: UnaryFunction {
    let unit: TimeUnit

    func call(_ a: Int32, _ failed: inout Bool) -> Int32 {
        if let start = unit.start(a) { return start }
        failed = true
        return 0
    }
}

struct StartOfTimestamp: UnaryFunction {
    let unit: TimeUnit

    func call(_ a: Int64, _ failed: inout Bool) -> Int64 {
        if let start = unit.start(a) { return start }
        failed = true
        return 0
    }
}

/// Bins of a number of days; 1970-01-05 begins one.
struct BinOfDate: UnaryFunction {
    let days: Int64

    func call(_ a: Int32, _ failed: inout Bool) -> Int32 {
        let start = Int64(a) - Numbers.remainder(Int64(a) - 4, days)
        if let start = Int32(exactly: start), CivilDate.range.contains(start) { return start }
        failed = true
        return 0
    }
}

/// Bins of a number of microseconds; midnight of 1970-01-05 begins one.
struct BinOfTimestamp: UnaryFunction {
    let width: Int64

    func call(_ a: Int64, _ failed: inout Bool) -> Int64 {
        let origin = 4 * TimeArithmetic.microsPerDay
        let (distance, overflow) = a.subtractingReportingOverflow(origin)
        if !overflow {
            let (start, overflow) = a.subtractingReportingOverflow(Numbers.remainder(distance, width))
            if !overflow, TextParsing.timestampRange.contains(start) { return start }
        }
        failed = true
        return 0
    }
}
