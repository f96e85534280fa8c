// Dates, timestamps and durations under `+` and `-`: what they mean for one value, and from that the column operations.

enum TimeArithmetic {
    static let microsPerDay: Int64 = 86_400_000_000

    /// `micros + duration`, nil outside the years 0001 to 9999.
    @inline(__always)
    static func timestamp(_ micros: Int64, plus duration: Int64) -> Int64? {
        let (sum, overflow) = micros.addingReportingOverflow(duration)
        return overflow || !TextParsing.timestampRange.contains(sum) ? nil : sum
    }

    /// `days + count`, nil outside the years 0001 to 9999.
    @inline(__always)
    static func date(_ days: Int32, plusDays count: Int64) -> Int32? {
        let (sum, overflow) = Int64(days).addingReportingOverflow(count)
        guard !overflow, let result = Int32(exactly: sum), CivilDate.range.contains(result) else { return nil }
        return result
    }

    /// Midnight of `days`; nil where microseconds cannot say it.
    @inline(__always)
    static func midnight(_ days: Int32) -> Int64? {
        let (micros, overflow) = Int64(days).multipliedReportingOverflow(by: microsPerDay)
        return overflow ? nil : micros
    }

    /// The day in which `micros` lies.
    @inline(__always)
    static func day(_ micros: Int64) -> Int32 {
        var days = micros / microsPerDay
        if days &* microsPerDay > micros { days &-= 1 }
        return Int32(truncatingIfNeeded: days)
    }

    /// `later - earlier`, nil where a duration cannot hold it.
    @inline(__always)
    static func duration(fromDay earlier: Int32, to later: Int32) -> Int64? {
        let (micros, overflow) = (Int64(later) &- Int64(earlier)).multipliedReportingOverflow(by: microsPerDay)
        return overflow ? nil : micros
    }
}

/// `timestamp + duration` and, with the sign -1, `timestamp - duration`.
struct TimestampShift: BinaryFunction {
    let spelling: BinaryOperator

    func call(_ a: Int64, _ b: Int64, _ failed: inout Bool) -> Int64 {
        let (negated, overflow) = (0 as Int64).subtractingReportingOverflow(b)
        let shift = spelling == .add ? b : negated
        if let sum = TimeArithmetic.timestamp(a, plus: shift), spelling == .add || !overflow { return sum }
        failed = true
        return 0
    }
}

/// `date + duration` and `date - duration`, for durations of whole days.
struct DateShift: BinaryFunction {
    let spelling: BinaryOperator

    func call(_ a: Int32, _ b: Int64, _ failed: inout Bool) -> Int32 {
        let days = b / TimeArithmetic.microsPerDay
        if days &* TimeArithmetic.microsPerDay == b,
            let sum = TimeArithmetic.date(a, plusDays: spelling == .add ? days : 0 &- days)
        {
            return sum
        }
        failed = true
        return 0
    }

    func error(_ operands: [Scalar]) -> EvaluationError {
        if case .duration(let micros) = operands[1], micros % TimeArithmetic.microsPerDay != 0 {
            return .partialDay(operator: "", duration: operands[1], row: nil, mark: 0)
        }
        return .outOfRange(operator: "", row: nil, mark: 0)
    }
}

/// `date - date`.
struct DateDifference: BinaryFunction {
    func call(_ a: Int32, _ b: Int32, _ failed: inout Bool) -> Int64 {
        if let micros = TimeArithmetic.duration(fromDay: b, to: a) { return micros }
        failed = true
        return 0
    }

    func error(_ operands: [Scalar]) -> EvaluationError {
        .overflow(operator: "", left: operands[0], right: operands[1], row: nil, mark: 0)
    }
}

/// `date - timestamp` and `timestamp - date`: the date counts as its midnight.
struct MidnightDifference: BinaryFunction {
    /// Whether the date is what the timestamp is taken from.
    let dateIsLeft: Bool

    func call(_ a: Int32, _ b: Int64, _ failed: inout Bool) -> Int64 {
        if let midnight = TimeArithmetic.midnight(a) {
            let (result, overflow) = dateIsLeft ? midnight.subtractingReportingOverflow(b) : b.subtractingReportingOverflow(midnight)
            if !overflow { return result }
        }
        failed = true
        return 0
    }

    func error(_ operands: [Scalar]) -> EvaluationError {
        let left = operands[dateIsLeft ? 0 : 1], right = operands[dateIsLeft ? 1 : 0]
        return .overflow(operator: "", left: left, right: right, row: nil, mark: 0)
    }
}

/// Comparison of a date's midnight with a timestamp.
struct MidnightComparison: BinaryFunction {
    let orders: Orders

    func call(_ a: Int32, _ b: Int64, _ failed: inout Bool) -> Bool { orders.contains(order: TimeArithmetic.order(a, b)) }
}

extension TimeArithmetic {
    /// -1, 0 or 1, as the midnight of `days` comes before, with or after `micros`, however far away it is.
    @inline(__always)
    static func order(_ days: Int32, _ micros: Int64) -> Int {
        midnight(days).map { Numbers.order($0, micros) } ?? (days < 0 ? -1 : 1)
    }
}
